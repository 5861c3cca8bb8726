import { useQuery } from '@tanstack/react-query';
import { Loaded } from '../../parts/loaded.tsx';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { wayToSignIn } from '../../session/provider.ts';
import { AccountPicker } from './account-picker.tsx';
import { IssuerSignIn } from './issuer-sign-in.tsx';

/** By an issuer, or as anyone where a service is tried out. */
export function SignIn() {
  const way = useQuery({ queryKey: ['way-to-sign-in'], queryFn: wayToSignIn, staleTime: 0 });
  return (
    <Loaded query={way} skeleton={<PageSkeleton />}>
      {(mode) => (mode === 'development' ? <AccountPicker /> : <IssuerSignIn />)}
    </Loaded>
  );
}

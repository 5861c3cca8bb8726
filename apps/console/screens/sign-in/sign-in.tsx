import { signInMode } from '../../session/session.ts';
import { AccountPicker } from './account-picker.tsx';

/** Where people sign in: as whom they like, where the service is only tried out. */
export function SignIn() {
  const mode = signInMode();
  switch (mode) {
    case 'development':
      return <AccountPicker />;
    case 'oidc':
      return null;
  }
}

import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { Fact } from '../facts.tsx';

interface CopiedFromProps {
  readonly share: { readonly shareId: string } | undefined;
}

/** The share that a customer or location was copied from, if any. */
export function CopiedFrom({ share }: CopiedFromProps) {
  if (share === undefined) return null;
  return (
    <Fact name={<Trans>Copied</Trans>}>
      <Link to="/shares/$shareId" params={{ shareId: share.shareId }}>
        <Trans>From a share; it is yours since then</Trans>
      </Link>
    </Fact>
  );
}

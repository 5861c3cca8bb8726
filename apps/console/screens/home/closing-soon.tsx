import { Plural, Trans } from '@lingui/react/macro';
import type { components } from '#client';
import { ExpiringShares } from './expiring-shares.tsx';

type Schemas = components['schemas'];

interface ClosingSoonProps {
  readonly windows: readonly Schemas['ClosingWindow'][] | undefined;
}

/** Shares whose revocation window closes soon. */
export function ClosingSoon({ windows = [] }: ClosingSoonProps) {
  const shares = windows.map(({ closesAt: at, counterparty, installations, ...share }) => ({
    ...share,
    at,
    about: (
      <>
        {counterparty.name}
        {' · '}
        <Plural value={installations} one="# installation" other="# installations" />
      </>
    ),
  }));
  return <ExpiringShares title={<Trans>Can be revoked only for a little longer</Trans>} shares={shares} />;
}

interface EndingSoonProps {
  readonly shares: readonly Schemas['EndingShare'][] | undefined;
}

/** Shares that end soon. */
export function EndingSoon({ shares = [] }: EndingSoonProps) {
  const lines = shares.map(({ expiresAt: at, counterparty, role, ...share }) => ({
    ...share,
    at,
    about:
      role === 'provider' ? (
        <Trans>given to {counterparty.name}</Trans>
      ) : (
        <Trans>given by {counterparty.name}</Trans>
      ),
  }));
  return <ExpiringShares title={<Trans>Ends soon, as agreed</Trans>} shares={lines} />;
}

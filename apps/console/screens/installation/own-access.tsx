import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { Grant, Installation } from '../../api/queries.ts';
import { Fact, Facts } from '../../parts/facts.tsx';
import { RevocableUntil } from '../../parts/revocable-until.tsx';
import { exactly } from '../../parts/time.tsx';
import { useAccessTypeName } from '../../parts/words.ts';

interface OwnAccessProps {
  readonly installation: Installation;
  /** Those that are known, by which the giver is named. */
  readonly grants?: readonly Grant[];
}

/** What the account may do with a machine, from whom and for how long. */
export function OwnAccess({ installation: { access }, grants = [] }: OwnAccessProps) {
  const { i18n } = useLingui();
  const accessTypeName = useAccessTypeName();
  const giver = grants.find(({ id }) => id === access.grantId)?.giver;
  return (
    <Facts>
      <Fact name={<Trans>Your access</Trans>}>
        <strong>{accessTypeName(access.type, 'holder')}</strong>
        {giver && (
          <p>
            <Trans>given by {giver.name}</Trans>
          </p>
        )}
        {access.shareId && (
          <p>
            <Link to="/shares/$shareId" params={{ shareId: access.shareId }}>
              <Trans>The share it came with</Trans>
            </Link>
          </p>
        )}
      </Fact>
      <Fact name={<Trans>Since</Trans>}>{exactly(access.since, i18n.locale)}</Fact>
      {access.revocableUntil && (
        <Fact name={<Trans>The giver may revoke it</Trans>}>
          <RevocableUntil until={access.revocableUntil} />
        </Fact>
      )}
      {access.expiresAt && <Fact name={<Trans>Ends</Trans>}>{exactly(access.expiresAt, i18n.locale)}</Fact>}
      {access.endedAt && <Fact name={<Trans>Ended</Trans>}>{exactly(access.endedAt, i18n.locale)}</Fact>}
    </Facts>
  );
}

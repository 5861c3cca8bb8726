import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { Share } from '../../api/queries.ts';
import { Fact, Facts } from '../../parts/facts.tsx';
import { RevocableUntil } from '../../parts/revocable-until.tsx';
import { exactly, TimeTo } from '../../parts/time.tsx';
import { useAccessTypeName, useLevelName } from '../../parts/words.ts';
import classes from './share.module.css';

/** What was asked, what was given, and on which terms, in plain sentences. */
export function Overview({ share }: { readonly share: Share }) {
  const levelName = useLevelName();
  const { role, counterparty, explanation, suggestedLevel, level, items, leftOut, connectionId } = share;
  return (
    <Facts>
      <Fact name={<Trans>Asked</Trans>}>
        {role === 'requester' ? (
          <Trans>You asked {counterparty.name}.</Trans>
        ) : (
          <Trans>{counterparty.name} asked you.</Trans>
        )}
        {explanation && <blockquote>{explanation}</blockquote>}
      </Fact>
      <Fact name={level ? <Trans>Level</Trans> : <Trans>Suggested level</Trans>}>
        {levelName(level ?? suggestedLevel)}
        {level && level !== suggestedLevel && (
          <>
            {' '}
            <Trans>(asked for: {levelName(suggestedLevel)})</Trans>
          </>
        )}
      </Fact>
      {level && (
        <Fact name={<Trans>Installations</Trans>}>
          <ItemCounts items={items} />
          {leftOut !== undefined && leftOut > 0 && (
            <p>
              <Plural
                value={leftOut}
                one="# of what you selected was left out; only you see that."
                other="# of what you selected were left out; only you see that."
              />
            </p>
          )}
        </Fact>
      )}
      {share.terms && <Terms share={share} terms={share.terms} />}
      <Fact name={<Trans>Connection</Trans>}>
        <Link to="/shares" search={{ connectionId }}>
          <Trans>All shares with {counterparty.name}</Trans>
        </Link>
      </Fact>
    </Facts>
  );
}

function ItemCounts({ items: { total, offered, placed, declined, withdrawn } }: Pick<Share, 'items'>) {
  return (
    <>
      <Plural value={total} one="# in all" other="# in all" />
      <ul className={classes.counts}>
        {offered > 0 && (
          <li>
            <Trans>{offered} on offer</Trans>
          </li>
        )}
        {placed > 0 && (
          <li>
            <Trans>{placed} placed</Trans>
          </li>
        )}
        {declined > 0 && (
          <li>
            <Trans>{declined} declined</Trans>
          </li>
        )}
        {withdrawn > 0 && (
          <li>
            <Trans>{withdrawn} withdrawn</Trans>
          </li>
        )}
      </ul>
    </>
  );
}

interface TermsProps {
  readonly share: Share;
  readonly terms: NonNullable<Share['terms']>;
}

function Terms({ share: { role, counterparty, revocableUntil, expiresAt, expiredAt }, terms }: TermsProps) {
  const { i18n } = useLingui();
  const accessTypeName = useAccessTypeName();
  const { accessType, documentIdentity, revocation, approvedAt } = terms;
  const isGiver = role === 'provider';
  const type = accessTypeName(accessType, isGiver ? 'giver' : 'holder');
  return (
    <>
      <Fact name={<Trans>Access</Trans>}>
        <strong>{type}</strong>
        <p>
          {isGiver ? (
            <Trans>
              {counterparty.name} may read and change these installations, and keep their logbook.{' '}
              <MayGiveOn type={accessType} />
            </Trans>
          ) : (
            <Trans>
              You may read and change these installations, and keep their logbook.{' '}
              <MayGiveOn type={accessType} />
            </Trans>
          )}
        </p>
      </Fact>
      {expiresAt && (
        <Fact name={<Trans>Until</Trans>}>
          {expiredAt ? (
            <Trans>Access ended on {exactly(expiredAt, i18n.locale)}, as agreed.</Trans>
          ) : (
            <Trans>
              Access ends on {exactly(expiresAt, i18n.locale)} (<TimeTo at={expiresAt} />
              ).
            </Trans>
          )}
        </Fact>
      )}
      <Fact name={<Trans>Revoking</Trans>}>
        {revocation.kind === 'any-time' ? (
          <Trans>The giver may revoke at any time.</Trans>
        ) : (
          <Trans>
            The giver may revoke within {hoursOf(revocation.milliseconds, i18n.locale)}{' '}
            {revocation.from === 'placed' ? (
              <Trans>of each installation being placed</Trans>
            ) : (
              <Trans>of approval</Trans>
            )}
            .
          </Trans>
        )}
        {revocableUntil && revocableUntil !== 'any-time' && (
          <p>
            <Trans>
              Still possible until: <RevocableUntil until={revocableUntil} />
            </Trans>
          </p>
        )}
      </Fact>
      <Fact name={<Trans>Documents</Trans>}>
        {documentIdentity === 'giver' ? (
          <Trans>Work orders carry the details of the company that gave the access.</Trans>
        ) : (
          <Trans>Work orders carry the details of the company that does the work.</Trans>
        )}
      </Fact>
      <Fact name={<Trans>Agreed</Trans>}>
        <Trans>These terms were fixed on {exactly(approvedAt, i18n.locale)}, and do not change.</Trans>
      </Fact>
    </>
  );
}

function MayGiveOn({ type }: { readonly type: NonNullable<Share['accessType']> }) {
  switch (type) {
    case 'operator':
    case 'installation-manager':
      return <Trans>They may be given on to others.</Trans>;
    case 'subcontractor':
      return <Trans>They may be given on to subcontractors and on loan.</Trans>;
    case 'on-loan':
      return <Trans>They may not be given on.</Trans>;
  }
}

function hoursOf(milliseconds: number, locale: string): string {
  const hours = milliseconds / 3_600_000;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'hour',
    unitDisplay: 'long',
    maximumFractionDigits: 1,
  }).format(hours);
}

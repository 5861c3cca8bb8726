import { Trans, useLingui } from '@lingui/react/macro';
import { now } from '../api/clock.ts';
import { dateOf, exactly, TimeLeft } from './time.tsx';

interface RevocableUntilProps {
  /** Nothing where there is nothing to revoke, or not any more. */
  readonly until: string | undefined;
}

const DAY = 24 * 60 * 60 * 1_000;

/** Until when it can be revoked: always, until a date, how long still, or no longer. */
export function RevocableUntil({ until }: RevocableUntilProps) {
  const { i18n } = useLingui();
  if (until === undefined) return '–';
  if (until === 'any-time') return <Trans>At any time</Trans>;
  const left = Date.parse(until) - now();
  if (left <= 0) return <Trans>no longer, since {exactly(until, i18n.locale)}</Trans>;
  if (left < DAY) return <TimeLeft at={until} alone />;
  return (
    <time dateTime={until} title={exactly(until, i18n.locale)}>
      {dateOf(until, i18n.locale)}
    </time>
  );
}

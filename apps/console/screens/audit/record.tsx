import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ProblemError } from '#client';
import { type HistoryEntry, proofOf } from '../../api/queries.ts';
import { Fact, Facts } from '../../parts/facts.tsx';
import { ProblemNotice } from '../../parts/problem.tsx';
import classes from './audit.module.css';

/** Whether what is shown is sealed, and by what that can be checked. */
export function Record({ entries }: { readonly entries: readonly HistoryEntry[] }) {
  const last = entries.at(-1);
  return last === undefined ? null : <Seal event={last.id} count={entries.length} />;
}

function Seal({ event, count }: { readonly event: string; readonly count: number }) {
  const { i18n, t } = useLingui();
  const { data, error, refetch } = useQuery(proofOf(event));
  if (error instanceof ProblemError && error.code === 'not-yet-sealed') {
    return (
      <p>
        <Trans>
          The newest of these events is not sealed yet: that takes a minute. Those before it may be.
        </Trans>
      </p>
    );
  }
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton aria-busy height={120} />;
  const number = new Intl.NumberFormat(i18n.locale);
  return (
    <Facts>
      <Fact name={<Trans>Sealed</Trans>}>
        <strong>
          <Plural value={count} one="The event that is shown" other="All # events that are shown" />
        </strong>
        <p>
          <Trans>
            Each is part of one growing hash tree. Any event altered, left out or inserted would change its
            root.
          </Trans>
        </p>
      </Fact>
      {data.inclusion && (
        <Fact name={<Trans>Newest event</Trans>}>
          <Trans>
            number {number.format(data.inclusion.index + 1)} of {number.format(data.size)} in the record
          </Trans>
        </Fact>
      )}
      <Fact name={<Trans>Checkpoint</Trans>}>
        <Trans>Keep it: with it anyone can prove later that the record only grew.</Trans>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls where it is wider than the screen */}
        <pre className={classes.checkpoint} tabIndex={0} role="region" aria-label={t`Checkpoint`}>
          {data.checkpoint}
        </pre>
      </Fact>
    </Facts>
  );
}

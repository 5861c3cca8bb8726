import { useLingui } from '@lingui/react/macro';
import { Skeleton } from '@mantine/core';
import type { HistoryEntry } from '../../api/queries.ts';
import { Time } from '../time.tsx';
import { useRoleName } from '../words.ts';
import { nested } from './causes.ts';
import classes from './history.module.css';

interface HistoryProps {
  readonly entries: readonly HistoryEntry[];
  /** What happened later is set back. ISO 8601. */
  readonly until?: string;
}

/** What happened, in sentences, the oldest first; what followed from something is below it. */
export function History({ entries, until }: HistoryProps) {
  const { t } = useLingui();
  return (
    <ol className={classes.history} aria-label={t`History`}>
      {nested(entries).map(({ entry, depth }) => (
        <li
          key={entry.id}
          data-depth={Math.min(depth, 1)}
          data-later={until !== undefined && entry.time > until}
        >
          <Entry entry={entry} />
        </li>
      ))}
    </ol>
  );
}

function Entry({ entry: { sentence, time, actor } }: { readonly entry: HistoryEntry }) {
  const roleName = useRoleName();
  const who =
    actor.role === 'system'
      ? roleName('system')
      : [actor.account.name, actor.user, roleName(actor.role)].filter(Boolean).join(' · ');
  return (
    <>
      <span>{sentence}</span>
      <span className={classes.by}>
        {who} · <Time at={time} />
      </span>
    </>
  );
}

export function HistorySkeleton() {
  return (
    <ol className={classes.history} aria-busy>
      {[60, 45, 70].map((width) => (
        <li key={width}>
          <Skeleton height={12} width={`${width}%`} mb={8} />
          <Skeleton height={10} width="30%" />
        </li>
      ))}
    </ol>
  );
}

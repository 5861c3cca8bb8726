import { useLingui } from '@lingui/react/macro';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type HistoryEntry, historyOf } from '../../api/queries.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { Time } from '../../parts/time.tsx';
import { useRoleName } from '../../parts/words.ts';
import { nested } from './causes.ts';
import classes from './share.module.css';

/** What happened to a share, in sentences; what followed from something stands below it. */
export function ShareHistory({ shareId }: { readonly shareId: string }) {
  const { t } = useLingui();
  const query = useQuery(historyOf(shareId));
  return (
    <Loaded query={query} skeleton={<HistorySkeleton />}>
      {(entries) => (
        <ol className={classes.history} aria-label={t`History`}>
          {nested(entries).map(({ entry, depth }) => (
            <li key={entry.id} data-depth={Math.min(depth, 1)}>
              <Entry entry={entry} />
            </li>
          ))}
        </ol>
      )}
    </Loaded>
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

function HistorySkeleton() {
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

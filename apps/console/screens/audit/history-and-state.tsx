import { Trans } from '@lingui/react/macro';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { now } from '../../api/clock.ts';
import { type AuditedKind, type HistoryEntry, stateAt } from '../../api/queries.ts';
import { History } from '../../parts/history/history.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { MoreButton } from '../../parts/more-button.tsx';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { Time } from '../../parts/time.tsx';
import classes from './audit.module.css';
import { DifferencesSince } from './differences.tsx';
import { State } from './state.tsx';

interface HistoryAndStateProps {
  readonly kind: AuditedKind;
  readonly id: string;
  readonly entries: readonly HistoryEntry[];
  readonly history: UseInfiniteQueryResult;
  readonly asOf: string | undefined;
}

/** The history up to a moment, beside the state at that moment. */
export function HistoryAndState({ kind, id, entries, history, asOf }: HistoryAndStateProps) {
  const [opened] = useState(() => new Date(now()).toISOString());
  // What has happened since is in the history already.
  const last = entries.at(-1)?.time ?? opened;
  const at = asOf ?? (last > opened ? last : opened);
  const state = useQuery(stateAt(kind, id, at));
  return (
    <div className={classes.historyAndState}>
      <section>
        <History entries={entries} until={asOf} />
        <MoreButton query={history} />
      </section>
      <section className={classes.side} aria-busy={state.isPlaceholderData}>
        <h2>
          {asOf === undefined ? (
            <Trans>As it is now</Trans>
          ) : (
            <Trans>
              As it was <Time at={asOf} />
            </Trans>
          )}
        </h2>
        <Loaded query={state} skeleton={<PageSkeleton />}>
          {(found) => <State kind={kind} state={found} names={namesIn(entries)} />}
        </Loaded>
        {asOf !== undefined && <DifferencesSince kind={kind} id={id} asOf={asOf} names={namesIn(entries)} />}
      </section>
    </div>
  );
}

/** The names of the companies that acted, by their ids. */
function namesIn(entries: readonly HistoryEntry[]): ReadonlyMap<string, string> {
  return new Map(entries.map(({ actor: { account } }) => [account.id, account.name]));
}

import { fromMillis, type Instant, toMillis } from '#domain/kernel';
import type { EventReader } from '#event-store';
import { PROCESSES } from '#processes';
import { followerOf, type Projection } from '#subscriptions';
import type { ViewReader } from '#view-store';

/** The stores that stalled flows are searched in. */
export interface FlowSources {
  /** Views by their stored names, which include the version. */
  readonly stored: ViewReader;
  /** The log with personal data sealed. */
  readonly log: Pick<EventReader, 'head' | 'readAll' | 'readStream'>;
}

export interface FlowSearch {
  /** By the clock of the service. */
  readonly now: Instant;
  /** Without progress for at least this long, in milliseconds. */
  readonly olderThan: number;
  /** The most that are read from each source. */
  readonly limit: number;
}

/** What made progress after this moment is not stalled. */
export function before({ now, olderThan }: FlowSearch): Instant {
  return fromMillis(toMillis(now) - olderThan);
}

/** Whether the view shows events that the processes have not handled yet. */
export async function areProcessesBehind(
  { stored, log }: FlowSources,
  view: Pick<Projection, 'name' | 'version'>,
): Promise<boolean> {
  const [processes, shown, head] = await Promise.all([
    stored.checkpoint(PROCESSES),
    stored.checkpoint(followerOf(view)),
    log.head(),
  ]);
  return processes < Math.min(shown, head);
}

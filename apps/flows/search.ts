import { fromMillis, type Instant, toMillis } from '#domain/kernel';
import type { EventReader } from '#event-store';
import { PROCESSES } from '#processes';
import { followerOf, type Projection } from '#subscriptions';
import type { ViewReader } from '#view-store';

/** What flows are looked for in. */
export interface FlowSources {
  /** The views as they are stored, under the names of their versions. */
  readonly stored: ViewReader;
  /** The log as it is recorded. */
  readonly log: Pick<EventReader, 'head' | 'readAll' | 'readStream'>;
}

export interface FlowSearch {
  /** By the clock of the service. */
  readonly now: Instant;
  /** What has moved within this time is left alone, in milliseconds. */
  readonly olderThan: number;
  /** At most so many of each kind of place that they are looked for in. */
  readonly limit: number;
}

/** The moment before which something must have moved last to be told of. */
export function before({ now, olderThan }: FlowSearch): Instant {
  return fromMillis(toMillis(now) - olderThan);
}

/** Whether the processes have yet to handle what the view shows. */
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

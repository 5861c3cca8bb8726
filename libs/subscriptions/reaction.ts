import type { Recorded } from '#contracts';
import type { Write } from '#view-store';
import { type BatchSizes, Follower, type FollowerOptions } from './follower.ts';

/** Small: a reaction's commands are sent one after the other, and sent again when its batch is. */
const BATCH_SIZES: BatchSizes = { live: 100, catchingUp: 100 };

export interface ReactionOptions extends Omit<FollowerOptions, 'handler'> {
  /**
   * Reacts to the events, in log order: commands are sent before this resolves, documents are returned and stored
   * together with the checkpoint. After a failure or a crash the same events are delivered again, possibly in other
   * batches, so each command's id must be derived from the event that causes it.
   */
  readonly handle: (events: readonly Recorded[]) => Promise<readonly Write[]>;
}

/** A checkpointed reaction to events; `start` it. */
export function follow({ handle, batchSizes = BATCH_SIZES, ...options }: ReactionOptions): Follower {
  return new Follower({
    ...options,
    batchSizes,
    handler: {
      handle: async ({ events }) => ({ writes: events.length === 0 ? [] : await handle(events) }),
    },
  });
}

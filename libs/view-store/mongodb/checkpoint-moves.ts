import { setImmediate } from 'node:timers/promises';
import type { Db } from 'mongodb';
import type { Position } from '#event-store';
import { FOLLOWERS, type FollowerState } from './commits.ts';

export interface CheckpointMove {
  readonly follower: string;
  readonly from: Position;
  readonly to: Position;
  readonly term?: number;
}

interface Waiting {
  readonly move: CheckpointMove;
  readonly settle: PromiseWithResolvers<boolean>;
}

/**
 * Moves the checkpoints of followers that have nothing to write, which is so for most followers and most events:
 * those that are due at the same time are moved by one command.
 */
export class CheckpointMoves {
  readonly #run: <Result>(work: (database: Db) => Promise<Result>) => Promise<Result>;
  #waiting: Waiting[] = [];
  #moving = false;

  /** @param run runs an operation on the database */
  constructor(run: <Result>(work: (database: Db) => Promise<Result>) => Promise<Result>) {
    this.#run = run;
  }

  /** @returns false when the follower's state is not that of the last commit by the same owner: nothing was changed */
  move(move: CheckpointMove): Promise<boolean> {
    const settle = Promise.withResolvers<boolean>();
    this.#waiting.push({ move, settle });
    void this.#moveAll();
    return settle.promise;
  }

  async #moveAll(): Promise<void> {
    if (this.#moving) return;
    this.#moving = true;
    await setImmediate();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        const moved = await this.#run((database) => moveBatch(database, batch));
        for (const [index, { settle }] of batch.entries()) settle.resolve(moved[index] === true);
      } catch (error) {
        for (const { settle } of batch) settle.reject(error);
      }
    }
    this.#moving = false;
  }
}

async function moveBatch(database: Db, batch: readonly Waiting[]): Promise<readonly boolean[]> {
  const followers = database.collection<FollowerState>(FOLLOWERS);
  const updates = batch.map(({ move: { follower: _id, from, to, term } }) => ({
    updateOne: {
      filter: {
        ...{ _id, position: from },
        ...{ pending: { $exists: false }, term: term ?? { $exists: false } },
      },
      update: { $set: { position: to } },
    },
  }));
  const { matchedCount } = await followers.bulkWrite(updates, { ordered: false });
  if (matchedCount === batch.length || matchedCount === 0) return batch.map(() => matchedCount > 0);
  // The result does not say which were moved. Only the owner of a term can have moved a follower as far in that term.
  const ids = batch.map(({ move }) => move.follower);
  const stored = await followers.find({ _id: { $in: ids } }).toArray();
  const states = new Map(stored.map((state) => [state._id, state]));
  return batch.map(({ move: { follower, to, term } }) => {
    const state = states.get(follower);
    return term !== undefined && state?.term === term && state.position === to && !state.pending;
  });
}

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
 * Moves the checkpoints of followers that have nothing to write. Most followers have nothing to write for most events:
 * those that have come so far at the same time are moved by one command.
 */
export class CheckpointMoves {
  readonly #ask: <Result>(work: (database: Db) => Promise<Result>) => Promise<Result>;
  #waiting: Waiting[] = [];
  #moving = false;

  /** @param ask runs something on the database */
  constructor(ask: <Result>(work: (database: Db) => Promise<Result>) => Promise<Result>) {
    this.#ask = ask;
  }

  /** @returns false when the follower is not as it is after a commit of the same owner: nothing was changed */
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
      const together = this.#waiting;
      this.#waiting = [];
      try {
        const moved = await this.#ask((database) => moveTogether(database, together));
        for (const [index, { settle }] of together.entries()) settle.resolve(moved[index] === true);
      } catch (error) {
        for (const { settle } of together) settle.reject(error);
      }
    }
    this.#moving = false;
  }
}

async function moveTogether(database: Db, together: readonly Waiting[]): Promise<readonly boolean[]> {
  const followers = database.collection<FollowerState>(FOLLOWERS);
  const updates = together.map(({ move: { follower: _id, from, to, term } }) => ({
    updateOne: {
      filter: {
        ...{ _id, position: from },
        ...{ pending: { $exists: false }, term: term ?? { $exists: false } },
      },
      update: { $set: { position: to } },
    },
  }));
  const { matchedCount } = await followers.bulkWrite(updates, { ordered: false });
  if (matchedCount === together.length || matchedCount === 0) return together.map(() => matchedCount > 0);
  // It is not told which were moved. Only the owner of a term can have moved a follower as far in that term.
  const ids = together.map(({ move }) => move.follower);
  const stored = await followers.find({ _id: { $in: ids } }).toArray();
  const states = new Map(stored.map((state) => [state._id, state]));
  return together.map(({ move: { follower, to, term } }) => {
    const state = states.get(follower);
    return term !== undefined && state?.term === term && state.position === to && !state.pending;
  });
}

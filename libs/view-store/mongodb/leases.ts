import { type Collection, Double, MongoServerError } from 'mongodb';
import type { Lease, LeaseState, Leases } from '../leases.ts';
import { DUPLICATE_KEY } from './commits.ts';
import type { Connection } from './connection.ts';

/** One lease, by its name. */
interface StoredLease {
  readonly _id: string;
  readonly owner?: string;
  readonly term: number;
  readonly beat: number;
}

/** Leases of one document each, changed under a condition on the state read before. */
export class MongoLeases implements Leases {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async read(name: string): Promise<LeaseState> {
    const stored = await this.#run((leases) => leases.findOne({ _id: name }));
    return { owner: stored?.owner, term: stored?.term ?? 0, beat: stored?.beat ?? 0 };
  }

  async claim(name: string, owner: string, { term, beat }: LeaseState): Promise<Lease | undefined> {
    const claimed = await this.#change(
      { _id: name, term, beat },
      { $set: { owner, term: term + 1, beat: 0 } },
      term === 0,
    );
    return claimed ? { name, owner, term: term + 1 } : undefined;
  }

  renew({ name, owner, term }: Lease): Promise<boolean> {
    return this.#change({ _id: name, owner, term }, { $inc: { beat: new Double(1) } });
  }

  async release({ name, owner, term }: Lease): Promise<void> {
    await this.#change({ _id: name, owner, term }, { $unset: { owner: '' } });
  }

  /** False when no lease matches the filter. */
  async #change(
    filter: Partial<StoredLease>,
    change: Parameters<Collection<StoredLease>['updateOne']>[1],
    upsert = false,
  ): Promise<boolean> {
    return this.#run(async (leases) => {
      try {
        const { matchedCount, upsertedCount } = await leases.updateOne(filter, change, { upsert });
        return matchedCount + upsertedCount > 0;
      } catch (error) {
        if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return false;
        throw error;
      }
    });
  }

  #run<Result>(work: (leases: Collection<StoredLease>) => Promise<Result>): Promise<Result> {
    return this.#connection.run((database) => work(database.collection('_leases')));
  }
}

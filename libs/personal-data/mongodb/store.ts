import { type Collection, type Db, Double, MongoServerError } from 'mongodb';
import {
  type KeyRecord,
  type KeyStore,
  KeyStoreUnavailable,
  type LiveKey,
  NOBODY,
  type StoredKey,
} from '../key-store.ts';

const DUPLICATE_KEY = 11_000;
const COUNT = 'destructions';
/** How often a claim is tried: another process may claim the subject at the same time. */
const ATTEMPTS = 10;

/** A key; of a destroyed one only the id is left. */
interface Key {
  readonly _id: string;
  readonly subject?: string;
  readonly wrapped?: string;
}

/** The key in use of a subject, which is unique by its id. */
interface InUse {
  readonly _id: string;
  readonly key: string;
}

interface Count {
  readonly _id: string;
  readonly count: number;
}

/** Runs operations on a database. */
export interface Database {
  run<Result>(work: (database: Db) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** The URL of the keys' database, beside that of the views: views may be dropped. */
export function keysDatabase(views: string): string {
  const url = /^(?<before>mongodb(?:\+srv)?:\/\/[^/]+\/[^?]+)(?<after>\?.*)?$/.exec(views)?.groups;
  return `${url?.before}-keys${url?.after ?? ''}`;
}

/** Keys in collections of one database; each change is of one document, and may be interrupted between two of them. */
export class MongoKeyStore implements KeyStore {
  readonly #database: Database;

  /** @param database is closed with this */
  constructor(database: Database) {
    this.#database = database;
  }

  claim({ id, subject, wrapped }: LiveKey): Promise<LiveKey> {
    return this.#run(async (database) => {
      // The key first, so that a key in use can always be read.
      await inserted(keysOf(database), { _id: id, subject, wrapped });
      for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
        if (await inserted(inUseOf(database), { _id: subject, key: id })) return { id, subject, wrapped };
        const live = await current(database, subject);
        if (live === undefined) continue;
        if (live.id !== id) await keysOf(database).deleteOne({ _id: id });
        return live;
      }
      throw new KeyStoreUnavailable('The key could not be kept.');
    });
  }

  current(subject: string): Promise<LiveKey | undefined> {
    return this.#run((database) => current(database, subject));
  }

  getMany(ids: readonly string[]): Promise<readonly (StoredKey | undefined)[]> {
    return this.#run(async (database) => {
      const found = await keysOf(database)
        .find({ _id: { $in: [...ids] } })
        .toArray();
      const byId = new Map(found.map((key) => [key._id, key]));
      return ids.map((id) => {
        const key = byId.get(id);
        return key && { id, wrapped: key.wrapped };
      });
    });
  }

  destroy(id: string): Promise<void> {
    return this.#run((database) => destroy(database, id));
  }

  destructions(): Promise<number> {
    return this.#run(async (database) => {
      const found = await database.collection<Count>('counts').findOne({ _id: COUNT });
      return found?.count ?? 0;
    });
  }

  rewrap(id: string, wrapped: string): Promise<void> {
    return this.#run(async (database) => {
      await keysOf(database).updateOne({ _id: id, wrapped: { $exists: true } }, { $set: { wrapped } });
    });
  }

  page(after: string, limit: number): Promise<readonly KeyRecord[]> {
    return this.#run(async (database) => {
      const found = await keysOf(database)
        .find({ _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(recordOf);
    });
  }

  restore(records: readonly KeyRecord[]): Promise<void> {
    return this.#run(async (database) => {
      for (const { id, subject, wrapped } of records) {
        if (wrapped === undefined) await destroy(database, id);
        else if (await inserted(keysOf(database), { _id: id, subject, wrapped })) {
          // A subject that has another key in use here keeps that one; the other one still opens what it sealed.
          if (subject !== NOBODY) await inserted(inUseOf(database), { _id: subject, key: id });
        }
      }
    });
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  async #run<Result>(work: (database: Db) => Promise<Result>): Promise<Result> {
    try {
      return await this.#database.run(work);
    } catch (error) {
      if (error instanceof KeyStoreUnavailable || !isUnavailable(error)) throw error;
      throw new KeyStoreUnavailable(`The store of keys cannot answer: ${error.message}`, { cause: error });
    }
  }
}

/** The key in use, but for a destroyed one that is still marked so because its destruction was interrupted. */
async function current(database: Db, subject: string): Promise<LiveKey | undefined> {
  const inUse = await inUseOf(database).findOne({ _id: subject });
  if (inUse === null) return undefined;
  const found = await keysOf(database).findOne({ _id: inUse.key });
  if (found?.wrapped !== undefined) return { id: found._id, subject, wrapped: found.wrapped };
  await inUseOf(database).deleteOne({ _id: subject, key: inUse.key });
  return undefined;
}

async function destroy(database: Db, id: string): Promise<void> {
  const key = await keysOf(database).findOne({ _id: id });
  await keysOf(database).updateOne({ _id: id }, { $unset: { wrapped: '', subject: '' } }, { upsert: true });
  if (key?.subject !== undefined) await inUseOf(database).deleteOne({ _id: key.subject, key: id });
  const counts = database.collection<Count>('counts');
  await counts.updateOne({ _id: COUNT }, { $inc: { count: new Double(1) } }, { upsert: true });
}

/** False where there is a document of that id. */
async function inserted<Doc extends { readonly _id: string }>(
  collection: Collection<Doc>,
  document: Doc,
): Promise<boolean> {
  try {
    await collection.insertOne(document as Parameters<Collection<Doc>['insertOne']>[0]);
    return true;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return false;
    throw error;
  }
}

function recordOf({ _id, subject, wrapped }: Key): KeyRecord {
  if (wrapped === undefined) return { id: _id, subject: undefined, wrapped: undefined };
  return { id: _id, subject: subject ?? NOBODY, wrapped };
}

const keysOf = (database: Db) => database.collection<Key>('keys');
const inUseOf = (database: Db) => database.collection<InUse>('in_use');

function isUnavailable(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ViewStoreUnavailable';
}

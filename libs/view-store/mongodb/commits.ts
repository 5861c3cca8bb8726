import { type Collection, type Db, Double, MongoBulkWriteError, MongoServerError } from 'mongodb';
import { type Position, START } from '#event-store';
import { encodeKey, type KeyRange, keyRange } from '../keys.ts';
import { CheckpointMoved, type Commit, OwnershipLost } from '../port.ts';
import { type StoredDocument, type StoredWrite, sizeOf } from './layout.ts';

/** Names of the store's own collections; those of projections begin with a letter. */
export const FOLLOWERS = '_followers';
const JOURNAL = '_journal';
const COUNTERS = '_counters';

/** How many writes, and how many bytes of them, are sent at once. */
const PART_WRITES = 1_000;
const PART_BYTES = 1024 * 1024;

/** How many documents are removed at once. */
const REMOVALS = 1_000;

/** The server's code for an insert whose id exists already. */
export const DUPLICATE_KEY = 11_000;

type Part = readonly StoredWrite[];

/** The stored progress of a follower. */
export interface FollowerState {
  readonly _id: string;
  /** Everything up to here has been written. */
  readonly position: Position;
  /** The number of its last commit. */
  readonly commit: number;
  /** Owners of earlier terms are fenced. */
  readonly term?: number;
  /** Present while that commit may not have been written in full. */
  readonly pending?: Pending;
}

/** What a commit sets in its follower's document. */
type CommitState = Omit<FollowerState, '_id'>;

/** A commit's first part, and how many more are in the journal. */
interface Pending {
  readonly to: Position;
  readonly writes: Part;
  readonly more: number;
}

/** A part of a commit, until it is written. Its id is made of follower, commit number and index of the part. */
interface JournalEntry {
  readonly _id: string;
  readonly writes: Part;
}

export interface StoredCommit extends Omit<Commit, 'writes'> {
  readonly writes: Part;
}

interface Counter {
  readonly _id: string;
  readonly number: number;
}

/**
 * Commits without transactions. Their writes are journalled first; a conditional update of one document, that of the
 * follower, decides whether the commit is made, and by whom. Then the documents are written and the checkpoint moves.
 * An interrupted commit is recovered by the first process that works for its follower, before anything else.
 *
 * Commits have numbers in the order they are made, and a document is only overwritten by a later commit: a writer that
 * is late, or recovers a commit that another one recovers too, never overwrites anything newer.
 *
 * The follower's document also holds the latest term. What an owner of an earlier term has read of it no
 * longer matches, so that none of its commits is made; it reads again, and is refused.
 */
export class Commits {
  readonly #database: Db;
  readonly #followers: Collection<FollowerState>;
  readonly #journal: Collection<JournalEntry>;
  readonly #counters: Collection<Counter>;

  constructor(database: Db) {
    this.#database = database;
    this.#followers = database.collection(FOLLOWERS);
    this.#journal = database.collection(JOURNAL);
    this.#counters = database.collection(COUNTERS);
  }

  /**
   * @throws CheckpointMoved nothing was written
   * @throws OwnershipLost nothing was written
   * @throws RangeError a document is too large; nothing was written
   */
  async commit({ follower, from, to, writes, term }: StoredCommit): Promise<void> {
    const parts = partsOf(writes);
    const [first, ...others] = parts;
    const pending = first && { to, writes: first, more: others.length };
    const next = pending ? { position: from, pending } : { position: to };
    for (;;) {
      const { state, number } = await this.#prepare(follower, term);
      if (state.position !== from) throw new CheckpointMoved(follower, from, state.position);
      await this.#writeJournal(follower, number, others);
      if (await this.#tryCommit(state, { commit: number, ...next, term })) {
        if (pending) await this.#complete(follower, number, pending, parts);
        return;
      }
      await this.#clearJournal(keyRange({ prefix: [follower, number] }));
    }
  }

  /**
   * Fences earlier terms: their interrupted commit is completed, and they can make no more.
   * @throws OwnershipLost it is fenced by a later term
   */
  async fence(follower: string, term: number): Promise<void> {
    const { term: latest } = await this.recover(follower);
    if (latest !== term) await this.reserve(follower, term);
  }

  /** Completes an interrupted commit, if there is one, and returns the follower's progress. */
  async recover(follower: string): Promise<FollowerState> {
    const state = await this.#followers.findOne({ _id: follower });
    if (!state) return { _id: follower, position: START, commit: 0 };
    const { pending, ...recovered } = state;
    if (!pending) return recovered;
    await this.#complete(follower, state.commit, pending, this.#readJournal(state));
    return { ...recovered, position: pending.to };
  }

  /**
   * Makes an empty commit and returns its number. Every commit made before it is complete.
   * @throws OwnershipLost nothing was changed
   */
  async reserve(follower: string, term?: number): Promise<number> {
    for (;;) {
      const { state, number } = await this.#prepare(follower, term);
      const { position } = state;
      if (await this.#tryCommit(state, { commit: number, position, term })) return number;
    }
  }

  /**
   * Removes the documents of a collection that were written before the commit of that number. A tombstone of each
   * keeps late writers of earlier commits from bringing it back.
   */
  async removeEarlier(name: string, commit: number): Promise<void> {
    const collection = this.#database.collection<StoredDocument>(name);
    const removal = {
      $set: { commit, removedAt: new Date() },
      $unset: { document: '', keys: '', words: '' },
    } as const;
    const earlier = { commit: { $lt: commit } };
    for (let last: string | undefined; ; ) {
      const found = collection.find(
        { _id: last === undefined ? { $gte: '' } : { $gt: last }, document: { $exists: true }, ...earlier },
        { projection: { _id: 1 }, sort: { _id: 1 }, limit: REMOVALS, batchSize: REMOVALS },
      );
      const ids = (await found.toArray()).map(({ _id }) => _id);
      const removals = ids.map((_id) => ({ updateOne: { filter: { _id, ...earlier }, update: removal } }));
      if (removals.length > 0) await collection.bulkWrite(removals, { ordered: false });
      if (ids.length < REMOVALS) return;
      last = ids.at(-1);
    }
  }

  /**
   * Resets the follower to the start of the log.
   * @throws OwnershipLost nothing was changed
   */
  async restart(follower: string, term?: number): Promise<void> {
    for (;;) {
      const { state, number } = await this.#prepare(follower, term);
      if (!(await this.#tryCommit(state, { commit: number, position: START, term }))) continue;
      await this.#clearJournal(keyRange({ prefix: [follower], to: number + 1 }));
      return;
    }
  }

  /** Removes the follower, whichever process runs it, after completing its interrupted commit. */
  async remove(follower: string): Promise<void> {
    for (;;) {
      const { commit } = await this.recover(follower);
      if (commit === 0) break;
      const { deletedCount } = await this.#followers.deleteOne({ _id: follower, commit });
      if (deletedCount > 0) break;
    }
    await this.#clearJournal(keyRange({ prefix: [follower] }));
  }

  /**
   * The recovered follower, and a number for its next commit.
   * @throws OwnershipLost it is fenced by a later term
   */
  async #prepare(
    follower: string,
    term: number | undefined,
  ): Promise<{ readonly state: FollowerState; readonly number: number }> {
    const [number, state] = await Promise.all([this.#nextCommitNumber(), this.recover(follower)]);
    const { term: latest = 0 } = state;
    if ((term ?? 0) < latest) throw new OwnershipLost(follower, term, latest);
    // A number taken before the follower's last commit was made would sort before it.
    return number > state.commit ? { state, number } : this.#prepare(follower, term);
  }

  /** A number greater than all earlier ones. */
  async #nextCommitNumber(): Promise<number> {
    const { number } = (await this.#counters.findOneAndUpdate(
      { _id: 'commits' },
      { $inc: { number: new Double(1) } },
      { upsert: true, returnDocument: 'after' },
    )) as Counter;
    return number;
  }

  /** Makes the commit if the follower is still in the state given; false when it is not. */
  async #tryCommit(
    { _id, commit, position }: FollowerState,
    { term, ...next }: CommitState,
  ): Promise<boolean> {
    // Between two commits the position may have advanced.
    const same = commit === 0 ? { _id, commit } : { _id, commit, position };
    try {
      const { matchedCount, upsertedCount } = await this.#followers.updateOne(
        same,
        { $set: { ...next, ...(term !== undefined && { term }) } },
        { upsert: commit === 0 },
      );
      return matchedCount + upsertedCount > 0;
    } catch (error) {
      if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return false;
      throw error;
    }
  }

  async #complete(
    follower: string,
    commit: number,
    { to, more }: Pending,
    parts: Iterable<Part> | AsyncIterable<Part>,
  ): Promise<void> {
    for await (const part of parts) await this.#writeDocuments(commit, part);
    const written = { $set: { position: to }, $unset: { pending: '' } } as const;
    // Another process that has completed it may have advanced the follower.
    await this.#followers.updateOne({ _id: follower, commit, pending: { $exists: true } }, written);
    // This includes journals of owners whose commit was never made.
    if (more > 0) await this.#clearJournal(keyRange({ prefix: [follower], to: commit + 1 }));
  }

  /** Writes the documents that no later commit has written. */
  async #writeDocuments(commit: number, part: Part): Promise<void> {
    for (const [name, writes] of Map.groupBy(part, ({ collection }) => collection)) {
      const replacements = writes.map(({ stored: { _id, ...stored } }) => ({
        replaceOne: {
          filter: { _id, commit: { $lte: commit } },
          replacement: { commit, ...stored },
          // Where a later commit wrote the document, the filter finds nothing and the insert meets its id.
          upsert: true,
        },
      }));
      const collection = this.#database.collection<StoredDocument>(name);
      await collection.bulkWrite(replacements, { ordered: false }).catch(ignoreDuplicateKeys);
    }
  }

  async #writeJournal(follower: string, commit: number, parts: readonly Part[]): Promise<void> {
    for (const [index, writes] of parts.entries()) {
      await this.#journal.insertOne({ _id: encodeKey([follower, commit, index]), writes });
    }
  }

  async *#readJournal({ _id: follower, commit, pending }: FollowerState): AsyncGenerator<Part> {
    if (!pending) return;
    yield pending.writes;
    if (pending.more === 0) return;
    const { low, high } = keyRange({ prefix: [follower, commit] });
    const entries = this.#journal.find({ _id: { $gte: low, $lt: high } }, { sort: { _id: 1 } });
    for await (const { writes } of entries) yield writes;
  }

  async #clearJournal({ low, high }: KeyRange): Promise<void> {
    await this.#journal.deleteMany({ _id: { $gte: low, $lt: high } });
  }
}

/** The writes in parts that can be sent at once. */
function partsOf(writes: Part): Part[] {
  const parts: StoredWrite[][] = [];
  let bytes = 0;
  for (const write of writes) {
    const size = sizeOf(write);
    const last = parts.at(-1);
    bytes += size;
    if (last && last.length < PART_WRITES && bytes <= PART_BYTES) {
      last.push(write);
    } else {
      parts.push([write]);
      bytes = size;
    }
  }
  return parts;
}

/** @throws any failure other than an id that exists already */
function ignoreDuplicateKeys(error: unknown): void {
  const failures = error instanceof MongoBulkWriteError ? [error.writeErrors].flat() : [];
  if (failures.length === 0 || failures.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
}

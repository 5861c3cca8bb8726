import { extname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { type Position, type PositionSignal, START } from '#event-store';
import { Checkpointer } from '#sqlite';
import {
  CheckpointMoved,
  type CollectionDefinition,
  type Commit,
  type Document,
  OwnershipLost,
  type Versioned,
  type ViewStore,
  type Write,
} from '../port.ts';
import type { ProgressSignals } from '../signals.ts';
import { CollectionWriter } from './collection.ts';
import { available } from './errors.ts';
import {
  BUSY_TIMEOUT_MS,
  createSchema,
  fileAt,
  IN_MEMORY,
  type PrepareOptions,
  prepareViewFile,
  setAside,
} from './file.ts';
import { SqliteLeases } from './leases.ts';
import { SqliteViews } from './reader.ts';
import {
  createIndexes,
  createTables,
  dropIndexes,
  dropTables,
  refillTables,
  setTablesAside,
  tablesOf,
} from './tables.ts';

/** From this many documents on, indexes are created after the documents. */
const BULK_DOCUMENTS = 2_000;

/** Commits with up to this many writes share a transaction; for more its cost does not matter. */
const MAX_SHARED_WRITES = 500;

/** At most so much of the log, for which nothing was written, is handled again after a crash. */
const MAX_UNSTORED = 1_000;

/** 16 and 64 MiB. */
const CHECKPOINTS = { between: 2_000, restart: 8_000 };
/** When the checkpointing thread cannot keep up, the write-ahead log is emptied inside a commit at this size (128 MiB). */
const WAL_PAGES_AT_MOST = 16_000;

/** A commit that shares the next transaction. */
interface Pending {
  readonly commit: Commit;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export interface SqliteViewStoreOptions extends PrepareOptions {
  /** Collections whose tables are created at once; any other gets them when it is first used. */
  readonly collections?: readonly CollectionDefinition<Document>[];
  /** Advanced after each commit, for readers in any thread that share them. */
  readonly signals?: ProgressSignals;
}

/**
 * The views in a SQLite file, for the one thread that writes them. In WAL mode with `synchronous=NORMAL`: a commit
 * may be lost in a power failure, but documents and checkpoint together, and they are rebuilt from the log.
 *
 * A file that turns out to be damaged is set aside and replaced by an empty one, likewise. A file that was
 * left open is checked by a thread of its own; any other damage is found when it is read.
 */
export class SqliteViewStore extends SqliteViews implements ViewStore {
  readonly leases: SqliteLeases;
  readonly #path: string;
  readonly #discarded: (reason: string) => void;
  readonly #writers = new Map<CollectionDefinition<Document>, CollectionWriter>();
  /** The positions of followers that had nothing to write since their checkpoints were stored. */
  readonly #unstored = new Map<string, Position>();
  /** The stored checkpoints of followers without a fence, as far as they are known. */
  readonly #unfenced = new Map<string, Position>();
  #pending: Pending[] = [];
  #database: DatabaseSync;
  #checkpointer: Checkpointer | undefined;
  #check: Worker | undefined;

  /** @throws ViewStoreUnavailable the file cannot be opened, or is a database of something else */
  constructor({ path, discarded, collections = [], signals }: SqliteViewStoreOptions) {
    super(signals);
    this.#path = path;
    this.#discarded = discarded;
    const { leftOpen } = available(() => prepareViewFile({ path, discarded }));
    this.#database = this.#open();
    // They may be ahead of what is stored, after an earlier writer.
    signals?.rewindAll();
    this.leases = new SqliteLeases(() => this.#database);
    if (leftOpen) this.#check = this.#startCheck();
    for (const collection of collections) this.#writer(collection);
  }

  protected override get database(): DatabaseSync {
    return this.#database;
  }

  #open(): DatabaseSync {
    const database = available(() => new DatabaseSync(this.#path, { timeout: BUSY_TIMEOUT_MS }));
    database.exec(
      `PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = ${WAL_PAGES_AT_MOST}; PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY`,
    );
    if (this.#path === IN_MEMORY) createSchema(database);
    else this.#checkpointer = new Checkpointer(database, this.#path, CHECKPOINTS);
    return database;
  }

  #startCheck(): Worker {
    const file = new URL(`./checking-thread${extname(import.meta.url)}`, import.meta.url);
    const thread = new Worker(file, { workerData: this.#path, name: 'view-file-check' });
    const checked = fileAt(this.#path);
    thread.unref();
    thread.on('message', (flaw: string) => this.discard(flaw, checked));
    // Readers find the same failure.
    thread.on('error', () => undefined);
    return thread;
  }

  /**
   * Sets the file aside because it is damaged: its followers find no checkpoint, and rebuild their views.
   * @param file from `fileAt` when the damage was found; nothing is done when it has been replaced since
   */
  discard(reason: string, file = fileAt(this.#path)): void {
    if (this.isClosed || this.#path === IN_MEMORY || file !== fileAt(this.#path)) return;
    void this.#checkpointer?.close();
    this.#database.close();
    setAside(this.#path);
    this.forgetStatements();
    this.#writers.clear();
    this.#unstored.clear();
    this.#unfenced.clear();
    available(() => prepareViewFile({ path: this.#path, discarded: this.#discarded }));
    this.#database = this.#open();
    this.signals?.rewindAll();
    this.#discarded(`it is damaged: ${reason}`);
  }

  protected override foundDamage(reason: string): void {
    this.discard(reason);
  }

  async load<D extends Document>(
    collection: CollectionDefinition<D>,
    ids: readonly string[],
  ): Promise<readonly Versioned<D>[]> {
    return this.attempt(() => {
      this.ready(collection);
      const { documents } = tablesOf(collection);
      const statement = this.statement(`SELECT document, position FROM ${documents} WHERE id = ?`);
      const load = (id: string): Versioned<D> => {
        const row = statement.get(id) as [string, number] | undefined;
        if (row === undefined) return { document: undefined, position: START };
        return { document: JSON.parse(row[0]) as D, position: row[1] as Position };
      };
      return this.together(() => ids.map(load));
    });
  }

  async commit(commit: Commit): Promise<void> {
    const { follower, from, to, writes } = commit;
    if (to < from) throw new RangeError(`${follower} cannot go back from ${from} to ${to}.`);
    if (writes.length === 0 && this.advance(commit)) return;
    await new Promise<void>((resolve, reject) => {
      this.#pending.push({ commit, resolve, reject });
      if (this.#pending.length === 1) setImmediate(() => this.#commitPending());
    });
  }

  /** Its checkpoint is stored with the next commit of any follower; until then those that wait know by its signal. */
  advance({ follower, from, to, term }: Omit<Commit, 'writes'>): boolean {
    const signal = this.signals?.get(follower);
    if (term !== undefined || signal === undefined || to < from) return false;
    const stored = this.#unfenced.get(follower) ?? this.attempt(() => this.#readUnfenced(follower));
    if (stored === undefined || (this.#unstored.get(follower) ?? stored) !== from) return false;
    if (to - stored > MAX_UNSTORED) return false;
    if (to !== from) this.#unstored.set(follower, to);
    signal.advance(to);
    return true;
  }

  /**
   * Commits of one turn of the event loop share a transaction, which is most of the cost of a small commit.
   * Where one of them fails, each is made by itself.
   */
  #commitPending(): void {
    const pending = this.#pending;
    this.#pending = [];
    const writes = pending.reduce((sum, { commit }) => sum + commit.writes.length, 0);
    const isShared = pending.length > 1 && writes <= MAX_SHARED_WRITES;
    if (isShared && this.#commitGroup(pending, () => undefined)) return;
    for (const one of pending) this.#commitGroup([one], one.reject);
  }

  /** Whether it succeeded. */
  #commitGroup(group: readonly Pending[], failed: (error: unknown) => void): boolean {
    try {
      this.attempt(() => {
        // Tables are created in transactions of their own, before this one.
        for (const { commit } of group) for (const { collection } of commit.writes) this.#writer(collection);
        this.#transaction(() => {
          for (const { commit } of group) this.#write(commit);
          this.#storeUnstored(group);
        });
      });
    } catch (error) {
      failed(error);
      return false;
    }
    for (const [follower, position] of this.#unstored) this.#unfenced.set(follower, position);
    this.#unstored.clear();
    for (const { commit, resolve } of group) {
      const { follower, to, term } = commit;
      if (term === undefined) this.#unfenced.set(follower, to);
      else this.#unfenced.delete(follower);
      this.signals?.get(follower)?.advance(to);
      resolve();
    }
    return true;
  }

  /** Within the current transaction. */
  #write({ follower, from, to, writes, term }: Commit): void {
    this.#enforceTerm(follower, term);
    const bulkLoaded = this.#emptyBeforeBulk(writes);
    for (const collection of bulkLoaded) dropIndexes(this.database, collection);
    const actual = this.readCheckpoint(follower);
    if (actual !== from) throw new CheckpointMoved(follower, from, actual);
    for (const { collection, id, document, position = to } of writes) {
      const writer = this.#writer(collection);
      if (document === undefined) writer.remove(id);
      else writer.save(id, document, position);
    }
    for (const collection of bulkLoaded) createIndexes(this.database, collection);
    if (to !== from) this.#moveCheckpoint(follower, to);
  }

  async reset(
    follower: string,
    collections: readonly CollectionDefinition<Document>[],
    term?: number,
  ): Promise<void> {
    this.#commitPending();
    this.attempt(() => {
      for (const collection of collections) {
        // Another connection may have dropped it.
        this.#writers.delete(collection);
        this.#writer(collection);
      }
      this.#transaction(() => {
        this.#enforceTerm(follower, term);
        for (const { documents, words } of collections.map(tablesOf)) {
          this.database.exec(`DELETE FROM ${documents}; DELETE FROM ${words}`);
        }
        this.statement('DELETE FROM checkpoints WHERE follower = ?').run(follower);
      });
      this.#forgetProgress(follower);
    });
  }

  async fence(follower: string, term: number): Promise<void> {
    this.#commitPending();
    this.#unfenced.delete(follower);
    this.attempt(() => this.#transaction(() => this.#enforceTerm(follower, term)));
  }

  awaited(follower: string): PositionSignal | undefined {
    return this.signals?.awaited(follower);
  }

  async drop(follower: string, collections: readonly string[]): Promise<void> {
    this.#commitPending();
    this.attempt(() => {
      this.#transaction(() => {
        for (const name of collections) dropTables(this.database, name);
        this.statement('DELETE FROM checkpoints WHERE follower = ?').run(follower);
        this.statement('DELETE FROM fences WHERE follower = ?').run(follower);
      });
      this.#forgetProgress(follower);
    });
    for (const collection of this.#writers.keys()) {
      if (collections.includes(collection.name)) this.#writers.delete(collection);
    }
  }

  protected override ready(collection: CollectionDefinition<Document>): boolean {
    this.#writer(collection);
    return true;
  }

  protected override readCheckpoint(follower: string): Position {
    return this.#unstored.get(follower) ?? super.readCheckpoint(follower);
  }

  /** Resolves when nothing has the file open any more, including its threads. */
  override async close(): Promise<void> {
    // The last connection that is closed removes the write-ahead log.
    await this.#checkpointer?.close();
    await super.close();
    await this.#check?.terminate();
  }

  protected override disconnect(): void {
    this.#commitPending();
    try {
      if (this.#unstored.size > 0) this.#transaction(() => this.#storeUnstored());
    } catch {
      // Events for which nothing was written are handled again.
    }
    this.#database.close();
  }

  /** The stored checkpoint of a follower; `undefined` where it has a fence. */
  #readUnfenced(follower: string): Position | undefined {
    const isFenced = this.statement('SELECT 1 FROM fences WHERE follower = ?').get(follower) !== undefined;
    if (isFenced) return undefined;
    const stored = super.readCheckpoint(follower);
    this.#unfenced.set(follower, stored);
    return stored;
  }

  /** Stores these positions in the current transaction, except of followers that one of the commits moves. */
  #storeUnstored(group: readonly Pending[] = []): void {
    const moves = group.filter(({ commit: { from, to } }) => to !== from);
    const moved = new Set(moves.map(({ commit }) => commit.follower));
    for (const [follower, position] of this.#unstored) {
      if (!moved.has(follower)) this.#moveCheckpoint(follower, position);
    }
  }

  #forgetProgress(follower: string): void {
    this.#unstored.delete(follower);
    this.#unfenced.delete(follower);
    this.signals?.get(follower)?.rewind();
  }

  #transaction<Result>(work: () => Result): Result {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.database.exec('COMMIT');
      this.#checkpointer?.committed();
      return result;
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }

  /**
   * Fences earlier terms, within the current transaction.
   * @throws OwnershipLost it is fenced by a later term
   */
  #enforceTerm(follower: string, term: number | undefined): void {
    const row = this.statement('SELECT term FROM fences WHERE follower = ?').get(follower);
    const latest = Number(((row ?? []) as number[])[0] ?? 0);
    if ((term ?? 0) < latest) throw new OwnershipLost(follower, term, latest);
    if (term === undefined || term === latest) return;
    this.statement(
      `INSERT INTO fences (follower, term) VALUES (?, ?)
       ON CONFLICT (follower) DO UPDATE SET term = excluded.term`,
    ).run(follower, term);
  }

  /** Empty collections that get many documents: creating their indexes afterwards is faster. */
  #emptyBeforeBulk(writes: readonly Write[]): CollectionDefinition<Document>[] {
    const sizes = new Map<CollectionDefinition<Document>, number>();
    for (const { collection } of writes) sizes.set(collection, (sizes.get(collection) ?? 0) + 1);
    return [...sizes].flatMap(([collection, size]) => {
      if (size < BULK_DOCUMENTS) return [];
      const any = this.statement(`SELECT 1 FROM ${tablesOf(collection).documents} LIMIT 1`).get();
      return any === undefined ? [collection] : [];
    });
  }

  #moveCheckpoint(follower: string, to: Position): void {
    this.statement(
      `INSERT INTO checkpoints (follower, position) VALUES (?, ?)
       ON CONFLICT (follower) DO UPDATE SET position = excluded.position`,
    ).run(follower, to);
  }

  /** Creates the collection's tables when it is first used, and again from its documents when its indexes have changed. */
  #writer(collection: CollectionDefinition<Document>): CollectionWriter {
    const known = this.#writers.get(collection);
    if (known) return known;
    const { name, shape } = tablesOf(collection);
    if ([...this.#writers.keys()].some((other) => other.name === name)) {
      throw new TypeError(`There are two definitions of the collection ${name}.`);
    }
    const writer = this.#transaction(() => {
      const stored = this.statement('SELECT shape FROM collections WHERE name = ?').get(name);
      const [earlier] = (stored ?? []) as string[];
      const reindexed = earlier !== undefined && earlier !== shape;
      if (reindexed) setTablesAside(this.database, collection);
      if (earlier !== shape) createTables(this.database, collection);
      const writer = new CollectionWriter(this.database, collection);
      if (reindexed) refillTables(this.database, (row) => writer.save(row.id, row.document, row.position));
      return writer;
    });
    this.#writers.set(collection, writer);
    return writer;
  }
}

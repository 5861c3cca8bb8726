import { setTimeout as delay } from 'node:timers/promises';
import type { Collection } from 'mongodb';
import { type Position, START } from '#event-store';
import { encodePageToken } from '../page-token.ts';
import type {
  CollectionDefinition,
  CountQuery,
  Document,
  FindQuery,
  Page,
  PrefixQuery,
  ViewReader,
} from '../port.ts';
import type { ProgressSignals } from '../signals.ts';
import { Collections } from './collections.ts';
import { FOLLOWERS, type FollowerState } from './commits.ts';
import { Connection, type ConnectionOptions } from './connection.ts';
import { keyField, parse, type StoredDocument } from './layout.ts';
import { chunksOf, PendingQueries, type ReadCommand } from './pending-queries.ts';
import { filterOf } from './query.ts';

export interface MongoViewReaderOptions extends ConnectionOptions {
  /** For followers that this process runs; the progress of any other is polled. */
  readonly signals?: ProgressSignals;
}

const DEFAULT_LIMIT = 50;
/** Documents with some words are counted up to this number: each has to be examined. */
const MAX_FOUND = 2_000;
/** How many documents are read by their ids at once. */
const IDS = 1_000;
/** A wait polls often at first, and then less and less often. */
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 80;
/** How often to poll in addition to a signal, in case another process runs the follower by now. */
const SIGNALLED_PAUSE_MS = 1_000;

/** The views in a MongoDB, for any process. A collection that has not been written yet reads as empty. */
export class MongoViewReader implements ViewReader {
  protected readonly connection: Connection;
  protected readonly signals: ProgressSignals | undefined;
  readonly #maxTimeMS: number;
  /** Collections that are known to be stored as they are defined. */
  readonly #verified = new WeakSet<object>();
  readonly #closing = new AbortController();
  /** Reads of followers' checkpoints in progress, shared by all that wait for the same follower. */
  readonly #checkpointReads = new Map<string, Promise<Position>>();

  constructor({ signals, ...options }: MongoViewReaderOptions) {
    this.connection = new Connection(options);
    this.#maxTimeMS = this.connection.timeoutMs;
    this.signals = signals;
  }

  async get<D extends Document>(collection: CollectionDefinition<D>, id: string): Promise<D | undefined> {
    const [document] = await this.getMany(collection, [id]);
    return document;
  }

  async getMany<D extends Document>(
    collection: CollectionDefinition<D>,
    ids: readonly string[],
  ): Promise<readonly (D | undefined)[]> {
    const stored = await this.stored(collection, ids);
    return ids.map((id) => parse<D>(stored.get(id)));
  }

  async find<D extends Document>(collection: CollectionDefinition<D>, query: FindQuery): Promise<Page<D>> {
    const { index, limit = DEFAULT_LIMIT, direction = 'ascending' } = query;
    const filter = filterOf(collection, query);
    await this.ready(collection);
    if (filter === undefined) return { items: [] };
    const found = await this.#range(collection, index, direction, { filter, limit: limit + 1 });
    const items = found.slice(0, limit).flatMap((stored) => parse<D>(stored) ?? []);
    const last = found.length > limit ? found[limit - 1]?.keys?.[index] : undefined;
    return last === undefined ? { items } : { items, next: encodePageToken(last) };
  }

  async findEach<D extends Document>(
    collection: CollectionDefinition<D>,
    queries: readonly PrefixQuery[],
  ): Promise<readonly Page<D>[]> {
    const chunks = chunksOf(queries).map((chunk) => new PendingQueries(collection, chunk));
    await this.ready(collection);
    const answered = await Promise.all(chunks.map((chunk) => this.#answer(collection, chunk)));
    const pages = new Map(answered.flat());
    return queries.map((query) => pages.get(query) as Page<D>);
  }

  async findIds<D extends Document>(
    collection: CollectionDefinition<D>,
    queries: readonly PrefixQuery[],
  ): Promise<readonly Page<string>[]> {
    const pages = await this.findEach(collection, queries);
    return pages.map((page) => ({ ...page, items: page.items.map(({ id }) => id) }));
  }

  async #answer<D extends Document>(
    collection: CollectionDefinition<D>,
    pending: PendingQueries<D>,
  ): Promise<[PrefixQuery, Page<D>][]> {
    while (!pending.done) {
      const command = pending.next;
      pending.add(await this.#range(collection, pending.index, 'ascending', command), command);
    }
    return pending.pages();
  }

  /** The documents that match the filter, in the order of the index. */
  #range(
    collection: CollectionDefinition<Document>,
    index: string,
    direction: 'ascending' | 'descending',
    { filter, limit }: ReadCommand,
  ): Promise<Pick<StoredDocument, 'document' | 'keys'>[]> {
    const field = keyField(index);
    return this.#run(collection, (documents) =>
      documents
        .find(filter, {
          sort: { [field]: direction === 'ascending' ? 1 : -1 },
          projection: { _id: 0, document: 1, [field]: 1 },
          limit,
          batchSize: limit,
          maxTimeMS: this.#maxTimeMS,
        })
        .toArray(),
    );
  }

  async count<D extends Document>(
    collection: CollectionDefinition<D>,
    query: Omit<CountQuery, 'text'>,
  ): Promise<number> {
    return this.#count(collection, query);
  }

  async countUpTo<D extends Document>(
    collection: CollectionDefinition<D>,
    query: CountQuery,
    max: number,
  ): Promise<number | undefined> {
    const limit = query.text === undefined ? max : Math.min(max, MAX_FOUND);
    const count = await this.#count(collection, query, limit + 1);
    return count <= limit ? count : undefined;
  }

  async #count<D extends Document>(
    collection: CollectionDefinition<D>,
    query: CountQuery,
    limit?: number,
  ): Promise<number> {
    const filter = filterOf(collection, query);
    await this.ready(collection);
    if (filter === undefined) return 0;
    const options = { maxTimeMS: this.#maxTimeMS, ...(limit !== undefined && { limit }) };
    return this.#run(collection, (documents) => documents.countDocuments(filter, options));
  }

  checkpoint(follower: string): Promise<Position> {
    return this.#progress(follower);
  }

  async waitFor(follower: string, position: Position, timeoutMs: number): Promise<boolean> {
    const deadline = performance.now() + timeoutMs;
    const { signal: closing } = this.#closing;
    for (let pause = FIRST_PAUSE_MS; !closing.aborted; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      if ((await this.#sharedProgress(follower)) >= position) return true;
      const left = deadline - performance.now();
      if (left <= 0) return false;
      const progress = this.signals?.get(follower);
      // A signal from before the checkpoint was reset does not show that the follower has reached it again.
      if (progress && progress.current < position) {
        const wait = { timeoutMs: Math.min(left, SIGNALLED_PAUSE_MS), signal: closing };
        await progress.waitBeyond((position - 1) as Position, wait);
      } else {
        await delay(Math.min(left, pause), undefined, { signal: closing }).catch(() => undefined);
      }
    }
    return false;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.connection.close();
  }

  /** Resolves when the stored documents can be queried by the collection's indexes. */
  protected async ready(collection: CollectionDefinition<Document>): Promise<void> {
    if (this.#verified.has(collection)) return;
    const verified = await this.connection.run((database) => new Collections(database).verify(collection));
    if (verified) this.#verified.add(collection);
  }

  /** The stored documents with these ids. */
  protected async stored<D extends Document>(
    collection: CollectionDefinition<D>,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, StoredDocument>> {
    const found = new Map<string, StoredDocument>();
    const wanted = [...new Set(ids)];
    for (let from = 0; from < wanted.length; from += IDS) {
      const filter = { _id: { $in: wanted.slice(from, from + IDS) } };
      const options = { projection: { document: 1, position: 1 }, maxTimeMS: this.#maxTimeMS };
      const batch = await this.#run(collection, (documents) => documents.find(filter, options).toArray());
      for (const stored of batch) found.set(stored._id, stored);
    }
    return found;
  }

  #run<Result>(
    { name }: Pick<CollectionDefinition<Document>, 'name'>,
    work: (documents: Collection<StoredDocument>) => Promise<Result>,
  ): Promise<Result> {
    return this.connection.run((database) => work(database.collection(name)));
  }

  /** The follower's checkpoint, read once for all that wait for it; `START` when the reader is being closed. */
  #sharedProgress(follower: string): Promise<Position> {
    const underWay = this.#checkpointReads.get(follower);
    if (underWay) return underWay;
    const read = this.#progress(follower)
      .catch((error) => {
        if (this.#closing.signal.aborted) return START;
        throw error;
      })
      .finally(() => this.#checkpointReads.delete(follower));
    this.#checkpointReads.set(follower, read);
    return read;
  }

  /** The position up to which the follower's commits have been written. */
  async #progress(follower: string): Promise<Position> {
    const options = { projection: { position: 1 }, maxTimeMS: this.#maxTimeMS };
    const state = await this.connection.run((database) =>
      database.collection<FollowerState>(FOLLOWERS).findOne({ _id: follower }, options),
    );
    return state?.position ?? START;
  }
}

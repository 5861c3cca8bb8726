import type { Position, PositionSignal } from '#event-store';
import type { Leases } from './leases.ts';

/**
 * One part of an index key. Within an index, keys order part by part: null, false, true, numbers, then text; documents
 * with the same key by id.
 */
export type KeyPart = null | boolean | number | string;
export type Key = readonly KeyPart[];

/** A document as stored: JSON with an `id` of its own. */
export interface Document {
  readonly id: string;
}

/** Typed as a method, so that a collection of any document type is assignable where a general one is expected. */
type Of<D, Result> = { of(document: D): Result }['of'];

/** One collection of a projection, with all its indexes: every query uses an index. */
export interface CollectionDefinition<D extends Document> {
  /** Unique in the store, e.g. `shares`. */
  readonly name: string;
  /** Each index gives a document's key, or `undefined` to leave it out. */
  readonly indexes: { readonly [index: string]: Of<D, Key | undefined> };
  /** Free text: the normalised words a document is found by, within a scope (who may see it). */
  readonly text?: Of<D, { readonly scope: string; readonly words: readonly string[] } | undefined>;
}

/** The spellings of one searched word: at most 500. */
export type Spellings = readonly string[];

export interface FindQuery {
  readonly index: string;
  /** The first parts of the key; documents with exactly these are found. */
  readonly prefix: Key;
  /** Bounds on the part that follows the prefix: `from` inclusive, `to` exclusive. */
  readonly from?: KeyPart;
  readonly to?: KeyPart;
  readonly direction?: 'ascending' | 'descending';
  /**
   * Each of `wanted`, up to 16, must be a prefix of some word of the document's text within `scope`, in one of its
   * spellings; where nothing is wanted, nothing is found.
   */
  readonly text?: { readonly scope: string; readonly wanted: readonly Spellings[] };
  /** The `next` of the page before. */
  readonly after?: string;
  /** At most this many; 50 by default. */
  readonly limit?: number;
}

/** One of many queries made at once: the documents whose key begins with these parts. */
export type PrefixQuery = Pick<FindQuery, 'index' | 'prefix' | 'after' | 'limit'>;

export interface Page<D> {
  /** May be fewer than the limit although there is more, when a search has examined as many as it may at once. */
  readonly items: readonly D[];
  /** Opaque; absent when there is no more. */
  readonly next?: string;
}

/** Counts the documents that a query with the same terms finds. */
export type CountQuery = Pick<FindQuery, 'index' | 'prefix' | 'from' | 'to' | 'text'>;

/** Read access to the views. */
export interface ViewReader {
  get<D extends Document>(collection: CollectionDefinition<D>, id: string): Promise<D | undefined>;
  /** In the order of `ids`, `undefined` where there is none. */
  getMany<D extends Document>(
    collection: CollectionDefinition<D>,
    ids: readonly string[],
  ): Promise<readonly (D | undefined)[]>;
  find<D extends Document>(collection: CollectionDefinition<D>, query: FindQuery): Promise<Page<D>>;
  /** What `find` returns for each of the queries, in their order, at the cost of a few look-ups. */
  findEach<D extends Document>(
    collection: CollectionDefinition<D>,
    queries: readonly PrefixQuery[],
  ): Promise<readonly Page<D>[]>;
  /** The ids of the documents that `findEach` returns; for those a store need not read the documents. */
  findIds<D extends Document>(
    collection: CollectionDefinition<D>,
    queries: readonly PrefixQuery[],
  ): Promise<readonly Page<string>[]>;
  count<D extends Document>(
    collection: CollectionDefinition<D>,
    query: Omit<CountQuery, 'text'>,
  ): Promise<number>;
  /** The number if it is at most `max` and can be counted without examining too many, else `undefined`. */
  countUpTo<D extends Document>(
    collection: CollectionDefinition<D>,
    query: CountQuery,
    max: number,
  ): Promise<number | undefined>;
  /** The checkpoint of the follower of that name: a projection's view reflects everything up to it. */
  checkpoint(follower: string): Promise<Position>;
  /**
   * Waits until the follower has passed `position`; false when `timeoutMs` pass first.
   */
  waitFor(follower: string, position: Position, timeoutMs: number): Promise<boolean>;
  close(): Promise<void>;
}

export interface Write {
  readonly collection: CollectionDefinition<Document>;
  readonly id: string;
  /** `undefined` removes it. */
  readonly document: Document | undefined;
  /** The position of the last event the document reflects; the commit's `to` by default. */
  readonly position?: Position;
}

/** A document and the position of the last event it reflects; `START` where that is not known. */
export interface Versioned<D extends Document = Document> {
  readonly document: D | undefined;
  readonly position: Position;
}

/**
 * The changes by one batch of events, with the checkpoint it moves: all of it is stored or nothing. A store without
 * transactions makes sure that an interrupted commit is completed before the follower's next one.
 */
export interface Commit {
  readonly follower: string;
  /** The follower's checkpoint before the batch. */
  readonly from: Position;
  readonly to: Position;
  readonly writes: readonly Write[];
  /** The term of the lease under which the follower runs; absent where there can be only one owner. */
  readonly term?: number;
}

export interface ViewStore extends ViewReader {
  /** Of the followers, where several processes may run them. */
  readonly leases: Leases;
  /** Reads documents in order to change them, in the order of `ids`. */
  load<D extends Document>(
    collection: CollectionDefinition<D>,
    ids: readonly string[],
  ): Promise<readonly Versioned<D>[]>;
  /**
   * @throws CheckpointMoved another owner of this follower came first; nothing was written
   * @throws OwnershipLost the follower is fenced by a later term; nothing was written
   */
  commit(commit: Commit): Promise<void>;
  /**
   * Moves a follower that has nothing to write at once, where that takes no commit; false where it does, or where the
   * follower is not at `from`.
   */
  advance(move: Omit<Commit, 'writes'>): boolean;
  /**
   * Removes all documents of `collections` and the follower's checkpoint, before a rebuild.
   * @throws OwnershipLost the follower is fenced by a later term; nothing that its owner needs was removed
   */
  reset(
    follower: string,
    collections: readonly CollectionDefinition<Document>[],
    term?: number,
  ): Promise<void>;
  /**
   * Fences every owner of the follower with an earlier term, or with none: their interrupted commit is
   * complete when this resolves, and they write nothing from then on.
   * @throws OwnershipLost the follower is fenced by a later term
   */
  fence(follower: string, term: number): Promise<void>;
  /**
   * The furthest position of the follower that a reader has waited for; whoever will read it soon may advance it too.
   * `undefined` where readers are not known, as in a store that several processes share.
   */
  awaited(follower: string): PositionSignal | undefined;
  /** Removes the follower, whichever process runs it, and the collections with these names, with everything in them. */
  drop(follower: string, collections: readonly string[]): Promise<void>;
}

export class CheckpointMoved extends Error {
  override readonly name = 'CheckpointMoved';
  constructor(follower: string, expected: Position, actual: Position) {
    super(`The checkpoint of ${follower} is ${actual}, not ${expected}.`);
  }
}

/** The follower has an owner of a later term. */
export class OwnershipLost extends Error {
  override readonly name = 'OwnershipLost';
  constructor(follower: string, term: number | undefined, later: number) {
    super(
      `${follower} is owned by term ${later}; ${term === undefined ? 'a writer without a term' : `term ${term}`} may not write.`,
    );
  }
}

/** The page token was not issued by this store for such a query. */
export class InvalidPageToken extends Error {
  override readonly name = 'InvalidPageToken';
  constructor() {
    super('The page token does not belong to this list.');
  }
}

/** The store cannot answer now. */
export class ViewStoreUnavailable extends Error {
  override readonly name: string = 'ViewStoreUnavailable';
}

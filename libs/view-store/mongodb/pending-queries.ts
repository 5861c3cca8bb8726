import { Buffer } from 'node:buffer';
import type { Filter } from 'mongodb';
import { encodeKey, prefixesOf } from '../keys.ts';
import { encodePageToken } from '../page-token.ts';
import type { CollectionDefinition, Document, Page, PrefixQuery } from '../port.ts';
import { parse, type StoredDocument } from './layout.ts';
import { filterOf } from './query.ts';

/** The most ranges of an index in one command. */
const RANGES = 200;
/** The most documents that one command returns, unless one page alone has more. */
const DOCUMENTS = 1_000;
const DEFAULT_LIMIT = 50;

/** A query that is being answered. */
interface Pending {
  readonly query: PrefixQuery;
  /** How many documents are needed to fill its page and to show whether there is more. */
  readonly wanted: number;
  readonly found: { readonly key: string; readonly stored: Pick<StoredDocument, 'document'> }[];
  filter: Filter<StoredDocument>;
  /** Documents up to this key are no longer needed. */
  after?: Buffer;
}

/** A command that reads, in the order of the index, what several queries still need. */
export interface ReadCommand {
  readonly filter: Filter<StoredDocument>;
  readonly limit: number;
}

/** Queries of one index that are answered together, each to the end of its page. */
export class PendingQueries<D extends Document> {
  readonly index: string;
  readonly #collection: CollectionDefinition<D>;
  readonly #all: readonly Pending[];
  readonly #byPrefix: ReadonlyMap<string, readonly Pending[]>;
  #open: Set<Pending>;

  /**
   * @param queries all of one index
   * @throws TypeError the collection has no such index
   * @throws InvalidPageToken
   */
  constructor(collection: CollectionDefinition<D>, queries: readonly [PrefixQuery, ...PrefixQuery[]]) {
    this.index = queries[0].index;
    this.#collection = collection;
    this.#all = queries.map((query) => ({
      query,
      wanted: (query.limit ?? DEFAULT_LIMIT) + 1,
      found: [],
      filter: filterOf(collection, query) as Filter<StoredDocument>,
      after: query.after === undefined ? undefined : Buffer.from(query.after, 'base64url'),
    }));
    this.#byPrefix = Map.groupBy(this.#all, ({ query }) => encodeKey(query.prefix));
    this.#open = new Set(this.#all);
  }

  get done(): boolean {
    return this.#open.size === 0;
  }

  /** The next command to send. */
  get next(): ReadCommand {
    const open = [...this.#open];
    const [only, ...more] = open;
    return {
      filter: only && more.length === 0 ? only.filter : { $or: open.map(({ filter }) => filter) },
      limit: Math.max(DOCUMENTS, ...open.map(({ wanted }) => wanted)),
    };
  }

  /** Adds what the last command found, up to its limit. */
  add(found: readonly Pick<StoredDocument, 'document' | 'keys'>[], { limit }: ReadCommand): void {
    const started = new Set<Pending>();
    let reached: readonly Pending[] = [];
    for (const stored of found) {
      const key = stored.keys?.[this.index] as string;
      reached = prefixesOf(key).flatMap((prefix) => this.#byPrefix.get(prefix) ?? []);
      for (const pending of reached) {
        if (!this.#open.has(pending) || !isBeyond(key, pending.after)) continue;
        started.add(pending);
        pending.found.push({ key, stored });
        if (pending.found.length === pending.wanted) this.#open.delete(pending);
      }
    }
    if (found.length < limit) {
      this.#open.clear();
      return;
    }
    // The limit cut off the query that the last document belongs to; every other query that had started is complete.
    for (const pending of started) {
      if (reached.includes(pending)) this.#continueAfter(pending);
      else this.#open.delete(pending);
    }
  }

  #continueAfter(pending: Pending): void {
    const last = pending.found.at(-1)?.key as string;
    pending.after = Buffer.from(last);
    pending.filter = filterOf(this.#collection, {
      ...pending.query,
      after: encodePageToken(last),
    }) as Filter<StoredDocument>;
  }

  /** Every query with its page. */
  pages(): [PrefixQuery, Page<D>][] {
    return this.#all.map(({ query, wanted, found }) => {
      const items = found.slice(0, wanted - 1).flatMap(({ stored }) => parse<D>(stored) ?? []);
      const last = found.length === wanted ? found[wanted - 2] : undefined;
      return [query, last ? { items, next: encodePageToken(last.key) } : { items }];
    });
  }
}

/** Compares keys in their order: by their bytes. */
function isBeyond(key: string, after: Buffer | undefined): boolean {
  return after === undefined || Buffer.from(key).compare(after) > 0;
}

/** Splits the queries into groups that one command may answer, each of one index. */
export function chunksOf(queries: readonly PrefixQuery[]): [PrefixQuery, ...PrefixQuery[]][] {
  return [...Map.groupBy(queries, ({ index }) => index).values()].flatMap((ofIndex) =>
    Array.from(
      { length: Math.ceil(ofIndex.length / RANGES) },
      (_, chunk) => ofIndex.slice(chunk * RANGES, (chunk + 1) * RANGES) as [PrefixQuery, ...PrefixQuery[]],
    ),
  );
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type CollectionDefinition,
  type Document,
  type FindQuery,
  InvalidPageToken,
  pageTokenAfter,
  type ViewReader,
} from '#view-store';
import type { PageOf, PageRequest } from './view-query.ts';

/** The largest total that a list counts. */
const MAX_TOTAL = 20_000;

/** How many documents are read at once where some may be skipped. */
const BATCH = 200;

/** How many batches are read at most to fill one page; the rest follows on the next page. */
const MAX_BATCHES = 10;

/** The part of a view that a list reads, in its order. */
export interface Listed<D extends Document> {
  readonly collection: CollectionDefinition<D>;
  readonly query: Pick<FindQuery, 'index' | 'prefix' | 'from' | 'to' | 'direction' | 'text'>;
}

/** The query of a list. */
export interface Listing<D extends Document> extends Listed<D> {
  /** The condition for what the index does not cover; without it the total is known. */
  readonly keep?: (document: D) => boolean;
}

/** A page of a list; shorter than requested where too many documents would have to be examined. */
export async function listPage<D extends Document>(
  views: ViewReader,
  { keep, ...listed }: Listing<D>,
  request: PageRequest,
): Promise<PageOf<D>> {
  const { collection, query } = listed;
  if (keep || query.text) {
    const found = await collectPage(views, listed, request, async (documents) =>
      documents.map((document) => ((keep?.(document) ?? true) ? document : undefined)),
    );
    return keep ? found : { ...found, total: await views.countUpTo(collection, query, MAX_TOTAL) };
  }
  const { pageSize: limit, pageToken: after } = request;
  const [page, total] = await Promise.all([
    views.find(collection, { ...query, after, limit }),
    views.countUpTo(collection, query, MAX_TOTAL),
  ]);
  return { items: page.items, nextPageToken: page.next, total };
}

/**
 * A page of items derived from a view's documents, some of which are skipped. Examines a bounded number of them, and
 * yields in between: the page may be short, or empty, and have a next one.
 * @param shown maps the documents to items, in their order; `undefined` for those to skip
 */
export async function collectPage<D extends Document, Item>(
  views: ViewReader,
  { collection, query }: Listed<D>,
  { pageSize, pageToken }: PageRequest,
  shown: (documents: readonly D[]) => Promise<readonly (Item | undefined)[]>,
): Promise<PageOf<Item>> {
  const items: Item[] = [];
  let after = pageToken;
  for (let round = 0; round < MAX_BATCHES; round++) {
    if (round > 0) await nextTurn();
    const limit = round === 0 ? pageSize : BATCH;
    const found = await views.find(collection, { ...query, after, limit });
    const made = await shown(found.items);
    for (const [index, document] of found.items.entries()) {
      const item = made[index];
      if (item === undefined) continue;
      if (items.length === pageSize) return { items, nextPageToken: after };
      items.push(item);
      after = pageTokenAfter(collection, query.index, document);
    }
    if (found.next === undefined) return { items };
    after = found.next;
    if (items.length === pageSize) break;
  }
  return { items, nextPageToken: after };
}

/**
 * A page of several parts of a view, one after the other: short where many documents of a part are skipped.
 * The parts must be the same for all pages of a query.
 */
export async function collectFromParts<D extends Document>(
  views: ViewReader,
  parts: readonly Listing<D>[],
  { pageSize, pageToken }: PageRequest,
): Promise<PageOf<D>> {
  const items: D[] = [];
  const begin = partOf(pageToken, parts.length);
  let after = begin.after;
  for (const [place, { keep, ...part }] of parts.entries()) {
    if (place < begin.place) continue;
    if (items.length === pageSize) {
      // The page is full: it has a next one where there is anything left.
      const more = await views.find(part.collection, { ...part.query, limit: 1 });
      if (more.items.length > 0) return { items, nextPageToken: partToken(place) };
      continue;
    }
    const wanted = { pageSize: pageSize - items.length, pageToken: after };
    const found = await collectPage(views, part, wanted, async (documents) =>
      documents.map((document) => ((keep?.(document) ?? true) ? document : undefined)),
    );
    items.push(...found.items);
    if (found.nextPageToken !== undefined) {
      return { items, nextPageToken: partToken(place, found.nextPageToken) };
    }
    after = undefined;
  }
  return { items };
}

/** @throws InvalidPageToken */
function partOf(pageToken: string | undefined, parts: number): { place: number; after?: string } {
  if (pageToken === undefined) return { place: 0 };
  const [, place, after] = /^part-(\d{1,4})(?:-(.+))?$/.exec(pageToken) ?? [];
  if (place === undefined || Number(place) >= parts) throw new InvalidPageToken();
  return { place: Number(place), after };
}

function partToken(place: number, after?: string): string {
  return after === undefined ? `part-${place}` : `part-${place}-${after}`;
}

/** The page with other items. */
export function withItems<Item>(page: PageOf<unknown>, items: readonly Item[]): PageOf<Item> {
  return { ...page, items };
}

/**
 * The offset of a page in a list that is computed for every page.
 * @throws InvalidPageToken
 */
export function offsetOf(pageToken: string | undefined): number {
  if (pageToken === undefined) return 0;
  const offset = /^at-(\d{1,9})$/.exec(pageToken)?.[1];
  if (offset === undefined) throw new InvalidPageToken();
  return Number(offset);
}

export function offsetToken(offset: number): string {
  return `at-${offset}`;
}

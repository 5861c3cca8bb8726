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

/** Up to which number a list tells how many there are in all. */
const TOTALLED = 20_000;

/** How many documents are asked for at once where some may be passed over. */
const ROUND = 200;

/** How often more is asked for to fill one page; what is then found is given, with a token for the rest. */
const ROUNDS = 10;

/** The part of a view that a list goes through, in its order. */
export interface Listed<D extends Document> {
  readonly collection: CollectionDefinition<D>;
  readonly query: Pick<FindQuery, 'index' | 'prefix' | 'from' | 'to' | 'direction' | 'text'>;
}

/** What a list asks of a view. */
export interface Listing<D extends Document> extends Listed<D> {
  /** What the index does not tell apart; without it the total is known. */
  readonly keep?: (document: D) => boolean;
}

/** The wanted part of a list; shorter than asked for where a page would take looking at too many documents. */
export async function listPage<D extends Document>(
  views: ViewReader,
  { keep, ...listed }: Listing<D>,
  request: PageRequest,
): Promise<PageOf<D>> {
  const { collection, query } = listed;
  if (keep || query.text) {
    const found = await gather(views, listed, request, async (documents) =>
      documents.map((document) => ((keep?.(document) ?? true) ? document : undefined)),
    );
    return keep ? found : { ...found, total: await views.countUpTo(collection, query, TOTALLED) };
  }
  const { pageSize: limit, pageToken: after } = request;
  const [page, total] = await Promise.all([
    views.find(collection, { ...query, after, limit }),
    views.countUpTo(collection, query, TOTALLED),
  ]);
  return { items: page.items, nextPageToken: page.next, total };
}

/**
 * A page of what is made of a view's documents, some of which are passed over. Looks at a bounded number of them, and
 * lets others in between: the page may be short, or empty, and have a next one.
 * @param shown what is made of each of the documents, in their order; `undefined` of those to pass over
 */
export async function gather<D extends Document, Item>(
  views: ViewReader,
  { collection, query }: Listed<D>,
  { pageSize, pageToken }: PageRequest,
  shown: (documents: readonly D[]) => Promise<readonly (Item | undefined)[]>,
): Promise<PageOf<Item>> {
  const items: Item[] = [];
  let after = pageToken;
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) await nextTurn();
    const limit = round === 0 ? pageSize : ROUND;
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
 * A page of what is in several parts of a view, one after the other: short where one of them passes over many.
 * Within the same question the parts are always the same.
 */
export async function gatherParts<D extends Document>(
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
    const found = await gather(views, part, wanted, async (documents) =>
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

/** The same list of other things. */
export function withItems<Item>(page: PageOf<unknown>, items: readonly Item[]): PageOf<Item> {
  return { ...page, items };
}

/**
 * Where a page begins of what is rebuilt for every page.
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

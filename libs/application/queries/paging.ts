import {
  type CollectionDefinition,
  type Document,
  type FindQuery,
  InvalidPageToken,
  type Page,
  type ViewReader,
} from '#view-store';
import type { PageOf, PageRequest } from './view-query.ts';

/** What a list asks of a view. */
export interface Listing<D extends Document> {
  readonly collection: CollectionDefinition<D>;
  readonly query: Pick<FindQuery, 'index' | 'prefix' | 'from' | 'to' | 'direction' | 'text'>;
  /** What the index does not tell apart; without it the total is known. */
  readonly keep?: (document: D) => boolean;
}

/** The wanted part of a list. */
export async function listPage<D extends Document>(
  views: ViewReader,
  { collection, query, keep }: Listing<D>,
  request: PageRequest,
): Promise<PageOf<D>> {
  const found = await gather(request, async (after, limit) => {
    const { items, next } = await views.find(collection, { ...query, after, limit });
    return { items: keep ? items.filter(keep) : items, next };
  });
  return keep ? found : { ...found, total: await views.count(collection, query) };
}

/** Asks for more until the page is full or there is no more: some of what is found may have been passed over. */
export async function gather<Item>(
  { pageSize, pageToken }: PageRequest,
  find: (after: string | undefined, limit: number) => Promise<Page<Item>>,
): Promise<PageOf<Item>> {
  const items: Item[] = [];
  let next = pageToken;
  do {
    const found = await find(next, pageSize - items.length);
    items.push(...found.items);
    next = found.next;
  } while (next !== undefined && items.length < pageSize);
  return { items, nextPageToken: next };
}

/** The same list of other things. */
export function withItems<Item>(page: PageOf<unknown>, items: readonly Item[]): PageOf<Item> {
  return { ...page, items };
}

/**
 * Where a page begins of what is made anew for every page.
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

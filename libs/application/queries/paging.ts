import {
  type CollectionDefinition,
  type Document,
  type FindQuery,
  InvalidPageToken,
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
  { pageSize, pageToken }: PageRequest,
): Promise<PageOf<D>> {
  const items: D[] = [];
  let next = pageToken;
  do {
    const found = await views.find(collection, { ...query, after: next, limit: pageSize - items.length });
    items.push(...(keep ? found.items.filter(keep) : found.items));
    next = found.next;
  } while (next !== undefined && items.length < pageSize);
  const total = keep ? undefined : await views.count(collection, query);
  return { items, nextPageToken: next, total };
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

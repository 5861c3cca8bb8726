import type { CollectionDefinition, Document, FindQuery, ViewReader } from './port.ts';

const PAGE = 500;

/** All that the query finds, page by page, however much it is; at least one page. */
export async function* allPages<D extends Document>(
  views: Pick<ViewReader, 'find'>,
  collection: CollectionDefinition<D>,
  query: Omit<FindQuery, 'after' | 'limit'>,
): AsyncGenerator<readonly D[]> {
  let after: string | undefined;
  do {
    const page = await views.find(collection, { ...query, after, limit: PAGE });
    yield page.items;
    after = page.next;
  } while (after !== undefined);
}

import {
  allPages,
  type CollectionDefinition,
  type Document,
  type Key,
  type ViewReader,
  type Write,
} from '#view-store';

const PAGE = 500;

/** All documents of a collection whose key in an index begins so, in its order. */
export async function* documentsOf<D extends Document>(
  views: ViewReader,
  collection: CollectionDefinition<D>,
  index: string,
  prefix: Key = [],
): AsyncGenerator<D> {
  for await (const page of allPages(views, collection, { index, prefix })) yield* page;
}

/** Writes some at a time. */
export async function inPages(
  writes: AsyncIterable<Write>,
  store: (page: readonly Write[]) => Promise<void>,
): Promise<void> {
  let page: Write[] = [];
  for await (const write of writes) {
    page.push(write);
    if (page.length < PAGE) continue;
    await store(page);
    page = [];
  }
  if (page.length > 0) await store(page);
}

export function saving<D extends Document>(collection: CollectionDefinition<D>, document: D): Write {
  return { collection, id: document.id, document };
}

import type { CollectionDefinition, Document } from './port.ts';

/**
 * Checks that the names of a collection and its indexes can be used for tables, columns and fields in every store.
 * @throws TypeError
 */
export function verifyNames<D extends Document>({ name, indexes }: CollectionDefinition<D>): void {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) throw new TypeError(`${name} cannot name a collection.`);
  for (const index of Object.keys(indexes)) {
    if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(index)) throw new TypeError(`${index} cannot name an index.`);
  }
}

import { available, type ConnectionOptions, clientOf } from './connection.ts';

/**
 * The names of the collections a database has: none if nobody has written to it.
 * @throws ViewStoreUnavailable
 */
export async function collectionsIn(options: ConnectionOptions): Promise<string[]> {
  const client = clientOf(options);
  try {
    const found = await available(() => client.db().listCollections({}, { nameOnly: true }).toArray());
    return found.map(({ name }) => name).sort();
  } finally {
    await client.close();
  }
}

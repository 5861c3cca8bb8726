import { Connection, type ConnectionOptions } from './connection.ts';

/**
 * The names of the collections a database has: none if nobody has written to it.
 * @throws ViewStoreUnavailable
 */
export async function collectionsIn(options: ConnectionOptions): Promise<string[]> {
  const connection = new Connection(options);
  try {
    const found = await connection.ask((database) =>
      database.listCollections({}, { nameOnly: true }).toArray(),
    );
    return found.map(({ name }) => name).sort();
  } finally {
    await connection.close();
  }
}

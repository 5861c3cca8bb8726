import { MongoClient } from 'mongodb';

/** The URL of one database of a server. Built from text: a URL of several hosts is no valid `URL`. */
export function databaseAt(url: string, name: string): string {
  return url.replace(/^(\w+(?:\+srv)?:\/\/[^/?]+)\/?[^?]*/, `$1/${name}`);
}

/** Removes the database that the URL names, with everything in it. */
export async function dropDatabase(url: string): Promise<void> {
  const client = new MongoClient(url, { writeConcern: { w: 'majority' } });
  await client.db().dropDatabase();
  await client.close();
}

import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { MongoViewReader, MongoViewStore } from '#view-store/mongodb';
import { MongoServer } from '../servers/mongodb/index.ts';
import { viewStoreContract } from './view-store.contract.ts';

/** `MONGO_URL` names a real server, in which these tests make a database of their own. */
const { MONGO_URL } = process.env;

viewStoreContract(
  MONGO_URL === undefined ? 'MongoDB test server' : 'MongoDB',
  async () => {
    const server = MONGO_URL === undefined ? await MongoServer.start() : undefined;
    const url = withDatabase(MONGO_URL ?? server?.url ?? '', `tessera-${randomUUID()}`);
    const store = new MongoViewStore({ url });
    const reader = new MongoViewReader({ url });
    return {
      store,
      reader,
      close: async () => {
        await reader.close();
        await store.close();
        await dropDatabase(url);
        await server?.close();
      },
    };
  },
  { atomicCommit: true },
);

/** The servers may be several, which no `URL` can be made of. */
function withDatabase(url: string, name: string): string {
  return url.replace(/^(\w+(?:\+srv)?:\/\/[^/?]+)\/?[^?]*/, `$1/${name}`);
}

async function dropDatabase(url: string): Promise<void> {
  const client = new MongoClient(url, { writeConcern: { w: 'majority' } });
  await client.db().dropDatabase();
  await client.close();
}

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import { MongoViewReader, MongoViewStore } from '#view-store/mongodb';
import { databaseAt, dropDatabase } from '../servers/mongodb/database.ts';
import { MongoServer } from '../servers/mongodb/index.ts';
import { changesContract } from './changes.contract.ts';

/** `MONGO_URL` names a real server, in which these tests make databases of their own. */
const { MONGO_URL } = process.env;

let server: MongoServer | undefined;
beforeAll(async () => {
  server = MONGO_URL === undefined ? await MongoServer.start() : undefined;
});
afterAll(() => server?.close());

changesContract(MONGO_URL === undefined ? 'MongoDB test server' : 'MongoDB', async () => {
  const url = databaseAt(MONGO_URL ?? server?.url ?? '', `tessera-${randomUUID()}`);
  const store = new MongoViewStore({ url });
  const readers = [new MongoViewReader({ url }), new MongoViewReader({ url })] as const;
  return {
    store,
    readers,
    close: async () => {
      for (const reader of readers) await reader.close();
      await store.close();
      await dropDatabase(url);
    },
  };
});

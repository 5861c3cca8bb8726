import { randomUUID } from 'node:crypto';
import { MongoViewReader, MongoViewStore } from '#view-store/mongodb';
import { databaseAt, dropDatabase } from '../servers/mongodb/database.ts';
import { MongoServer } from '../servers/mongodb/index.ts';
import { viewStoreContract } from './view-store.contract.ts';

/** `MONGO_URL` names a real server, in which these tests make a database of their own. */
const { MONGO_URL } = process.env;

viewStoreContract(
  MONGO_URL === undefined ? 'MongoDB test server' : 'MongoDB',
  async () => {
    const server = MONGO_URL === undefined ? await MongoServer.start() : undefined;
    const url = databaseAt(MONGO_URL ?? server?.url ?? '', `tessera-${randomUUID()}`);
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

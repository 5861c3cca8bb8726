import { randomUUID } from 'node:crypto';
import { MongoViewStore } from '#view-store/mongodb';
import { databaseAt, dropDatabase } from '../servers/mongodb/database.ts';
import { MongoServer } from '../servers/mongodb/index.ts';
import { sealContract } from './seal.contract.ts';

/** `MONGO_URL` names a real server, on which these tests create a database. */
const { MONGO_URL } = process.env;

sealContract(MONGO_URL === undefined ? 'a MongoDB test server' : 'MongoDB', async () => {
  const server = MONGO_URL === undefined ? await MongoServer.start() : undefined;
  const url = databaseAt(MONGO_URL ?? server?.url ?? '', `tessera-${randomUUID()}`);
  const store = new MongoViewStore({ url });
  return {
    store,
    close: async () => {
      await store.close();
      await dropDatabase(url);
      await server?.close();
    },
  };
});

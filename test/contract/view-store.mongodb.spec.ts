import { randomUUID } from 'node:crypto';
import { MongoViewReader, MongoViewStore } from '#view-store/mongodb';
import { Random } from '../crash/service/random.ts';
import { databaseAt, dropDatabase } from '../servers/mongodb/database.ts';
import { DROPS_OF_NOTHING, MongoServer, type MongoServerOptions } from '../servers/mongodb/index.ts';
import { contractSeed, seeded } from './seed.ts';
import { viewStoreContract } from './view-store.contract.ts';

/** `MONGO_URL` names a real server, on which these tests create a database. */
const { MONGO_URL } = process.env;

/** Quirks of real servers that the test server shows. */
const quirks: MongoServerOptions = { dropOfNothing: new Random(contractSeed).oneOf(DROPS_OF_NOTHING) };

viewStoreContract(
  MONGO_URL === undefined ? `MongoDB test server (${seeded(quirks)})` : 'MongoDB',
  async () => {
    const server = MONGO_URL === undefined ? await MongoServer.start(quirks) : undefined;
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

import { randomUUID } from 'node:crypto';
import { MongoViewReader, MongoViewStore } from '#view-store/mongodb';
import { Random } from '../crash/service/random.ts';
import { databaseAt, dropDatabase } from '../servers/mongodb/database.ts';
import { drawHabits, MongoServer } from '../servers/mongodb/index.ts';
import { contractSeed, seeded } from './seed.ts';
import { viewStoreContract } from './view-store.contract.ts';

/** `MONGO_URL` names a real server, on which these tests create a database. */
const { MONGO_URL } = process.env;

const LIKELIHOOD = 0.7;
const habits = drawHabits(new Random(contractSeed), LIKELIHOOD);

viewStoreContract(
  MONGO_URL === undefined ? `MongoDB test server (${seeded(habits)})` : 'MongoDB',
  async () => {
    const server = MONGO_URL === undefined ? await MongoServer.start(habits) : undefined;
    const url = databaseAt(MONGO_URL ?? server?.url ?? '', `tessera-${randomUUID()}`);
    // The driver notices soon that a server is back.
    const options = {
      url: `${url}${url.includes('?') ? '&' : '?'}minHeartbeatFrequencyMS=50`,
    };
    const store = new MongoViewStore(options);
    const reader = new MongoViewReader(options);
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

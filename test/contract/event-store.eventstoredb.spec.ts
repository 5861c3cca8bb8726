import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { Random } from '../crash/service/random.ts';
import { drawQuirks, EventStoreDb } from '../servers/eventstoredb/index.ts';
import { eventStoreContract, type StoreFixture } from './event-store.contract.ts';
import { contractSeed, seeded } from './seed.ts';

/** `ESDB_URL` names a real server to test instead, which may hold other events too. */
const REAL_SERVER = process.env.ESDB_URL;
const quirks = drawQuirks(new Random(contractSeed));

async function start(): Promise<StoreFixture> {
  const db = REAL_SERVER === undefined ? await EventStoreDb.start(quirks) : undefined;
  const url = REAL_SERVER ?? (db as EventStoreDb).url;
  let store = new EventStoreDbEventStore({ url });
  return {
    get store() {
      return store;
    },
    reopen: async () => {
      await store.close();
      store = new EventStoreDbEventStore({ url });
    },
    reader: async () => new EventStoreDbEventStore({ url }),
    dispose: async () => {
      await store.close();
      await db?.close();
    },
  };
}

eventStoreContract(
  REAL_SERVER === undefined ? `EventStoreDB test server (${seeded(quirks)})` : 'EventStoreDB',
  start,
  {
    idsUniqueAcrossStreams: false,
    largeStream: 20_000,
  },
);

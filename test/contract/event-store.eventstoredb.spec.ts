import { type Batch, EventStoreUnavailable, type SubscribeOptions } from '#event-store';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { Random } from '../crash/service/random.ts';
import { drawQuirks, EventStoreDb } from '../servers/eventstoredb/index.ts';
import { eventStoreContract, type StoreFixture } from './event-store.contract.ts';
import { contractSeed, seeded } from './seed.ts';

/** `ESDB_URL` names a real server to test instead, which may hold other events too. */
const REAL_SERVER = process.env.ESDB_URL;
const MOST_NODES = 3;
const LIKELIHOOD = 0.7;
/** Shorter than by default, as some answers never come; and patient, as what comes next may fail too. */
const WAITING = { answerMs: 1_000, patienceMs: 120_000 };

const random = new Random(contractSeed);
const options = { nodes: random.between(1, MOST_NODES), ...drawQuirks(random, LIKELIHOOD) };

/** Subscribes again where a subscription has ended, as followers do: a server may end it at any time. */
class ResumingStore extends EventStoreDbEventStore {
  #closed = false;

  override async *subscribe(options: SubscribeOptions): AsyncGenerator<Batch> {
    for (let { after } = options; ; ) {
      try {
        for await (const batch of super.subscribe({ ...options, after })) {
          after = batch.position;
          yield batch;
        }
        return;
      } catch (error) {
        if (this.#closed || !(error instanceof EventStoreUnavailable)) throw error;
      }
    }
  }

  override close(): Promise<void> {
    this.#closed = true;
    return super.close();
  }
}

async function start(): Promise<StoreFixture> {
  const db = REAL_SERVER === undefined ? await EventStoreDb.start(options) : undefined;
  const open = () => new ResumingStore({ url: REAL_SERVER ?? (db as EventStoreDb).url, ...WAITING });
  let store = open();
  return {
    get store() {
      return store;
    },
    reopen: async () => {
      await store.close();
      store = open();
    },
    reader: async () => open(),
    calm: async () => {
      db?.faults.clear();
      for (const node of db?.nodes ?? []) await node.start();
      // It is connected to the leader after this.
      await store.head();
    },
    dispose: async () => {
      await store.close();
      await db?.close();
    },
  };
}

eventStoreContract(
  REAL_SERVER === undefined ? `EventStoreDB test server (${seeded(options)})` : 'EventStoreDB',
  start,
  {
    idsUniqueAcrossStreams: false,
    largeStream: 20_000,
  },
);

import { MemoryLog } from '../../libs/subscriptions/testing/memory-log.ts';
import { eventStoreContract, type StoreFixture } from './event-store.contract.ts';

async function start(): Promise<StoreFixture> {
  let store = new MemoryLog();
  return {
    get store() {
      return store;
    },
    reopen: async () => {
      await store.close();
      store = store.reopened();
    },
    reader: async () => ({
      readStream: (...asked) => store.readStream(...asked),
      readAll: (...asked) => store.readAll(...asked),
      subscribe: (...asked) => store.subscribe(...asked),
      head: () => store.head(),
      // Closing a reader does not close the log.
      close: async () => undefined,
    }),
    dispose: () => store.close(),
  };
}

eventStoreContract('in memory, for specs', start, { idsUniqueAcrossStreams: true, largeStream: 4_000 });

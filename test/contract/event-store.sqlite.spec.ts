import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PositionSignal } from '#event-store';
import { SqliteEventReader, SqliteEventStore } from '#event-store/sqlite';
import { eventStoreContract, type StoreFixture } from './event-store.contract.ts';

async function start(readers: 'signalled' | 'polling'): Promise<StoreFixture> {
  const directory = await mkdtemp(join(tmpdir(), 'tessera-events-'));
  const signal = new PositionSignal();
  let store = await SqliteEventStore.open({ directory, signal });
  return {
    get store() {
      return store;
    },
    reopen: async () => {
      await store.close();
      store = await SqliteEventStore.open({ directory, signal });
    },
    reader: () =>
      SqliteEventReader.open(
        readers === 'signalled'
          ? { directory, signal: new PositionSignal(signal.buffer) }
          : { directory, pollIntervalMs: 5 },
      ),
    dispose: async () => {
      await store.close();
      await rm(directory, { recursive: true });
    },
  };
}

const capabilities = { idsUniqueAcrossStreams: true, largeStream: 100_000 };
eventStoreContract('SQLite, readers with a signal', () => start('signalled'), capabilities);
eventStoreContract('SQLite, readers that poll', () => start('polling'), {
  ...capabilities,
  largeStream: 4_000,
});

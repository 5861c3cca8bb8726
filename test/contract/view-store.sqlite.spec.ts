import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProgressSignals } from '#view-store';
import { SqliteViewReader, SqliteViewStore } from '#view-store/sqlite';
import { viewStoreContract } from './view-store.contract.ts';

const unexpected = (reason: string) => {
  throw new Error(reason);
};

viewStoreContract(
  'SQLite file',
  async (followers) => {
    const folder = mkdtempSync(join(tmpdir(), 'views-'));
    const path = join(folder, 'views.sqlite');
    const signals = ProgressSignals.create(followers);
    const reader = new SqliteViewReader({ path, signals: ProgressSignals.from(signals.buffers) });
    const store = new SqliteViewStore({ path, signals, discarded: unexpected });
    return {
      store,
      reader,
      close: async () => {
        await reader.close();
        await store.close();
        rmSync(folder, { recursive: true });
      },
    };
  },
  { atomicCommit: true },
);

viewStoreContract(
  'SQLite in memory, without signals',
  async () => {
    const store = new SqliteViewStore({ path: ':memory:', discarded: unexpected });
    return { store, reader: store, close: () => store.close() };
  },
  { atomicCommit: true },
);

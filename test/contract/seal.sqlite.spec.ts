import { SEAL } from '#seal';
import { ProgressSignals } from '#view-store';
import { SqliteViewStore } from '#view-store/sqlite';
import { sealContract } from './seal.contract.ts';

sealContract('SQLite', async () => {
  const store = new SqliteViewStore({
    path: ':memory:',
    signals: ProgressSignals.create([SEAL]),
    discarded: () => undefined,
  });
  return { store, close: () => store.close() };
});

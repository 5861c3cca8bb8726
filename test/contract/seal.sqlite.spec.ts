import { SqliteViewStore } from '#view-store/sqlite';
import { sealContract } from './seal.contract.ts';

sealContract('SQLite', async () => {
  const store = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
  return { store, close: () => store.close() };
});

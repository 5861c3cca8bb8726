import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteViewReader, SqliteViewStore } from '#view-store/sqlite';
import { changesContract } from './changes.contract.ts';

changesContract('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-changes-'));
  const path = join(folder, 'views.db');
  const store = new SqliteViewStore({ path, discarded: () => undefined });
  const readers = [new SqliteViewReader({ path }), new SqliteViewReader({ path })] as const;
  return {
    store,
    readers,
    close: async () => {
      for (const reader of readers) await reader.close();
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
});

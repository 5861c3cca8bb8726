import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, it } from '@jest/globals';
import { Checkpointer } from './checkpointer.ts';
import type { Append } from './writer.ts';

const directory = mkdtempSync(join(tmpdir(), 'tessera-checkpoint-'));
afterAll(() => rmSync(directory, { recursive: true }));

it('keeps the write-ahead log small while another thread carries it into the file', async () => {
  const path = join(directory, 'events.db');
  const db = new DatabaseSync(path);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE written (text TEXT)');
  const insert = db.prepare('INSERT INTO written VALUES (?)');
  const bytes = 100_000;
  const draft = { id: '', type: '', data: 'x'.repeat(bytes), metadata: '', bytes };
  const group: Append[] = [{ stream: '', expected: 'any', drafts: [draft] }];
  const checkpointer = new Checkpointer(db, path, 100);
  const logSize = () => statSync(`${path}-wal`).size;

  // It stays a fraction of what was written, however long that goes on.
  let written = 0;
  while (written < 5 * logSize() && written < 200_000_000) {
    insert.run(draft.data);
    written += bytes;
    checkpointer.wrote(group);
    await new Promise(setImmediate);
  }
  expect(written).toBeGreaterThanOrEqual(5 * logSize());
  await checkpointer.close();
  db.close();
});

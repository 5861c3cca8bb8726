import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, it } from '@jest/globals';
import { Checkpointer } from './checkpointer.ts';

const directory = mkdtempSync(join(tmpdir(), 'tessera-checkpoint-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** How often the write-ahead log has been started anew: the fourth number of its header. */
function restarts(log: number): number {
  const header = Buffer.alloc(16);
  readSync(log, header, 0, header.length, 0);
  return header.readUInt32BE(12);
}

it('lets the write-ahead log start anew again and again, while the writer goes on', async () => {
  const path = join(directory, 'events.db');
  const db = new DatabaseSync(path);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE written (text TEXT)');
  const insert = db.prepare('INSERT INTO written VALUES (?)');
  const text = 'x'.repeat(20_000);
  const checkpointer = new Checkpointer(db, path, { between: 100, restart: 200 });

  const log = openSync(`${path}-wal`, 'r');
  const before = restarts(log);
  let rows = 0;
  while (restarts(log) < before + 5) {
    insert.run(text);
    rows++;
    checkpointer.committed();
    await new Promise(setImmediate);
  }
  closeSync(log);
  await checkpointer.close();
  expect(db.prepare('SELECT count(*) AS rows FROM written').get()).toEqual({ rows });
  db.close();
});

// Reads the service's files, beside it or while it is down.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { deserialise, type Recorded, type TesseraEvent } from '#contracts';
import { START } from '#event-store';
import { SqliteEventReader } from '#event-store/sqlite';

/** The whole log, in order. */
export async function readLog(dataDir: string): Promise<readonly Recorded<TesseraEvent>[]> {
  const reader = await SqliteEventReader.open({ directory: dataDir });
  const log: Recorded<TesseraEvent>[] = [];
  for (let after = START; ; ) {
    const page = await reader.readAll({ after });
    for (const event of page) log.push(deserialise(event) as Recorded<TesseraEvent>);
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.position;
  }
  await reader.close();
  return log;
}

/** The position of the last event. */
export async function headOf(dataDir: string): Promise<number> {
  const reader = await SqliteEventReader.open({ directory: dataDir });
  const head = await reader.head();
  await reader.close();
  return head;
}

const viewsPath = (dataDir: string) => join(dataDir, 'views.db');

/**
 * Every document there is, by collection and id; without the collection of projection versions, whose build times
 * differ.
 */
export function readViews(dataDir: string): ReadonlyMap<string, unknown> {
  const database = new DatabaseSync(viewsPath(dataDir), { readOnly: true });
  // One transaction: all documents of the same moment.
  database.exec('BEGIN');
  const rows = (sql: string) => database.prepare(sql).all() as Record<string, string | number>[];
  const documents = new Map<string, unknown>();
  for (const { name } of rows(
    `SELECT name FROM collections WHERE name NOT IN ('projection-versions', 'projection-builds') ORDER BY name`,
  )) {
    for (const { id, document } of rows(`SELECT id, document FROM "documents:${name}" ORDER BY id`)) {
      documents.set(`${name} ${id}`, JSON.parse(String(document)));
    }
  }
  database.close();
  return documents;
}

/** Keeps the log, from which the views are then rebuilt. */
export function removeViews(dataDir: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(viewsPath(dataDir) + suffix, { force: true });
}

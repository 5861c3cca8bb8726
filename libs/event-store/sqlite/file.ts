import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EventStoreUnusable } from '#event-store';
import { asStoreFailure, damaged, isBusy } from './failure.ts';
import { COLUMNS, type Columns, toEvent } from './row.ts';

/** "Tess", so that the file is never taken for another one, nor another one for it. */
const APPLICATION_ID = 0x54657373;
const SCHEMA_VERSION = 1;

/**
 * Ids are blobs and streams are numbers, because the two unique indexes are most of the work of an append. Positions
 * count from 0 without gaps, as revisions do.
 */
const SCHEMA = `
  CREATE TABLE stream (
    key INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    id BLOB NOT NULL UNIQUE,
    type TEXT NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL,
    checksum INTEGER NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/** Up to this size (64 MiB, some tenths of a second) the whole file is checked when it is opened. */
const FULLY_CHECKED_PAGES = 16_384;
/** Of a larger file, only this many events at its end are checked. */
const TAIL_EVENTS = 1_000;
/** When the checkpointing thread cannot keep up, the log file is emptied inside a commit at this size (256 MiB). */
const WAL_PAGES_AT_MOST = 65_536;

/** SQLite walks through all of its cache at each commit, and the system keeps the file's pages too. */
const CACHE_KIB = 16_384;
const BUSY_TIMEOUT_MS = 5_000;

export const eventsPath = (directory: string) => join(directory, 'events.db');

/**
 * Makes this process the only writer, until `close` or its end, also by a crash.
 * @throws EventStoreUnusable another process is
 */
export function lock(directory: string): DatabaseSync {
  makeFolder(directory);
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(join(directory, 'events.lock'), { timeout: 0 });
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db?.close();
    if (!isBusy(error)) throw asStoreFailure(error);
    throw new EventStoreUnusable(`The event store in ${directory} is open in another process.`, {
      cause: error,
    });
  }
}

/** @throws EventStoreUnusable the folder cannot be created, or is not writable */
function makeFolder(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = REASONS[code ?? ''] ?? message;
    throw new EventStoreUnusable(`The event store cannot be in ${directory}: ${reason}.`, { cause: error });
  }
}

/** Why a folder cannot be created, in words. */
const REASONS: Readonly<Record<string, string>> = {
  EEXIST: 'that is a file, not a folder',
  ENOTDIR: 'a part of this path is a file, not a folder',
  EACCES: 'it may not be written there',
  EPERM: 'it may not be written there',
  EROFS: 'it may not be written there',
  ENOSPC: 'the disk is full',
};

/**
 * Opens the events for their only writer; creates them when there are none. The caller holds the lock.
 * @throws EventStoreUnusable it is another file, of a newer release, or damaged
 */
export function openForWriting(directory: string, maxPages = 0): DatabaseSync {
  const path = eventsPath(directory);
  // SQLite would create a new store and discard the log.
  if (size(`${path}-wal`) > 0 && size(path) === 0) throw damaged(`${path} is gone and its -wal is not`);
  return open(path, false, (db) => {
    const isNew = one(db, 'PRAGMA schema_version') === 0;
    if (!isNew) checkVersion(db, path);
    db.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA wal_autocheckpoint = ${WAL_PAGES_AT_MOST};
      PRAGMA cache_size = -${CACHE_KIB};
      PRAGMA max_page_count = ${maxPages};
    `);
    if (isNew) db.exec(`BEGIN; ${SCHEMA} COMMIT; PRAGMA wal_checkpoint(TRUNCATE)`);
    else checkSoundness(db);
  });
}

/** Opens the events beside their writer. */
export function openForReading(directory: string): DatabaseSync {
  const path = eventsPath(directory);
  return open(path, true, (db) => checkVersion(db, path));
}

function open(path: string, readOnly: boolean, prepare: (db: DatabaseSync) => void): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { readOnly, timeout: BUSY_TIMEOUT_MS, returnArrays: true });
    prepare(db);
    return db;
  } catch (error) {
    db?.close();
    throw asStoreFailure(error);
  }
}

function checkVersion(db: DatabaseSync, path: string): void {
  const version = Number(one(db, 'PRAGMA user_version'));
  if (one(db, 'PRAGMA application_id') !== APPLICATION_ID || version < 1) {
    throw new EventStoreUnusable(`${path} is not an event store.`);
  }
  if (version > SCHEMA_VERSION) {
    throw new EventStoreUnusable(
      `${path} was written by a newer release, in version ${version} of its format.`,
    );
  }
}

/** @throws EventStoreUnusable pages, indexes, positions or revisions do not fit together */
function checkSoundness(db: DatabaseSync): void {
  const whole = Number(one(db, 'PRAGMA page_count')) <= FULLY_CHECKED_PAGES;
  if (whole) {
    const verdict = one(db, 'PRAGMA integrity_check(1)');
    if (verdict !== 'ok') throw damaged(String(verdict));
  }
  const head = Number(one(db, 'SELECT ifnull(max(position), -1) FROM event'));
  const after = whole ? -1 : Math.max(-1, head - TAIL_EVENTS);
  const found = Number(
    one(db, `SELECT count(*) FROM event CROSS JOIN stream ON key = stream WHERE position > ${after}`),
  );
  if (found !== head - after) throw damaged(`${head - after - found} events are missing`);
  // Only from the event before those on, so that long streams do not matter.
  const broken = one(
    db,
    `SELECT count(*)
     FROM (SELECT stream AS key, max(min(revision) - 1, 0) AS first, max(revision) AS last
           FROM event WHERE position > ${after} GROUP BY stream)
     WHERE last - first + 1 <> (SELECT count(*) FROM event WHERE stream = key AND revision >= first)`,
  );
  if (broken !== 0) throw damaged(`${broken} streams have holes`);
  const tail = db.prepare(
    `SELECT name, ${COLUMNS} FROM event JOIN stream ON key = stream WHERE position > ?`,
  );
  for (const row of tail.iterate(head - TAIL_EVENTS)) {
    const [name, ...columns] = row as unknown as [name: string, ...Columns];
    toEvent(name, columns);
  }
}

function size(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function one(db: DatabaseSync, sql: string): unknown {
  return (db.prepare(sql).get() as unknown as [unknown] | undefined)?.[0];
}

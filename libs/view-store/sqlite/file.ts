import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ViewStoreUnavailable } from '../port.ts';
import { isDamage } from './errors.ts';

/** SQLite's application id of a view file: `View` in ASCII. */
const APPLICATION = 0x56696577;
const SCHEMA_VERSION = 3;

/** An in-memory database, as SQLite names it. */
export const IN_MEMORY = ':memory:';

/** How long a connection waits for another one that writes. */
export const BUSY_TIMEOUT_MS = 5_000;

export interface PrepareOptions {
  readonly path: string;
  /** Called with the reason when a view file is set aside; its views are then rebuilt from the log. */
  readonly discarded: (reason: string) => void;
}

/** A view file that can be written. */
export interface PreparedFile {
  /** The process that had it open last ended without closing it. */
  readonly leftOpen: boolean;
}

/**
 * Makes sure that there is a view file of this version at `path`. Views are derived: a file of another version, or one
 * that SQLite cannot open, is renamed to `<path>.discarded` (replacing an earlier one) and an empty one is created.
 * Only its first pages are checked, however large it is: damage behind them is found when it is read.
 * @throws ViewStoreUnavailable the path holds an intact database of another program; it is left unchanged
 */
export function prepareViewFile({ path, discarded }: PrepareOptions): PreparedFile {
  if (path === IN_MEMORY) return { leftOpen: false };
  mkdirSync(dirname(path), { recursive: true });
  // The last connection that is closed removes its write-ahead log.
  const leftOpen = (statSync(walOf(path), { throwIfNoEntry: false })?.size ?? 0) > 0;
  const reason = existsSync(path) ? reasonToDiscard(path) : undefined;
  if (reason !== undefined) {
    setAside(path);
    discarded(reason);
  }
  const database = new DatabaseSync(path);
  database.exec('PRAGMA page_size = 8192; PRAGMA journal_mode = WAL');
  createSchema(database);
  database.close();
  return { leftOpen: leftOpen && reason === undefined };
}

/** Moves the file away, so that an empty one can be created. */
export function setAside(path: string): void {
  renameSync(path, `${path}.discarded`);
  for (const file of [walOf(path), `${path}-shm`]) rmSync(file, { force: true });
}

/** Identifies the file at `path`, as distinct from earlier files there; `undefined` where there is none. */
export function fileAt(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}

/** Creates the tables that every view file has. */
export function createSchema(database: DatabaseSync): void {
  database.exec(`
    BEGIN IMMEDIATE;
    PRAGMA application_id = ${APPLICATION};
    PRAGMA user_version = ${SCHEMA_VERSION};
    CREATE TABLE IF NOT EXISTS checkpoints (follower TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS fences (follower TEXT PRIMARY KEY, term INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS leases
      (name TEXT PRIMARY KEY, owner TEXT, term INTEGER NOT NULL, beat INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS collections (name TEXT PRIMARY KEY, shape TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS scopes (number INTEGER PRIMARY KEY, scope TEXT NOT NULL UNIQUE);
    COMMIT;
  `);
}

/** Whether `createSchema` has been run on it. */
export function hasSchema(database: DatabaseSync): boolean {
  return pragma(database, 'user_version') === SCHEMA_VERSION;
}

function pragma(database: DatabaseSync, name: string): unknown {
  return Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}

/** Why the file cannot be used, or `undefined` when its first pages show no reason. */
function reasonToDiscard(path: string): string | undefined {
  const database = new DatabaseSync(path);
  try {
    const empty = pragma(database, 'schema_version') === 0;
    if (!empty && pragma(database, 'application_id') !== APPLICATION) {
      throw new ViewStoreUnavailable(`${path} is a database of another program, not a view file.`);
    }
    if (!empty && !hasSchema(database)) {
      return `its schema is version ${pragma(database, 'user_version')}, not ${SCHEMA_VERSION}`;
    }
    return undefined;
  } catch (error) {
    if (!isDamage(error)) throw error;
    return `it is damaged: ${(error as Error).message}`;
  } finally {
    database.close();
  }
}

function walOf(path: string): string {
  return `${path}-wal`;
}

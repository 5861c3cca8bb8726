import { EventStoreFull, EventStoreUnavailable, EventStoreUnusable } from '#event-store';

/** Our statements are constant, so the schema has changed. */
const SQLITE_ERROR = 1;
const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_NOTADB = 26;
const SQLITE_CONSTRAINT_UNIQUE = 2067;

interface SqliteFailure {
  readonly code: string;
  readonly errcode?: number;
  readonly message: string;
}

function isSqliteFailure(error: unknown): error is SqliteFailure {
  const code = (error as Partial<SqliteFailure>).code;
  return code === 'ERR_SQLITE_ERROR' || code === 'ERR_INVALID_STATE';
}

/** A value that must be unique is in the file already. */
export function isUniqueViolation(error: unknown): boolean {
  return isSqliteFailure(error) && error.errcode === SQLITE_CONSTRAINT_UNIQUE;
}

/** Another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  return isSqliteFailure(error) && error.errcode === SQLITE_BUSY;
}

/** The port's error for a failure of SQLite; any other error is returned as it is. */
export function asStoreFailure(error: unknown): unknown {
  if (!isSqliteFailure(error)) return error;
  // The low byte is the kind of failure, the rest says where it came from.
  const kind = (error.errcode ?? 0) & 0xff;
  if (kind === SQLITE_FULL) {
    return new EventStoreFull('The event store has no room for further events.', { cause: error });
  }
  return [SQLITE_ERROR, SQLITE_CORRUPT, SQLITE_NOTADB].includes(kind)
    ? damaged(error.message, error)
    : new EventStoreUnavailable(`The event store failed: ${error.message}.`, { cause: error });
}

export function damaged(how: string, cause?: unknown): EventStoreUnusable {
  return new EventStoreUnusable(`The event store is damaged: ${how}. Restore it from a backup.`, { cause });
}

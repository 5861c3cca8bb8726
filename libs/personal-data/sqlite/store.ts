import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { EventStoreUnusable } from '#event-store';
import {
  type KeyRecord,
  type KeyStore,
  KeyStoreUnavailable,
  type LiveKey,
  NOBODY,
  type StoredKey,
} from '../key-store.ts';

/** "TesK", so that the file is never taken for another one, nor another one for it. */
const APPLICATION_ID = 0x5465734b;
const SCHEMA_VERSION = 1;
const BUSY_TIMEOUT_MS = 5_000;

const SCHEMA = `
  CREATE TABLE subject_key (
    id TEXT PRIMARY KEY,
    subject TEXT,
    wrapped TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX in_use ON subject_key (subject) WHERE subject IS NOT NULL;
  CREATE TABLE destructions (count INTEGER NOT NULL) STRICT;
  INSERT INTO destructions VALUES (0);
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

export const keysPath = (directory: string) => join(directory, 'keys.db');

interface Row {
  readonly id: string;
  readonly subject: string | null;
  readonly wrapped: string | null;
}

/** Keys in a file of their own, which several threads may have open; destroyed keys are overwritten in it. */
export class SqliteKeyStore implements KeyStore {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** @throws EventStoreUnusable it is another file, of a newer release, or damaged */
  constructor(path: string) {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
    this.#db = open(path);
  }

  async claim({ id, subject, wrapped }: LiveKey): Promise<LiveKey> {
    return asKeyStoreFailure(() => {
      this.#run('INSERT INTO subject_key VALUES (?, ?, ?) ON CONFLICT DO NOTHING', id, subject, wrapped);
      const live = this.#current(subject);
      // A key with that id was destroyed.
      if (live === undefined) throw new KeyStoreUnavailable('The key could not be kept.');
      return live;
    });
  }

  async current(subject: string): Promise<LiveKey | undefined> {
    return asKeyStoreFailure(() => this.#current(subject));
  }

  async getMany(ids: readonly string[]): Promise<readonly (StoredKey | undefined)[]> {
    return asKeyStoreFailure(() =>
      ids.map((id) => {
        const row = this.#statement('SELECT * FROM subject_key WHERE id = ?').get(id) as Row | undefined;
        return row && { id, wrapped: row.wrapped ?? undefined };
      }),
    );
  }

  async destroy(id: string): Promise<void> {
    asKeyStoreFailure(() => {
      this.#change(() => this.#tombstone(id));
      // The write-ahead log still has the key until it is truncated.
      this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    });
  }

  async destructions(): Promise<number> {
    return asKeyStoreFailure(() => Number(this.#statement('SELECT count FROM destructions').get()?.count));
  }

  async rewrap(id: string, wrapped: string): Promise<void> {
    asKeyStoreFailure(() =>
      this.#run('UPDATE subject_key SET wrapped = ? WHERE id = ? AND wrapped IS NOT NULL', wrapped, id),
    );
  }

  async page(after: string, limit: number): Promise<readonly KeyRecord[]> {
    return asKeyStoreFailure(() => {
      const sql = 'SELECT * FROM subject_key WHERE id > ? ORDER BY id LIMIT ?';
      const rows = this.#statement(sql).all(after, limit) as unknown as readonly Row[];
      return rows.map(recordOf);
    });
  }

  async restore(records: readonly KeyRecord[]): Promise<void> {
    asKeyStoreFailure(() => {
      this.#change(() => {
        for (const { id, subject, wrapped } of records) {
          if (wrapped === undefined) this.#tombstone(id);
          // A subject that has another key in use here keeps that one; the other one still opens what it sealed.
          else this.#insert(id, subject, wrapped);
        }
      });
      this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    });
  }

  async close(): Promise<void> {
    if (this.#db.isOpen) this.#db.close();
  }

  #insert(id: string, subject: string, wrapped: string): void {
    const isFree = subject !== NOBODY && this.#current(subject) === undefined;
    const whose = isFree ? subject : null;
    this.#run('INSERT INTO subject_key VALUES (?, ?, ?) ON CONFLICT DO NOTHING', id, whose, wrapped);
  }

  #current(subject: string): LiveKey | undefined {
    const sql = 'SELECT * FROM subject_key WHERE subject = ?';
    return this.#statement(sql).get(subject) as LiveKey | undefined;
  }

  #tombstone(id: string): void {
    this.#run(
      `INSERT INTO subject_key VALUES (?, NULL, NULL)
       ON CONFLICT (id) DO UPDATE SET subject = NULL, wrapped = NULL`,
      id,
    );
    this.#run('UPDATE destructions SET count = count + 1');
  }

  #change(work: () => void): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#db.exec('COMMIT');
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  #run(sql: string, ...parameters: readonly (string | null)[]): void {
    this.#statement(sql).run(...parameters);
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function recordOf({ id, subject, wrapped }: Row): KeyRecord {
  if (wrapped === null) return { id, subject: undefined, wrapped: undefined };
  return { id, subject: subject ?? NOBODY, wrapped };
}

function open(path: string): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
    // Of two threads that start together, one creates it.
    db.exec('BEGIN IMMEDIATE');
    const { application_id: application } = db.prepare('PRAGMA application_id').get() as {
      application_id: number;
    };
    const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
    const { schema_version: schema } = db.prepare('PRAGMA schema_version').get() as {
      schema_version: number;
    };
    if (schema === 0) db.exec(SCHEMA);
    else if (application !== APPLICATION_ID) throw new EventStoreUnusable(`${path} is not a store of keys.`);
    else if (version > SCHEMA_VERSION) {
      throw new EventStoreUnusable(
        `${path} was written by a newer release, in version ${version} of its format.`,
      );
    }
    db.exec('COMMIT');
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof EventStoreUnusable || !isOfSqlite(error)) throw error;
    throw new EventStoreUnusable(`The store of keys ${path} cannot be opened: ${error.message}.`, {
      cause: error,
    });
  }
}

function asKeyStoreFailure<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!isOfSqlite(error)) throw error;
    throw new KeyStoreUnavailable(`The store of keys failed: ${error.message}.`, { cause: error });
  }
}

function isOfSqlite(error: unknown): error is Error {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ERR_SQLITE_ERROR' || code === 'ERR_INVALID_STATE';
}

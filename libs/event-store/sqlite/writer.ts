import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  type AppendResult,
  type Draft,
  EventIdInUse,
  type ExpectedRevision,
  type Position,
  type Revision,
  START,
  WrongExpectedRevision,
} from '#event-store';
import { damaged, isUniqueViolation } from './failure.ts';
import { checksum } from './row.ts';
import { type End, NO_REVISION, type StreamEnds } from './stream-ends.ts';

export interface Append {
  readonly stream: string;
  readonly drafts: readonly Draft[];
  readonly expected: ExpectedRevision;
}

type Found = [stream: string, revision: number, position: number];

/** Writes groups of appends, each group in one transaction. */
export class LogWriter {
  readonly #db: DatabaseSync;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #findEnd: StatementSync;
  readonly #findId: StatementSync;
  readonly #addStream: StatementSync;
  readonly #addEvent: StatementSync;
  readonly #dropEvents: StatementSync;
  readonly #ends: StreamEnds;
  #head: Position;

  /** @param ends shared with the reader on the same connection */
  constructor(db: DatabaseSync, ends: StreamEnds) {
    this.#db = db;
    this.#ends = ends;
    const [head] = db.prepare('SELECT max(position) FROM event').get() as unknown as [Position | null];
    this.#head = head ?? START;
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#commit = db.prepare('COMMIT');
    this.#findEnd = db.prepare(
      'SELECT key, (SELECT ifnull(max(revision), ?) FROM event WHERE stream = key) FROM stream WHERE name = ?',
    );
    this.#findId = db.prepare(
      `SELECT name, revision, position FROM event CROSS JOIN stream ON key = stream WHERE id = unhex(?, '-')`,
    );
    this.#addStream = db.prepare('INSERT INTO stream (name) VALUES (?)');
    this.#addEvent = db.prepare(`INSERT INTO event VALUES (?, ?, ?, unhex(?, '-'), ?, ?, ?, ?)`);
    this.#dropEvents = db.prepare('DELETE FROM event WHERE position > ?');
  }

  /** Of the last event committed. */
  get head(): Position {
    return this.#head;
  }

  /**
   * Checks each append after those before it, writes the valid ones, and returns when they are on disk.
   * @returns the outcome of each append, in the same order
   * @throws SQLite's error; then nothing was written
   */
  write(appends: readonly Append[]): (AppendResult | Error)[] {
    const before = this.#head;
    try {
      this.#begin.run();
      const outcomes = appends.map((append) => this.#place(append));
      this.#commit.run();
      return outcomes;
    } catch (error) {
      this.#head = before;
      this.#ends.clear();
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  #place({ stream, drafts, expected }: Append): AppendResult | Error {
    const end = this.#end(stream);
    const revision = end?.revision ?? NO_REVISION;
    if (!holds(expected, revision)) {
      return (
        this.#repeated(stream, drafts) ??
        new WrongExpectedRevision(
          stream,
          expected,
          revision === NO_REVISION ? 'none' : (revision as Revision),
        )
      );
    }
    if (drafts.length === 0) return { revision: revision as Revision, position: START, duplicate: false };

    const key = end?.key ?? Number(this.#addStream.run(stream).lastInsertRowid);
    try {
      drafts.forEach((draft, index) => {
        this.#add(draft, stream, key, revision + 1 + index, this.#head + 1 + index);
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      this.#dropEvents.run(this.#head);
      return this.#repeated(stream, drafts) ?? damaged(`stream ${stream} goes on after its end`, error);
    }
    const last = { key, revision: revision + drafts.length };
    this.#ends.set(stream, last);
    this.#head = (this.#head + drafts.length) as Position;
    return { revision: last.revision as Revision, position: this.#head, duplicate: false };
  }

  #end(stream: string): End | undefined {
    const known = this.#ends.get(stream);
    if (known) return known;
    const found = this.#findEnd.get(NO_REVISION, stream) as unknown as
      | [key: number, revision: number]
      | undefined;
    return found && { key: found[0], revision: found[1] };
  }

  #add(
    { id, type, data, metadata }: Draft,
    stream: string,
    key: number,
    revision: number,
    position: number,
  ): void {
    const hex = id.replaceAll('-', '').toUpperCase();
    const sum = checksum({ stream, revision, position, hex, type, data, metadata });
    this.#addEvent.run(position, key, revision, id, type, data, metadata, sum);
  }

  /** The first result of the same append, an error when only its ids are the same, `undefined` when they are new. */
  #repeated(stream: string, drafts: readonly Draft[]): AppendResult | EventIdInUse | undefined {
    const found = drafts.map(({ id }) => this.#findId.get(id) as unknown as Found | undefined);
    const used = found.findIndex((event) => event !== undefined);
    if (used < 0) return undefined;
    const [, first] = found[0] ?? [];
    const last = found.at(-1);
    const same = found.every((event, index) => event?.[0] === stream && event[1] === Number(first) + index);
    if (!last || !same) return new EventIdInUse(drafts[used]?.id ?? '');
    return { revision: last[1] as Revision, position: last[2] as Position, duplicate: true };
  }
}

function holds(expected: ExpectedRevision, revision: number): boolean {
  if (expected === 'any') return true;
  return revision === (expected === 'none' ? NO_REVISION : expected);
}

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import {
  type Batch,
  type EventReader,
  EventStoreUnavailable,
  EventStoreUnusable,
  MAX_BATCH_BYTES,
  type Position,
  type PositionSignal,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  START,
  type SubscribeOptions,
} from '#event-store';
import { asStoreFailure, damaged } from './failure.ts';
import { openForReading } from './file.ts';
import { bytesOf, COLUMNS, type Columns, toEvent } from './row.ts';
import { NO_REVISION, StreamEnds } from './stream-ends.ts';

export interface SqliteEventReaderOptions {
  /** The folder of the store's files. */
  readonly directory: string;
  /** The store's signal, when the store is open in this process; without it a subscriber polls. */
  readonly signal?: PositionSignal;
  /** How often a subscriber without a signal looks for new events; 200 ms by default. */
  readonly pollIntervalMs?: number;
}

type StreamRow = [...Columns, key: number];

const DEFAULT_LIMIT = 1_000;
const DEFAULT_POLL_INTERVAL_MS = 200;

/**
 * Reads the log from the store's file. Positions and revisions are dense there, so that every read can tell a gap
 * from the end.
 */
export class SqliteEventReader implements EventReader {
  readonly #db: DatabaseSync;
  readonly #newEvents: PositionSignal | number;
  readonly #closing = new AbortController();
  readonly #ends: StreamEnds;
  readonly #begin: StatementSync;
  readonly #end: StatementSync;
  readonly #forwards: StatementSync;
  readonly #backwards: StatementSync;
  readonly #lastRevision: StatementSync;
  readonly #all: StatementSync;
  readonly #head: StatementSync;
  #waiting: (() => void)[] = [];

  /**
   * Takes over `db`.
   * @param newEvents a signal of new events, or a polling interval in milliseconds
   * @param ends the writer's, when it writes through the same connection
   */
  constructor(db: DatabaseSync, newEvents: PositionSignal | number, ends = new StreamEnds()) {
    this.#db = db;
    this.#newEvents = newEvents;
    this.#ends = ends;
    this.#begin = db.prepare('BEGIN');
    this.#end = db.prepare('COMMIT');
    // Ranges instead of a bound limit, which makes SQLite plan the statement again each time.
    const key = 'SELECT key FROM stream WHERE name = ?';
    const stream = `SELECT ${COLUMNS}, stream FROM event WHERE stream = (${key}) AND revision BETWEEN ? AND ?`;
    this.#forwards = db.prepare(`${stream} ORDER BY revision`);
    this.#backwards = db.prepare(`${stream} ORDER BY revision DESC`);
    this.#lastRevision = db.prepare(`SELECT max(revision) FROM event WHERE stream = (${key})`);
    this.#all = db.prepare(
      `SELECT name, ${COLUMNS} FROM event CROSS JOIN stream ON key = stream
       WHERE position BETWEEN ? AND ? ORDER BY position`,
    );
    this.#head = db.prepare('SELECT max(position) FROM event');
  }

  /**
   * Opens the log of a store that exists, beside the process that writes it.
   * @throws EventStoreUnusable it is no event store, damaged, or of a newer version
   * @throws EventStoreUnavailable there is none, or it cannot be opened now
   */
  static async open({
    directory,
    signal,
    pollIntervalMs,
  }: SqliteEventReaderOptions): Promise<SqliteEventReader> {
    const db = openForReading(directory);
    try {
      return new SqliteEventReader(db, signal ?? pollIntervalMs ?? DEFAULT_POLL_INTERVAL_MS);
    } catch (error) {
      db.close();
      throw asStoreFailure(error);
    }
  }

  readStream(stream: string, options: ReadStreamOptions = {}): Promise<readonly RecordedEvent[]> {
    const { direction = 'forwards', limit = DEFAULT_LIMIT } = options;
    return direction === 'forwards'
      ? this.#readWithOthers(() => this.#readForwards(stream, options.from ?? 0, limit))
      : this.#readWithOthers(() =>
          this.#readBackwards(stream, options.from ?? Number.MAX_SAFE_INTEGER, limit),
        );
  }

  async readAll({
    after = START,
    limit = DEFAULT_LIMIT,
  }: ReadAllOptions = {}): Promise<readonly RecordedEvent[]> {
    return this.#read(() => this.#readLog(after, limit).events);
  }

  async *subscribe({ after, batchSize, signal }: SubscribeOptions): AsyncGenerator<Batch> {
    if (after > (await this.head())) {
      throw new EventStoreUnusable(`The log ends before ${after}: it is older than what was read from it.`);
    }
    const ended = AbortSignal.any([signal, this.#closing.signal]);
    let position = after;
    for (let first = true; !ended.aborted; first = false) {
      const { events, bytes, toEnd } = this.#read(() => this.#readLog(position, batchSize, MAX_BATCH_BYTES));
      position = events.at(-1)?.position ?? position;
      const caughtUp = toEnd || position >= (await this.head());
      if (first || events.length > 0) yield { events, position, caughtUp, bytes };
      if (caughtUp) await this.#moreAfter(position, ended);
      // A long catch-up must not keep timers and messages of this thread waiting.
      await nextTurn();
    }
    if (!signal.aborted) throw new EventStoreUnavailable('The event store was closed.');
  }

  async head(): Promise<Position> {
    return this.#read(() => ((this.#head.get() as unknown as [number | null])[0] ?? START) as Position);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#readWaiting();
    if (this.#db.isOpen) this.#db.close();
  }

  /**
   * Waits until all input that has arrived is processed: consecutive reads find the pages that they share in the
   * cache, and share one transaction. Interleaved with other work each would cost much more.
   */
  #readWithOthers<Result>(read: () => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => {
        try {
          resolve(this.#read(read));
        } catch (error) {
          reject(error);
        }
      });
      if (this.#waiting.length === 1) setImmediate(() => this.#readWaiting());
    });
  }

  #readWaiting(): void {
    const reads = this.#waiting;
    this.#waiting = [];
    if (reads.length > 1 && this.#db.isOpen) this.#begin.run();
    for (const read of reads) read();
    // A failing disk may have ended it.
    if (this.#db.isOpen && this.#db.isTransaction) this.#end.run();
  }

  /** @param maxBytes reading ends with the event that exceeds it */
  #readLog(
    after: Position,
    limit: number,
    maxBytes = Number.POSITIVE_INFINITY,
  ): Pick<Batch, 'events' | 'bytes'> & { readonly toEnd: boolean } {
    const events: RecordedEvent[] = [];
    let bytes = 0;
    for (const row of this.#all.iterate(after + 1, after + limit)) {
      const [name, ...columns] = row as unknown as [name: string, ...Columns];
      const expected = after + 1 + events.length;
      if (columns[0] !== expected) throw damaged(`no event is at position ${expected}`);
      events.push(toEvent(name, columns));
      bytes += bytesOf(columns);
      if (bytes > maxBytes) break;
    }
    // A full page may be followed by more.
    return { events, bytes, toEnd: events.length < limit && bytes <= maxBytes };
  }

  #readForwards(stream: string, from: number, limit: number): RecordedEvent[] {
    const rows = this.#forwards.all(stream, from, from + limit - 1) as unknown as StreamRow[];
    const events = rows.map((columns, index) => {
      if (columns[1] !== from + index) throw damaged(`stream ${stream} has no event ${from + index}`);
      return toEvent(stream, columns);
    });
    const last = rows.at(-1);
    if (last !== undefined && rows.length < limit)
      this.#ends.set(stream, { key: last[7], revision: last[1] });
    return events;
  }

  #readBackwards(stream: string, from: number, limit: number): RecordedEvent[] {
    const [end] = this.#lastRevision.get(stream) as unknown as [number | null];
    const last = Math.min(from, end ?? NO_REVISION);
    const rows = this.#backwards.all(stream, last - limit + 1, last) as unknown as StreamRow[];
    return rows.map((columns, index) => {
      if (columns[1] !== last - index) throw damaged(`stream ${stream} has no event ${last - index}`);
      return toEvent(stream, columns);
    });
  }

  #read<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw asStoreFailure(error);
    }
  }

  async #moreAfter(position: Position, signal: AbortSignal): Promise<void> {
    if (typeof this.#newEvents !== 'number') await this.#newEvents.waitBeyond(position, { signal });
    else await pause(this.#newEvents, undefined, { signal }).catch(() => undefined);
  }
}

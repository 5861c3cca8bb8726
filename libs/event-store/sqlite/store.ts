import { statfs } from 'node:fs/promises';
import type { DatabaseSync } from 'node:sqlite';
import {
  type AppendResult,
  type Batch,
  draft,
  type EventStore,
  EventStoreFull,
  EventStoreUnavailable,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  PositionSignal,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type SubscribeOptions,
} from '#event-store';
import { Checkpointer } from '#sqlite';
import { asStoreFailure } from './failure.ts';
import { eventsPath, lock, openForWriting } from './file.ts';
import { SqliteEventReader } from './reader.ts';
import { StreamEnds } from './stream-ends.ts';
import { type Append, LogWriter } from './writer.ts';

export interface SqliteEventStoreOptions {
  /** The folder of the store's files. */
  readonly directory: string;
  /** Advanced after each commit; share its buffer with readers in other threads. */
  readonly signal?: PositionSignal;
  /** How many appends may wait for the running commit; further ones are refused. 10,000 by default. */
  readonly maxWaiting?: number;
  /** Pages of 4 KiB the file may grow to; by default as many as the disk takes. */
  readonly maxPages?: number;
  /** With less free space on its disk the store counts as full. 16 MiB by default, as the log grows in steps. */
  readonly minFreeBytes?: number;
  /** Called after each commit with how many appends shared it. It must not throw. */
  readonly committed?: (appends: number) => void;
}

interface Waiting extends Append {
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

const DEFAULT_MAX_WAITING = 10_000;
const DEFAULT_MIN_FREE_BYTES = 16 * 1024 * 1024;
const FAILURE_REMEMBERED_MS = 10_000;
/** A group of this size takes no further append, so that a long queue does not block the thread. */
const GROUP_EVENTS = 1_000;
const MAX_EXTRA_TURNS = 2;
/** 16 and 64 MiB. */
const CHECKPOINTS = { between: 4_096, restart: 16_384 };

/**
 * The log in one SQLite file, written by one process. All appends that wait while a transaction commits share the
 * next one: each is judged on its own, and answered when the disk has it.
 */
export class SqliteEventStore implements EventStore {
  readonly exclusive = true;
  readonly #lock: DatabaseSync;
  readonly #reader: SqliteEventReader;
  readonly #writer: LogWriter;
  readonly #checkpointer: Checkpointer;
  readonly #signal: PositionSignal;
  readonly #maxWaiting: number;
  readonly #directory: string;
  readonly #minFreeBytes: number;
  readonly #committed: (appends: number) => void;
  readonly #waiting: Waiting[] = [];
  #failure: { readonly error: unknown; readonly until: number } | undefined;
  #closed = false;

  private constructor(owner: DatabaseSync, db: DatabaseSync, options: SqliteEventStoreOptions) {
    this.#lock = owner;
    this.#signal = options.signal ?? new PositionSignal();
    this.#maxWaiting = options.maxWaiting ?? DEFAULT_MAX_WAITING;
    this.#directory = options.directory;
    this.#minFreeBytes = options.minFreeBytes ?? DEFAULT_MIN_FREE_BYTES;
    this.#committed = options.committed ?? (() => undefined);
    const ends = new StreamEnds();
    this.#reader = new SqliteEventReader(db, this.#signal, ends);
    this.#writer = new LogWriter(db, ends);
    this.#checkpointer = new Checkpointer(db, eventsPath(options.directory), CHECKPOINTS);
    this.#signal.advance(this.#writer.head);
  }

  /**
   * Opens the store, or makes a new one, and stays its only writer until it is closed.
   * @throws EventStoreUnusable another process has it open, or its file is damaged, too new or of another kind
   * @throws EventStoreUnavailable it cannot be opened now
   */
  static async open(options: SqliteEventStoreOptions): Promise<SqliteEventStore> {
    const owner = lock(options.directory);
    let db: DatabaseSync | undefined;
    try {
      db = openForWriting(options.directory, options.maxPages);
      return new SqliteEventStore(owner, db, options);
    } catch (error) {
      db?.close();
      owner.close();
      throw asStoreFailure(error);
    }
  }

  async append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    const drafts = draft(stream, events);
    if (this.#closed) throw new EventStoreUnavailable('The event store is closed.');
    if (this.#waiting.length >= this.#maxWaiting) {
      throw new EventStoreUnavailable(`${this.#maxWaiting} appends are waiting already.`);
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ stream, drafts, expected, resolve, reject });
      if (this.#waiting.length === 1) this.#schedule();
    });
  }

  readStream(stream: string, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    return this.#reader.readStream(stream, options);
  }

  readAll(options?: ReadAllOptions): Promise<readonly RecordedEvent[]> {
    return this.#reader.readAll(options);
  }

  subscribe(options: SubscribeOptions): AsyncIterable<Batch> {
    return this.#reader.subscribe(options);
  }

  head(): Promise<Position> {
    return this.#reader.head();
  }

  /**
   * Checks whether events can be recorded, as far as possible without recording one.
   * @throws EventStoreUnavailable `EventStoreFull` where the disk has hardly any room left; the error of the last commit
   * for some seconds
   */
  async checkWritable(): Promise<void> {
    if (this.#failure !== undefined && performance.now() < this.#failure.until) throw this.#failure.error;
    const { bavail, bsize } = await statfs(this.#directory);
    if (bavail * bsize < this.#minFreeBytes) {
      throw new EventStoreFull(`The disk of the event store has less than ${this.#minFreeBytes} bytes left.`);
    }
  }

  /** Commits the waiting appends, then closes the files. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    while (this.#waiting.length > 0) this.#commitGroup();
    await this.#checkpointer.close();
    await this.#reader.close();
    this.#lock.close();
  }

  /**
   * Waits until all input that has arrived is read, so that its appends share one commit; and a few turns of the
   * event loop more, as long as each adds some: a commit costs nearly the same for twice as many.
   */
  #schedule(seen = 0, turns = 0): void {
    setImmediate(() => {
      const waiting = this.#waiting.length;
      if (waiting > seen && turns < MAX_EXTRA_TURNS) {
        this.#schedule(waiting, turns + 1);
        return;
      }
      this.#commitGroup();
      if (this.#waiting.length > 0) this.#schedule();
    });
  }

  #commitGroup(): void {
    const group = this.#takeGroup();
    if (group.length === 0) return;
    let outcomes: readonly (AppendResult | Error)[];
    try {
      outcomes = this.#writer.write(group);
      this.#failure = undefined;
    } catch (error) {
      const failure = asStoreFailure(error);
      this.#failure = { error: failure, until: performance.now() + FAILURE_REMEMBERED_MS };
      for (const { reject } of group) reject(failure);
      return;
    }
    this.#signal.advance(this.#writer.head);
    group.forEach(({ resolve, reject }, index) => {
      const outcome = outcomes[index];
      if (outcome instanceof Error) reject(outcome);
      else if (outcome) resolve(outcome);
    });
    this.#checkpointer.committed();
    this.#committed(group.length);
  }

  #takeGroup(): Waiting[] {
    let events = 0;
    const end = this.#waiting.findIndex(({ drafts }) => {
      const full = events >= GROUP_EVENTS;
      events += drafts.length;
      return full;
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }
}

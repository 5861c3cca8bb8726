import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { newId } from '#application';
import { Checkpointer } from '#sqlite';

/** A stream that exists. */
export interface Stream {
  readonly key: number;
  readonly name: string;
}

/** A stream as it was loaded: the data of its events, oldest first. */
export interface BareStream extends Stream {
  readonly events: readonly Readonly<Record<string, string>>[];
}

interface Waiting {
  readonly stream: Stream;
  readonly revision: number;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
  readonly done: () => void;
}

/** While a turn of the event loop brings further appends, the commit waits for so many more turns. */
const PATIENT_TURNS = 2;
/** As the event store. */
const CHECKPOINTS = { between: 4_096, restart: 16_384 };

/**
 * The event store's own tables, read and written by hand: rows with the checksum they need to be valid, which is
 * verified when they are loaded, and nothing else. As in the event store, the reads of a turn of the event loop are
 * made together, appends wait for one another and share a commit, and another thread checkpoints the write-ahead log.
 */
export class BareLog {
  private readonly database: DatabaseSync;
  private readonly checkpointer: Checkpointer;
  private readonly beginRead;
  private readonly begin;
  private readonly end;
  private readonly readStream;
  private readonly insertStream;
  private readonly insertEvent;
  private reads: (() => void)[] = [];
  private waiting: Waiting[] = [];
  private position: number;

  /** @param directory of an event store that exists and is not open */
  constructor(directory: string) {
    const path = join(directory, 'events.db');
    const database = new DatabaseSync(path, { returnArrays: true });
    database.exec('PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 65536; PRAGMA cache_size = -16384');
    this.beginRead = database.prepare('BEGIN');
    this.begin = database.prepare('BEGIN IMMEDIATE');
    this.end = database.prepare('COMMIT');
    this.readStream = database.prepare(
      `SELECT stream, position, revision, hex(id), type, data, metadata, checksum FROM event
       WHERE stream = (SELECT key FROM stream WHERE name = ?) ORDER BY revision`,
    );
    this.insertStream = database.prepare('INSERT INTO stream (name) VALUES (?)');
    this.insertEvent = database.prepare(`INSERT INTO event VALUES (?, ?, ?, unhex(?, '-'), ?, ?, ?, ?)`);
    const [head] = database.prepare('SELECT max(position) FROM event').get() as unknown as [number | null];
    this.position = head ?? -1;
    this.database = database;
    this.checkpointer = new Checkpointer(database, path, CHECKPOINTS);
  }

  /** Together with all others that are asked for in this turn. */
  load(name: string): Promise<BareStream> {
    return new Promise((resolve, reject) => {
      if (this.reads.length === 0) setImmediate(() => this.readAll());
      this.reads.push(() => {
        try {
          resolve(this.read(name));
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  /** Resolves when it is on disk. */
  append(stream: Stream, revision: number, type: string, data: object, metadata: object): Promise<void> {
    return new Promise((done) => {
      this.waiting.push({
        stream,
        revision,
        type,
        data: JSON.stringify(data),
        metadata: JSON.stringify(metadata),
        done,
      });
      if (this.waiting.length === 1) this.schedule();
    });
  }

  /** Writes what `write` adds in one transaction. */
  commit(write: () => void): void {
    this.begin.run();
    write();
    this.end.run();
    this.checkpointer.committed();
  }

  addStream(name: string): Stream {
    return { key: Number(this.insertStream.run(name).lastInsertRowid), name };
  }

  addEvent(
    { key, name }: Stream,
    revision: number,
    id: string,
    type: string,
    data: string,
    metadata: string,
  ): void {
    const position = ++this.position;
    const hex = id.replaceAll('-', '').toUpperCase();
    const sum = checksum(position, revision, hex, type, name, data, metadata);
    this.insertEvent.run(position, key, revision, id, type, data, metadata, sum);
  }

  async close(): Promise<void> {
    await this.checkpointer.close();
    this.database.close();
  }

  private readAll(): void {
    const reads = this.reads;
    this.reads = [];
    this.beginRead.run();
    for (const read of reads) read();
    this.end.run();
  }

  private read(name: string): BareStream {
    const rows = this.readStream.all(name) as unknown as Row[];
    const events = rows.map(([, position, revision, hex, type, data, metadata, sum]) => {
      if (checksum(position, revision, hex, type, name, data, metadata) !== sum)
        throw new Error('A row does not match its checksum.');
      return JSON.parse(data) as Readonly<Record<string, string>>;
    });
    const [first] = rows;
    if (first === undefined) throw new Error(`There is no stream ${name}.`);
    return { key: first[0], name, events };
  }

  private schedule(seen = 0, turns = 0): void {
    setImmediate(() => {
      const waiting = this.waiting.length;
      if (waiting > seen && turns < PATIENT_TURNS) this.schedule(waiting, turns + 1);
      else this.commitAll();
    });
  }

  private commitAll(): void {
    const group = this.waiting;
    this.waiting = [];
    this.commit(() => {
      for (const { stream, revision, type, data, metadata } of group) {
        this.addEvent(stream, revision, newId(), type, data, metadata);
      }
    });
    for (const { done } of group) done();
  }
}

type Row = [
  stream: number,
  position: number,
  revision: number,
  hex: string,
  type: string,
  data: string,
  metadata: string,
  checksum: number,
];

function checksum(
  position: number,
  revision: number,
  hex: string,
  type: string,
  stream: string,
  data: string,
  metadata: string,
): number {
  return crc32(`${position} ${revision} ${hex} ${type} ${stream}${data}${metadata}`);
}

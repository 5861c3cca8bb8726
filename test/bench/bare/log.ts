import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { newId } from '#application';

interface Waiting {
  readonly stream: Pick<BareStream, 'key' | 'name'>;
  readonly revision: number;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
  readonly done: () => void;
}

/** A stream as it was loaded: its events, oldest first. */
export interface BareStream {
  readonly key: number;
  readonly name: string;
  readonly events: readonly { readonly data: Readonly<Record<string, string>>; readonly metadata: object }[];
}

/**
 * The event store's own tables, read and written by hand: group commit, rows with the checksum they need to be valid,
 * which is looked at when they are loaded, and nothing else.
 */
export class BareLog {
  private readonly database: DatabaseSync;
  private readonly findStream;
  private readonly readStream;
  private readonly insertStream;
  private readonly insertEvent;
  private waiting: Waiting[] = [];
  private position: number;

  /** @param directory of an event store that exists and is not open */
  constructor(directory: string) {
    const database = new DatabaseSync(join(directory, 'events.db'), { returnArrays: true });
    database.exec('PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 16000; PRAGMA cache_size = -16384');
    this.findStream = database.prepare('SELECT key FROM stream WHERE name = ?');
    this.readStream = database.prepare(
      'SELECT position, revision, hex(id), type, data, metadata, checksum FROM event WHERE stream = ? ORDER BY revision',
    );
    this.insertStream = database.prepare('INSERT INTO stream (name) VALUES (?)');
    this.insertEvent = database.prepare(`INSERT INTO event VALUES (?, ?, ?, unhex(?, '-'), ?, ?, ?, ?)`);
    const [head] = database.prepare('SELECT max(position) FROM event').get() as unknown as [number | null];
    this.position = head ?? -1;
    this.database = database;
  }

  load(name: string): BareStream {
    const [key] = this.findStream.get(name) as unknown as [number];
    const rows = this.readStream.all(key) as unknown as Row[];
    const events = rows.map(([position, revision, hex, type, data, metadata, sum]) => {
      if (checksum(position, revision, hex, type, name, data, metadata) !== sum)
        throw new Error('A row is damaged.');
      return { data: JSON.parse(data), metadata: JSON.parse(metadata) };
    });
    return { key, name, events };
  }

  /** Resolves when the disk has it. */
  append(
    stream: Pick<BareStream, 'key' | 'name'>,
    revision: number,
    type: string,
    data: object,
    metadata: object,
  ): Promise<void> {
    return new Promise((done) => {
      if (this.waiting.length === 0) setImmediate(() => this.commitAll());
      this.waiting.push({
        stream,
        revision,
        type,
        data: JSON.stringify(data),
        metadata: JSON.stringify(metadata),
        done,
      });
    });
  }

  begin(): void {
    this.database.exec('BEGIN IMMEDIATE');
  }

  addStream(name: string): Pick<BareStream, 'key' | 'name'> {
    return { key: Number(this.insertStream.run(name).lastInsertRowid), name };
  }

  addEvent(
    { key, name }: Pick<BareStream, 'key' | 'name'>,
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

  commit(): void {
    this.database.exec('COMMIT');
  }

  close(): void {
    this.database.close();
  }

  private commitAll(): void {
    const group = this.waiting;
    this.waiting = [];
    this.begin();
    for (const { stream, revision, type, data, metadata } of group) {
      this.addEvent(stream, revision, newId(), type, data, metadata);
    }
    this.commit();
    for (const { done } of group) done();
  }
}

type Row = [
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

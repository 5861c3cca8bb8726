import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { newId } from '#application';

interface Waiting {
  readonly key: number;
  readonly revision: number;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
  readonly done: () => void;
}

/** A stream as it was loaded: its events' data, oldest first. */
export interface BareStream {
  readonly key: number;
  readonly events: readonly Readonly<Record<string, string>>[];
}

/** The event store's own tables, read and written by hand: group commit, and nothing else. */
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
    database.exec('PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 16000; PRAGMA cache_size = -65536');
    this.findStream = database.prepare('SELECT key FROM stream WHERE name = ?');
    this.readStream = database.prepare(
      'SELECT type, data, metadata FROM event WHERE stream = ? ORDER BY revision',
    );
    this.insertStream = database.prepare('INSERT INTO stream (name) VALUES (?)');
    this.insertEvent = database.prepare(`INSERT INTO event VALUES (?, ?, ?, unhex(?, '-'), ?, ?, ?, 0)`);
    const [head] = database.prepare('SELECT max(position) FROM event').get() as unknown as [number | null];
    this.position = head ?? -1;
    this.database = database;
  }

  load(stream: string): BareStream {
    const [key] = this.findStream.get(stream) as unknown as [number];
    const rows = this.readStream.all(key) as unknown as [type: string, data: string, metadata: string][];
    return { key, events: rows.map(([, data]) => JSON.parse(data)) };
  }

  /** Resolves when the disk has it. */
  append(key: number, revision: number, type: string, data: object, metadata: object): Promise<void> {
    return new Promise((done) => {
      if (this.waiting.length === 0) setImmediate(() => this.commitAll());
      this.waiting.push({
        key,
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

  addStream(name: string): number {
    return Number(this.insertStream.run(name).lastInsertRowid);
  }

  addEvent(key: number, revision: number, id: string, type: string, data: string, metadata: string): void {
    this.insertEvent.run(++this.position, key, revision, id, type, data, metadata);
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
    for (const { key, revision, type, data, metadata } of group) {
      this.addEvent(key, revision, newId(), type, data, metadata);
    }
    this.commit();
    for (const { done } of group) done();
  }
}

import { EventEmitter } from 'node:events';
import {
  AppendTooLarge,
  DuplicateInProgress,
  InvalidPosition,
  NotImplemented,
  StreamDeleted,
  StreamNotFound,
  Truncated,
  WrongExpectedVersion,
} from './errors.ts';
import { linksOf, type SystemEvent, statistics, systemEvent } from './links.ts';
import type { Quirks } from './quirks.ts';
import { DELETED, type StreamSettings, settingsOf, visibleFrom } from './settings.ts';

export type Expected = bigint | 'any' | 'no_stream' | 'stream_exists';

/** An event as a client appends it. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** An event as recorded in the log. */
export interface LogRecord extends Proposed {
  readonly stream: string;
  readonly revision: bigint;
  /** The offset of its first byte in an imagined log file. */
  readonly position: bigint;
  /** In milliseconds of Unix time. */
  readonly created: number;
}

export interface Written {
  /** Of the stream's last event, or of the last one written; nothing when the stream has none. */
  readonly revision: bigint | undefined;
  readonly position: bigint | undefined;
}

export interface LogOptions extends Pick<Quirks, 'replicationMs' | 'projectionsAfterMs'> {
  /** The sum of all events' data, metadata and twice their types' lengths in one append. */
  readonly maxAppendSize?: number;
}

interface Waiting {
  readonly position: bigint;
  readonly resolve: () => void;
  readonly reject: (reason: Truncated) => void;
}

const MEBIBYTE = 1024 * 1024;
/** The size of a record beyond what the client sent, in bytes. */
const RECORD_OVERHEAD = 98;
/** A real server remembers 8 MiB of them. */
const RECENT_IDS = 10_000;
const JSON_TYPE = 'application/json';

/**
 * The whole log in memory, as the nodes of one cluster hold it. Emits `written` after each write, and `replicated`
 * when more of it can be read.
 */
export class Log extends EventEmitter<{ written: []; replicated: [] }> {
  readonly records: LogRecord[] = [];
  /** How many events have been sent to clients. */
  sent = 0;
  /** How many events have been examined to find those to be sent. */
  considered = 0;
  /** How many of the records can be read. */
  #replicated = 0;
  readonly #streams = new Map<string, LogRecord[]>();
  readonly #tombstones = new Set<string>();
  /** Where the next record will begin. */
  #end = 0n;
  /** By stream and id: makes appends that expect `any` idempotent as long as the id is remembered. */
  readonly #recent = new Map<string, LogRecord>();
  readonly #options: Required<Pick<LogOptions, 'maxAppendSize'>> & LogOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Calls that wait until a record can be read. */
  readonly #waiting = new Set<Waiting>();

  constructor(options: LogOptions = {}) {
    super();
    this.setMaxListeners(0);
    this.#options = { ...options, maxAppendSize: options.maxAppendSize ?? MEBIBYTE };
    this.writeStatistics();
  }

  /** Writes a system event. */
  writeStatistics(): void {
    this.#writeSystemEvent(statistics());
  }

  /** Cancels all timers. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  /** How many of the records can be read: all that have been replicated. */
  get length(): number {
    return this.#replicated;
  }

  /**
   * Resolves when the record at the position can be read.
   * @throws Truncated it will never be
   */
  replicated(position: bigint): Promise<void> {
    const waiting = { position, ...Promise.withResolvers<void>() };
    this.#waiting.add(waiting);
    this.#settle();
    return waiting.promise;
  }

  /** Replicates at once what is written so far. */
  replicate(): void {
    this.#replicate(this.records.length, this.#options.projectionsAfterMs);
  }

  /** Takes back what has not been replicated, as happens when a leader is lost. */
  truncate(): void {
    this.close();
    while (this.records.length > this.#replicated) {
      const { stream, id, position, type } = this.records.pop() as LogRecord;
      this.#streams.get(stream)?.pop();
      if (this.#streams.get(stream)?.length === 0) this.#streams.delete(stream);
      if (type === '$streamDeleted') this.#tombstones.delete(stream);
      this.#recent.delete(`${stream}/${id}`);
      this.#end = position;
    }
    for (const { reject } of this.#waiting) reject(new Truncated());
    this.#waiting.clear();
  }

  /** What a restart makes a server forget. */
  forget(): void {
    this.#recent.clear();
  }

  get maxAppendSize(): number {
    return this.#options.maxAppendSize;
  }

  append(stream: string, expected: Expected, events: readonly Proposed[]): Written {
    const { maxAppendSize } = this;
    if (sizeOf(events) > maxAppendSize) throw new AppendTooLarge(maxAppendSize);
    const repeated = this.#check(stream, expected, events);
    const last = this.#lastOf(stream);
    if (events.length === 0) return { revision: last?.revision, position: undefined };
    const deleted = this.#isSoftDeleted(stream);
    if (repeated) return { revision: repeated.revision, position: deleted ? undefined : repeated.position };
    if (deleted) this.#undelete(stream, (last?.revision ?? -1n) + 1n);
    const written = this.#write(stream, events);
    return { revision: written?.revision, position: written?.position };
  }

  /** Hides all events of the stream until it is written again. */
  softDelete(stream: string, expected: Expected): bigint {
    if (this.#isSoftDeleted(stream)) throw new NotImplemented('deleting a deleted stream');
    if (!this.#lastOf(stream)) throw new WrongExpectedVersion(stream, expected, undefined);
    this.#check(stream, expected, []);
    return this.#setSetting(stream, '$tb', DELETED);
  }

  /** Ends the stream for ever. */
  tombstone(stream: string, expected: Expected): bigint {
    this.#check(stream, expected, []);
    const record = this.#record(stream, DELETED, jsonEvent('$streamDeleted', '{}'));
    this.#tombstones.add(stream);
    this.#announce();
    return record.position;
  }

  /**
   * The events of a stream that are not hidden, from `from` on, inclusive.
   * @throws StreamNotFound, StreamDeleted
   */
  readStream(
    stream: string,
    from: bigint | 'start' | 'end',
    direction: 'forwards' | 'backwards',
  ): LogRecord[] {
    this.refuseDeleted(stream);
    const events = this.eventsOf(stream);
    if (events.length === 0 || this.#isSoftDeleted(stream)) throw new StreamNotFound(stream);
    const visible = events.slice(this.firstVisible(stream));
    if (direction === 'forwards') {
      if (from === 'start') return visible;
      return from === 'end' ? [] : visible.filter(({ revision }) => revision >= from);
    }
    if (from === 'start') return visible.slice(0, 1);
    return visible.filter(({ revision }) => from === 'end' || revision <= from).reverse();
  }

  /** All events of a stream that have been replicated, hidden ones too. */
  eventsOf(stream: string): readonly LogRecord[] {
    const events = this.#streams.get(stream) ?? [];
    const last = events.findLastIndex(({ position }) => this.#isReplicated(position));
    return last === events.length - 1 ? events : events.slice(0, last + 1);
  }

  /** The index of the first event of a stream that is not hidden. */
  firstVisible(stream: string): number {
    return visibleFrom(this.eventsOf(stream), this.#settings(stream));
  }

  /** @throws StreamDeleted */
  refuseDeleted(stream: string): void {
    if (this.#tombstones.has(stream)) throw new StreamDeleted(stream);
  }

  /**
   * How many records begin before the position.
   * @throws InvalidPosition no record begins there, and the log does not end there
   */
  indexOf(position: bigint): number {
    let low = 0;
    let high = this.records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.records[middle] as LogRecord).position < position) low = middle + 1;
      else high = middle;
    }
    const found = this.records[low]?.position ?? this.#end;
    if (found !== position) throw new InvalidPosition();
    return low;
  }

  /**
   * What the append wrote the first time, nothing when it has yet to be written.
   * @throws DuplicateInProgress its first write has not been replicated yet
   */
  #check(stream: string, expected: Expected, events: readonly Proposed[]): LogRecord | undefined {
    const repeated = this.#find(stream, expected, events);
    if (repeated && !this.#isReplicated(repeated.position)) throw new DuplicateInProgress();
    return repeated;
  }

  #find(stream: string, expected: Expected, events: readonly Proposed[]): LogRecord | undefined {
    this.refuseDeleted(stream);
    const last = this.#lastOf(stream)?.revision ?? -1n;
    const softDeleted = this.#isSoftDeleted(stream);
    const refused = () => new WrongExpectedVersion(stream, expected, last < 0n ? undefined : last);
    if (expected === 'any' || expected === 'stream_exists') {
      if (expected === 'stream_exists') {
        if (softDeleted) throw new StreamDeleted(stream);
        if (last < 0n && !this.#streams.has(`$$${stream}`)) throw refused();
      }
      const known = events.map(({ id }) => this.#recent.get(`${stream}/${id}`)?.revision);
      if (known.every((revision) => revision === undefined)) return undefined;
      const repeated = known[0] === undefined ? undefined : this.#repeated(stream, known[0], events);
      if (!repeated) throw refused();
      return repeated;
    }
    const next = expected === 'no_stream' ? 0n : expected + 1n;
    const repeated = next <= last ? this.#repeated(stream, next, events) : undefined;
    if (repeated) return repeated;
    const holds = next === last + 1n || (expected === 'no_stream' && softDeleted);
    if (!holds) throw refused();
    return undefined;
  }

  /** The last of the events when the stream holds all of them from `at` on. */
  #repeated(stream: string, at: bigint, events: readonly Proposed[]): LogRecord | undefined {
    const standing = this.#streams.get(stream)?.slice(Number(at), Number(at) + events.length) ?? [];
    const same = standing.length === events.length && events.every(({ id }, n) => standing[n]?.id === id);
    return same ? standing.at(-1) : undefined;
  }

  #write(stream: string, events: readonly Proposed[]): LogRecord | undefined {
    for (const event of events) {
      const record = this.#record(stream, (this.#lastOf(stream)?.revision ?? -1n) + 1n, event);
      const standing = this.#streams.get(stream);
      if (standing) standing.push(record);
      else this.#streams.set(stream, [record]);
      this.#recent.set(`${stream}/${event.id}`, record);
    }
    for (const key of this.#recent.keys()) {
      if (this.#recent.size <= RECENT_IDS) break;
      this.#recent.delete(key);
    }
    this.#announce();
    return this.#lastOf(stream);
  }

  #writeSystemEvent({ stream, event }: SystemEvent): void {
    this.#write(stream, [event]);
  }

  /** Emits `written`, and schedules replication and links. */
  #announce(): void {
    const { replicationMs, projectionsAfterMs } = this.#options;
    this.emit('written');
    const count = this.records.length;
    if (replicationMs === undefined) this.#replicate(count, projectionsAfterMs);
    else this.#later(replicationMs, () => this.#replicate(count, projectionsAfterMs));
  }

  #replicate(count: number, projectionsAfterMs: number | undefined): void {
    const more = this.records.slice(this.#replicated, count).filter(({ stream }) => !stream.startsWith('$'));
    this.#replicated = Math.max(count, this.#replicated);
    this.#settle();
    this.emit('replicated');
    if (projectionsAfterMs === undefined || more.length === 0) return;
    this.#later(projectionsAfterMs, () => {
      for (const link of more.flatMap(linksOf)) this.#writeSystemEvent(link);
    });
  }

  #settle(): void {
    for (const waiting of this.#waiting) {
      if (!this.#isReplicated(waiting.position)) continue;
      this.#waiting.delete(waiting);
      waiting.resolve();
    }
  }

  #later(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, ms);
    this.#timers.add(timer);
  }

  #isReplicated(position: bigint): boolean {
    const next = this.records[this.#replicated];
    return next === undefined || position < next.position;
  }

  #record(stream: string, revision: bigint, event: Proposed): LogRecord {
    const record = { ...event, stream, revision, position: this.#end, created: Date.now() };
    this.records.push(record);
    const text = Buffer.byteLength(stream) + Buffer.byteLength(event.type);
    this.#end += BigInt(RECORD_OVERHEAD + text + event.data.length + event.metadata.length);
    return record;
  }

  #undelete(stream: string, firstRevision: bigint): void {
    this.#setSetting(stream, '$tb', firstRevision);
  }

  #setSetting(stream: string, name: string, value: bigint): bigint {
    const { json } = this.#settings(stream);
    const others = Object.entries(json).filter(([key]) => key !== name);
    const members = [...others.map(([key, other]) => `${JSON.stringify(key)}:${JSON.stringify(other)}`)];
    const text = `{${[...members, `${JSON.stringify(name)}:${value}`].join()}}`;
    const written = this.#write(`$$${stream}`, [jsonEvent('$metadata', text)]);
    return (written as LogRecord).position;
  }

  #lastOf(stream: string): LogRecord | undefined {
    return this.#streams.get(stream)?.at(-1);
  }

  #settings(stream: string): StreamSettings {
    return settingsOf(this.#lastOf(`$$${stream}`)?.data);
  }

  #isSoftDeleted(stream: string): boolean {
    return this.#settings(stream).truncateBefore === DELETED;
  }
}

/** By which the size of an append is limited. */
export function sizeOf(events: readonly Proposed[]): number {
  return events.reduce(
    (sum, { data, metadata, type }) => sum + data.length + metadata.length + 2 * type.length,
    0,
  );
}

function jsonEvent(type: string, json: string): Proposed {
  return systemEvent(type, JSON_TYPE, json);
}

import type { Recorded } from '#contracts';
import {
  type AppendResult,
  type Batch,
  draft,
  EventIdInUse,
  type EventStore,
  EventStoreUnavailable,
  type ExpectedRevision,
  MAX_BATCH_BYTES,
  type NewEvent,
  type Position,
  PositionSignal,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type Revision,
  START,
  type SubscribeOptions,
  WrongExpectedRevision,
} from '#event-store';

/** A test event, of a type unknown to the product. */
export interface TestEvent {
  readonly stream: string;
  readonly type: string;
  readonly data: RecordedEvent['data'];
}

/** Positions have gaps, as those of a store may: the events that a log begins with have them too. */
export const STEP = 3;
const DEFAULT_LIMIT = 1_000;
const NO_REVISION = -1;

/** An event store in memory, tested by the contract of all event stores; its subscriptions can be made to fail. */
export class MemoryLog implements EventStore {
  readonly exclusive = true;
  readonly #events: RecordedEvent[] = [];
  readonly #byId = new Map<string, RecordedEvent>();
  readonly #streams = new Map<string, RecordedEvent[]>();
  readonly #failures: Error[] = [];
  readonly #grown = new PositionSignal();
  readonly #closing = new AbortController();
  /** The number of subscriptions made. */
  subscriptions = 0;

  /**
   * @param events the first ones, at the positions that the log would give them
   * @throws RangeError one of them is at another position
   */
  constructor(events: readonly RecordedEvent[] = []) {
    for (const event of events) {
      if (event.position !== this.#next()) {
        throw new RangeError(`The event ${event.id} is at ${event.position}, and not at ${this.#next()}.`);
      }
      this.#add(event);
    }
  }

  /** Appends test events, without an expected revision. */
  record(...events: readonly TestEvent[]): Position {
    for (const event of events) {
      this.#write(event.stream, { ...event, id: `event-${this.#events.length}`, metadata: { at: AT } });
    }
    this.#grown.advance(this.#head());
    return this.#head();
  }

  /** The next subscriptions end with these errors, one each. */
  fail(...errors: readonly Error[]): void {
    this.#failures.push(...errors);
  }

  async append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    const drafts = draft(stream, events);
    this.#refuseWhenClosed();
    const end = this.#streamOf(stream).length - 1;
    if (!holds(expected, end)) {
      const actual = end === NO_REVISION ? 'none' : (end as Revision);
      return this.#repeated(stream, drafts) ?? refuse(new WrongExpectedRevision(stream, expected, actual));
    }
    if (drafts.length === 0) return { revision: end as Revision, position: START, duplicate: false };
    const repeated = this.#repeated(stream, drafts);
    if (repeated) return repeated;
    for (const { id, type, data, metadata } of drafts) {
      this.#write(stream, { id, type, data: JSON.parse(data), metadata: JSON.parse(metadata) });
    }
    this.#grown.advance(this.#head());
    return { revision: (end + drafts.length) as Revision, position: this.#head(), duplicate: false };
  }

  async readStream(
    stream: string,
    { direction = 'forwards', from, limit = DEFAULT_LIMIT }: ReadStreamOptions = {},
  ): Promise<readonly RecordedEvent[]> {
    this.#refuseWhenClosed();
    const events = this.#streamOf(stream);
    if (direction === 'forwards') return events.slice(from ?? 0, (from ?? 0) + limit);
    return events
      .slice(0, from === undefined ? undefined : from + 1)
      .slice(-limit)
      .reverse();
  }

  async readAll({
    after = START,
    limit = DEFAULT_LIMIT,
  }: ReadAllOptions = {}): Promise<readonly RecordedEvent[]> {
    this.#refuseWhenClosed();
    const first = Math.floor(after / STEP) + 1;
    return this.#events.slice(first, first + limit);
  }

  async head(): Promise<Position> {
    this.#refuseWhenClosed();
    return this.#head();
  }

  async *subscribe({ after, batchSize, signal }: SubscribeOptions): AsyncIterable<Batch> {
    this.subscriptions += 1;
    const failure = this.#failures.shift();
    if (failure) throw failure;
    const ended = AbortSignal.any([signal, this.#closing.signal]);
    for (let position = after, first = true; !ended.aborted; first = false) {
      const { events, bytes } = untilLarge(await this.readAll({ after: position, limit: batchSize }));
      position = events.at(-1)?.position ?? position;
      const caughtUp = position >= this.#head();
      if (first || events.length > 0) yield { events, position, caughtUp, bytes };
      if (caughtUp) await this.#grown.waitBeyond(position, { signal: ended });
    }
    if (!signal.aborted) throw new EventStoreUnavailable('The log was closed.');
  }

  async close(): Promise<void> {
    this.#closing.abort();
  }

  /** A copy that is open, as after a restart. */
  reopened(): MemoryLog {
    return new MemoryLog(this.#events);
  }

  #head(): Position {
    return this.#events.at(-1)?.position ?? START;
  }

  /** Where the next event will be. */
  #next(): Position {
    return (this.#events.length * STEP) as Position;
  }

  #streamOf(stream: string): readonly RecordedEvent[] {
    return this.#streams.get(stream) ?? [];
  }

  #write(stream: string, event: NewEvent): void {
    const revision = this.#streamOf(stream).length as Revision;
    this.#add({ ...event, stream, revision, position: this.#next() });
  }

  #add(event: RecordedEvent): void {
    this.#events.push(event);
    this.#byId.set(event.id, event);
    const stream = this.#streams.get(event.stream) ?? [];
    stream.push(event);
    this.#streams.set(event.stream, stream);
  }

  /**
   * The first result of the same append, if the stream already has these events in this order.
   * @throws EventIdInUse only some of them are there, or they are in another stream
   */
  #repeated(stream: string, events: readonly { readonly id: string }[]): AppendResult | undefined {
    const found = events.map(({ id }) => this.#byId.get(id));
    const used = found.find((event) => event !== undefined);
    if (used === undefined) return undefined;
    const first = found[0]?.revision ?? NO_REVISION;
    const isWhole = found.every(
      (event, index) => event?.stream === stream && event.revision === first + index,
    );
    const last = found.at(-1);
    if (!isWhole || last === undefined) throw new EventIdInUse(used.id);
    return { revision: last.revision, position: last.position, duplicate: true };
  }

  #refuseWhenClosed(): void {
    if (this.#closing.signal.aborted) throw new EventStoreUnavailable('The log is closed.');
  }
}

function holds(expected: ExpectedRevision, end: number): boolean {
  if (expected === 'any') return true;
  return end === (expected === 'none' ? NO_REVISION : expected);
}

function refuse(refusal: Error): never {
  throw refusal;
}

/** When every test event happened. */
export const AT = '2026-03-01T09:00:00.000Z';

/** The test events as they are, for an engine that knows no others. */
export function asRecorded(event: RecordedEvent): Recorded {
  return event as unknown as Recorded;
}

function untilLarge(all: readonly RecordedEvent[]): Pick<Batch, 'events' | 'bytes'> {
  const events: RecordedEvent[] = [];
  let bytes = 0;
  for (const event of all) {
    events.push(event);
    bytes += JSON.stringify(event.data).length + JSON.stringify(event.metadata).length;
    if (bytes > MAX_BATCH_BYTES) break;
  }
  return { events, bytes };
}

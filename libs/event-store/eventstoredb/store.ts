import { type EventData, jsonEvent, WrongExpectedVersionError } from '@eventstore/db-client';
import { LRUCache } from 'lru-cache';
import {
  type AppendResult,
  type Batch,
  draft,
  EventIdInUse,
  type EventStore,
  EventStoreUnusable,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type Revision,
  START,
  type SubscribeOptions,
  WrongExpectedRevision,
} from '#event-store';
import { Connection, type EventStoreDbOptions, inTime } from './connection.ts';
import { EventStoreDbReader } from './reader.ts';
import { isSystemName, toPosition } from './recorded.ts';

/** How many appends are remembered, to tell a repeated one that was under way at the same time. */
const ANSWERS = 1_000;
const PAGE = 1_000;

/** What a stream says of events that are to be appended to it. */
interface Standing {
  /** What the append came to, when it has been made before. */
  readonly repeated: AppendResult | undefined;
  /** Of the stream's last event. */
  readonly end: Revision | 'none';
}

/**
 * The log in an EventStoreDB (24.2 or later, or KurrentDB). Every append names the exact revision it follows, for only
 * then does the server know a repeated one for ever. It does not know ids that stand further back in a stream, or in
 * another one.
 */
export class EventStoreDbEventStore implements EventStore {
  readonly exclusive = false;
  readonly #connection: Connection;
  readonly #reader: EventStoreDbReader;
  /** The log has reached at least this; looked up before the first append. */
  #reached: Position | undefined;
  readonly #answered = new LRUCache<Position, true>({ max: ANSWERS });

  /**
   * Connects when it is first used.
   * @throws Error the connection string is none, or lacks a user
   */
  constructor(options: EventStoreDbOptions) {
    this.#connection = new Connection(options);
    this.#reader = new EventStoreDbReader(this.#connection);
  }

  /** `any` reads the whole stream first, to find the events should they stand there. */
  async append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    const drafts = draft(stream, events);
    for (const name of [stream, ...events.map(({ type }) => type)]) {
      if (isSystemName(name)) throw new RangeError(`${name} is a name the event store keeps for itself.`);
    }
    if (events.length === 0) return this.#appendNothing(stream, expected);
    const proposed = events.map(({ type, data, metadata }, index) =>
      jsonEvent({ id: drafts[index]?.id as string, type, data, metadata }),
    );
    return expected === 'any'
      ? this.#appendAnyhow(stream, proposed)
      : this.#appendAfter(stream, proposed, expected);
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

  close(): Promise<void> {
    return this.#connection.close();
  }

  async #appendNothing(stream: string, expected: ExpectedRevision): Promise<AppendResult> {
    const [last] = await this.readStream(stream, { direction: 'backwards', limit: 1 });
    const actual = last?.revision ?? 'none';
    if (expected !== 'any' && expected !== actual) throw new WrongExpectedRevision(stream, expected, actual);
    return { revision: last?.revision ?? (-1 as Revision), position: START, duplicate: false };
  }

  async #appendAfter(
    stream: string,
    events: readonly EventData[],
    expected: Revision | 'none',
  ): Promise<AppendResult> {
    const result = await this.#write(stream, events, expected);
    if (!(result instanceof WrongExpectedVersionError)) return result;
    const { repeated } = await this.#look(stream, events, expected);
    if (repeated) return repeated;
    const { actualVersion } = result;
    const actual = typeof actualVersion === 'bigint' ? (Number(actualVersion) as Revision) : 'none';
    throw new WrongExpectedRevision(stream, expected, actual);
  }

  /** Each attempt that loses to another writer looks on from where it stood. */
  async #appendAnyhow(stream: string, events: readonly EventData[]): Promise<AppendResult> {
    for (let last: Revision | 'none' = 'none'; ; ) {
      const { repeated, end } = await this.#look(stream, events, last);
      if (repeated) return repeated;
      const result = await this.#write(stream, events, end);
      if (!(result instanceof WrongExpectedVersionError)) return result;
      last = end;
    }
  }

  async #write(
    stream: string,
    events: readonly EventData[],
    after: Revision | 'none',
  ): Promise<AppendResult | WrongExpectedVersionError> {
    const { client, options, answerMs } = this.#connection;
    const before = this.#reached ?? (await this.head());
    const expectedRevision = after === 'none' ? 'no_stream' : BigInt(after);
    const append = () =>
      client.appendToStream(stream, [...events], { ...options, expectedRevision, deadline: answerMs });
    try {
      const { nextExpectedRevision, position } = await this.#connection.ask(() => inTime(append(), answerMs));
      if (!position) throw new EventStoreUnusable(`Stream ${stream} has been deleted.`);
      return this.#appended(Number(nextExpectedRevision) as Revision, toPosition(position), before);
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) return error;
      throw error;
    }
  }

  /** @param before what the log had reached when the append was begun: what stands there was not written by it */
  #appended(revision: Revision, position: Position, before: Position): AppendResult {
    const duplicate = position <= before || this.#answered.has(position);
    this.#answered.set(position, true);
    this.#reached = Math.max(position, this.#reached ?? before) as Position;
    return { revision, position, duplicate };
  }

  /** @throws EventIdInUse only some of the events stand in the stream, or not one behind the other */
  async #look(stream: string, events: readonly EventData[], after: Revision | 'none'): Promise<Standing> {
    const ids = events.map(({ id }) => id);
    const found: RecordedEvent[] = [];
    let end = after;
    for (let page: readonly RecordedEvent[] | undefined; page === undefined || page.length === PAGE; ) {
      const from = (end === 'none' ? 0 : end + 1) as Revision;
      page = await this.readStream(stream, { from, limit: PAGE });
      found.push(...page.filter(({ id }) => ids.includes(id)));
      end = page.at(-1)?.revision ?? end;
    }
    const [first] = found;
    if (!first) return { repeated: undefined, end };
    const last = found.at(-1) ?? first;
    const whole = found.length === ids.length && last.revision - first.revision === ids.length - 1;
    if (!whole || found.some(({ id }, index) => id !== ids[index])) throw new EventIdInUse(first.id);
    return { repeated: { revision: last.revision, position: last.position, duplicate: true }, end };
  }
}

import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { AppendResp, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { LRUCache } from 'lru-cache';
import {
  type AppendResult,
  type Batch,
  type Draft,
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
import { Caller } from './calls.ts';
import { Connection, type EventStoreDbOptions } from './connection.ts';
import { isRetryable } from './failure.ts';
import { EventStoreDbReader } from './reader.ts';
import { asStored, isSystemName, positionOf, type StoredEvent } from './recorded.ts';
import { append, batchAppend, readOfStream } from './requests.ts';

/** How many appends are remembered, to recognise a repeated one that was under way at the same time. */
const ANSWERS = 1_000;
const PAGE = 1_000;
/**
 * When to check first whether an unanswered append is in its stream; each later check waits twice as long. A server
 * drops an append that it is still replicating for another caller, and reports that only after its commit time-out.
 */
const CHECK_AFTER_MS = 100;
/** A larger append has a call of its own: others would have to wait behind it. */
const LARGEST_IN_STREAM = 256 * 1024;
const CONFLICT = 'event_store.client.WrongExpectedVersion';

/** An append that is under way. */
interface UnderWay {
  readonly expected: ExpectedRevision;
  readonly result: Promise<AppendResult>;
}

/** The place of the last event of an append. */
type Written = Pick<AppendResult, 'revision' | 'position'>;

/** Another append came first. */
interface Conflict {
  readonly actual: Revision | 'none';
}

/** Whether events to be appended are in their stream already, and where that ends. */
interface StreamCheck {
  /** The first result of the same append, when it has been made before. */
  readonly repeated: AppendResult | undefined;
  /** Of the stream's last event. */
  readonly end: Revision | 'none';
}

/**
 * The log in an EventStoreDB (24.2 or later, or KurrentDB). Every append names the exact revision it follows: only
 * then does the server always recognise a repeated one. It does not recognise ids further back in a stream, or in
 * another one.
 */
export class EventStoreDbEventStore implements EventStore {
  readonly exclusive = false;
  readonly #connection: Connection;
  readonly #reader: EventStoreDbReader;
  /** The log has reached at least this position; read before the first append. */
  #reached: Position | undefined;
  /** By stream and ids. */
  readonly #underWay = new Map<string, UnderWay>();
  readonly #answered = new LRUCache<Position, true>({ max: ANSWERS });

  /**
   * Connects at the first use.
   * @throws Error the connection string is none, or lacks a user
   */
  constructor(options: EventStoreDbOptions) {
    this.#connection = new Connection(options);
    this.#reader = new EventStoreDbReader(this.#connection);
  }

  /**
   * `any` reads the whole stream first, to find the events where they exist. The same append twice at the same
   * time is made once.
   */
  async append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    const drafts = draft(stream, events);
    refuseSystemName(stream);
    for (const { type } of drafts) refuseSystemName(type);
    if (drafts.length === 0) return this.#appendNothing(stream, expected);
    const key = [stream, ...drafts.map(({ id }) => id)].join();
    for (let concurrent = this.#underWay.get(key); concurrent; concurrent = this.#underWay.get(key)) {
      if (concurrent.expected === expected) return { ...(await concurrent.result), duplicate: true };
      await concurrent.result.catch(() => undefined);
    }
    const result =
      expected === 'any' ? this.#appendToEnd(stream, drafts) : this.#appendAfter(stream, drafts, expected);
    this.#underWay.set(key, { expected, result });
    try {
      return await result;
    } finally {
      this.#underWay.delete(key);
    }
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
    events: readonly Draft[],
    expected: Revision | 'none',
  ): Promise<AppendResult> {
    const result = await this.#write(stream, events, expected);
    if (!('actual' in result)) return result;
    const { repeated } = await this.#checkStream(stream, events, expected);
    if (repeated) return repeated;
    throw new WrongExpectedRevision(stream, expected, result.actual);
  }

  /** After a conflict, the next attempt continues from the former end. */
  async #appendToEnd(stream: string, events: readonly Draft[]): Promise<AppendResult> {
    for (let last: Revision | 'none' = 'none'; ; ) {
      const { repeated, end } = await this.#checkStream(stream, events, last);
      if (repeated) return repeated;
      const result = await this.#write(stream, events, end);
      if (!('actual' in result)) return result;
      last = end;
    }
  }

  async #write(
    stream: string,
    events: readonly Draft[],
    after: Revision | 'none',
  ): Promise<AppendResult | Conflict> {
    const before = this.#reached ?? (await this.#reader.end());
    // A retry uses a call of its own, whose answer is unambiguous.
    let inStream = events.reduce((sum, { bytes }) => sum + bytes, 0) <= LARGEST_IN_STREAM;
    const written = await this.#connection.retry(() => {
      const attempt = this.#attempt(stream, events, after, inStream);
      inStream = false;
      return attempt;
    });
    if ('actual' in written) return written;
    const { revision, position } = written;
    const duplicate = position <= before || this.#answered.has(position);
    this.#answered.set(position, true);
    this.#reached = Math.max(position, this.#reached ?? before) as Position;
    return { revision, position, duplicate };
  }

  /** Resolves with the server's answer, or as soon as the events are found at their revisions. */
  async #attempt(
    stream: string,
    events: readonly Draft[],
    after: Revision | 'none',
    inStream: boolean,
  ): Promise<Written | Conflict> {
    const { promise, resolve, reject } = Promise.withResolvers<Written | Conflict>();
    const caller = new Caller();
    let over = false;
    let timer: NodeJS.Timeout | undefined;
    const checkIn = (ms: number) => {
      timer = setTimeout(async () => {
        // Checks for many waiting appends would make a slow server slower.
        if (caller.isQueued?.(ms)) return checkIn(ms);
        const written = await this.#findWritten(stream, events, after);
        if (written) resolve(written);
        else if (!over) checkIn(2 * ms);
      }, ms);
    };
    checkIn(CHECK_AFTER_MS);
    const answer = inStream
      ? this.#appendInStream(stream, events, after, caller)
      : this.#appendAlone(stream, events, after, caller);
    answer.then(resolve, reject);
    try {
      return await promise;
    } finally {
      over = true;
      clearTimeout(timer);
      caller.leave();
    }
  }

  /** Over the shared stream. Without a clear answer there, or after a refusal, it is made by a call of its own. */
  async #appendInStream(
    stream: string,
    events: readonly Draft[],
    after: Revision | 'none',
    caller: Caller,
  ): Promise<Written | Conflict> {
    const id = crypto.randomUUID();
    try {
      const request = batchAppend(id, stream, events, after);
      const answer = batchResultOf(await this.#connection.appendInStream(request, id, caller));
      if (answer) return answer;
    } catch (error) {
      if (isRetryable(error)) throw error;
    }
    return this.#appendAlone(stream, events, after, caller);
  }

  async #appendAlone(
    stream: string,
    events: readonly Draft[],
    after: Revision | 'none',
    caller: Caller,
  ): Promise<Written | Conflict> {
    return resultOf(stream, await this.#connection.appendOnce(append(stream, events, after), caller));
  }

  /**
   * The position of the events if they follow the revision; `undefined` when they do not, or the stream cannot
   * be read now.
   */
  async #findWritten(
    stream: string,
    events: readonly Draft[],
    after: Revision | 'none',
  ): Promise<Written | undefined> {
    const from = (after === 'none' ? 0 : after + 1) as Revision;
    const request = readOfStream(stream, 'forwards', from, events.length);
    const found = await this.#connection.readOnce(request, asStored).catch((): StoredEvent[] => []);
    const last = found.at(-1);
    const same = events.every(({ id }, index) => found[index]?.getId()?.getString() === id);
    if (!last || !same) return undefined;
    return { revision: (from + events.length - 1) as Revision, position: positionOf(last) };
  }

  /** @throws EventIdInUse only some of the events are in the stream, or they are not consecutive */
  async #checkStream(
    stream: string,
    events: readonly Draft[],
    after: Revision | 'none',
  ): Promise<StreamCheck> {
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

/** @throws RangeError */
function refuseSystemName(name: string): void {
  if (isSystemName(name)) throw new RangeError(`${name} is a name reserved for the event store.`);
}

/** The result of an append. */
function resultOf(stream: string, answer: AppendResp): Written | Conflict {
  const conflict = answer.getWrongExpectedVersion();
  if (conflict) {
    return {
      actual: conflict.hasCurrentRevision() ? (Number(conflict.getCurrentRevision()) as Revision) : 'none',
    };
  }
  const success = answer.getSuccess();
  if (!success?.hasPosition()) throw new EventStoreUnusable(`Stream ${stream} has been deleted.`);
  return {
    revision: Number(success.getCurrentRevision()) as Revision,
    position: positionOf(success.getPosition()),
  };
}

/** The result of an append in the shared stream; `undefined` where it is not clear. */
function batchResultOf(answer: BatchAppendResp): Written | Conflict | undefined {
  const success = answer.getSuccess();
  if (success?.hasPosition()) {
    return {
      revision: Number(success.getCurrentRevision()) as Revision,
      position: positionOf(success.getPosition()),
    };
  }
  const details = answer.getError()?.getDetails();
  if (details?.getTypeName() !== CONFLICT) return undefined;
  const conflict = shared.WrongExpectedVersion.deserializeBinary(details.getValue_asU8());
  if (conflict.hasCurrentNoStream()) return { actual: 'none' };
  const actual = Number(conflict.getCurrentStreamRevision());
  return conflict.hasCurrentStreamRevision() && Number.isSafeInteger(actual)
    ? { actual: actual as Revision }
    : undefined;
}

/** An event's place in its stream, from 0. */
export type Revision = number & { readonly __brand: 'Revision' };

/** An event's place in the whole log. Grows, with gaps: compare positions, never count with them. */
export type Position = number & { readonly __brand: 'Position' };

/** Before the first event of the log. */
export const START = -1 as Position;

/** `any`: no condition; `none`: the stream has never been written; a revision: exactly that one. */
export type ExpectedRevision = Revision | 'none' | 'any';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export interface NewEvent {
  /** A UUID, unique in the store; appending it again to the same stream is the same append. */
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
}

export interface RecordedEvent extends NewEvent {
  readonly stream: string;
  readonly revision: Revision;
  readonly position: Position;
}

export interface AppendResult {
  /** Of the last event appended. */
  readonly revision: Revision;
  readonly position: Position;
  /** The same events were in the stream already; nothing was written now. */
  readonly duplicate: boolean;
}

export interface ReadStreamOptions {
  /** The first revision to read, inclusive; by default the stream's first (or, backwards, last) event. */
  readonly from?: Revision;
  readonly direction?: 'forwards' | 'backwards';
  /** At most this many events; 1,000 by default. */
  readonly limit?: number;
}

export interface ReadAllOptions {
  /** Only events after this position; `START` by default. */
  readonly after?: Position;
  readonly limit?: number;
}

/** Some events in log order, and how far the log has been read. */
export interface Batch {
  readonly events: readonly RecordedEvent[];
  /** Everything up to and including this position has been delivered. */
  readonly position: Position;
  /** There was nothing more in the log when this was read. */
  readonly caughtUp: boolean;
  /** About how much data and metadata the events have, as JSON in UTF-8. */
  readonly bytes: number;
}

export interface SubscribeOptions {
  readonly after: Position;
  /** At most this many events a batch; fewer when they have more than `MAX_BATCH_BYTES`. */
  readonly batchSize: number;
  /** Ends the subscription. */
  readonly signal: AbortSignal;
  /**
   * Whether the subscriber, which waits, moves past a batch at the log's end: then it is not yielded. A reader may yield
   * everything instead.
   */
  readonly passes?: (batch: Batch) => boolean;
}

/** Read access to the log. */
export interface EventReader {
  /** Events of one stream; `[]` when there are none, also for a stream that was never written. */
  readStream(stream: string, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]>;
  /** Events of every stream in log order. */
  readAll(options?: ReadAllOptions): Promise<readonly RecordedEvent[]>;
  /**
   * The log from `after` on and then live, without gap or repeat. Yields an empty caught-up batch when there is
   * nothing to read at first, so that a follower knows that it has caught up. Ends when `signal` aborts; throws when the
   * store fails, and the follower subscribes again from its checkpoint.
   */
  subscribe(options: SubscribeOptions): AsyncIterable<Batch>;
  /** The position of the last event in the log; `START` when it is empty. */
  head(): Promise<Position>;
  close(): Promise<void>;
}

/**
 * The log. An append is atomic, durable when it is answered, and always idempotent by event id.
 */
export interface EventStore extends EventReader {
  /** No other process writes: a stream changes only by this process's appends. */
  readonly exclusive: boolean;
  /**
   * Appends all events or none. Appending none only checks the expected revision: it returns the stream's
   * revision, -1 when it has none, and `START`.
   * @throws WrongExpectedRevision another append came first
   * @throws EventTooLarge an event over 1 MiB
   * @throws EventIdInUse only some of the ids are in this stream; or, where a store checks that, one is in another
   * @throws RangeError the stream's name is empty or longer than 500 characters, an id is no UUID, or some text is
   *   not well-formed
   */
  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<AppendResult>;
}

/** A batch ends with the event that takes it beyond this size, as JSON in UTF-8. */
export const MAX_BATCH_BYTES = 1024 * 1024;

/** The limit of an event's data and metadata, as JSON in UTF-8. */
export const MAX_EVENT_BYTES = 1024 * 1024;

export class WrongExpectedRevision extends Error {
  override readonly name = 'WrongExpectedRevision';
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: Revision | 'none',
  ) {
    super(`Stream ${stream} is at revision ${actual}, not ${expected}.`);
  }
}

export class EventTooLarge extends Error {
  override readonly name = 'EventTooLarge';
  constructor(
    readonly type: string,
    readonly bytes: number,
  ) {
    super(`A ${type} event of ${bytes} bytes is over the limit of ${MAX_EVENT_BYTES}.`);
  }
}

export class EventIdInUse extends Error {
  override readonly name = 'EventIdInUse';
  constructor(readonly id: string) {
    super(`Event id ${id} has been used for another event.`);
  }
}

/** The store cannot answer now; whether an append took effect may be unknown. Retrying it is safe. */
export class EventStoreUnavailable extends Error {
  override readonly name: string = 'EventStoreUnavailable';
}

/** The store has no room for further events; it can still be read. */
export class EventStoreFull extends EventStoreUnavailable {
  override readonly name = 'EventStoreFull';
}

/** The store's files cannot be used: another process owns them, or they are damaged or too new. */
export class EventStoreUnusable extends Error {
  override readonly name: string = 'EventStoreUnusable';
}

import type { AllStreamResolvedEvent, ResolvedEvent, StreamingRead } from '@eventstore/db-client';
import { StreamNotFoundError } from '@eventstore/db-client';
import {
  type Batch,
  type EventReader,
  EventStoreUnusable,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  START,
  type SubscribeOptions,
} from '#event-store';
import { type Connection, noAnswerWithin } from './connection.ts';
import { isOurs, toPlace, toPosition, toRecorded } from './recorded.ts';
import { follow } from './subscription.ts';

const DEFAULT_LIMIT = 1_000;
/** How many events from the end of the log to read for the last that is ours, at first. */
const TAIL = 8;
const WIDEST = 1_024;

/** Reads the log. Its positions are those of our events: nobody is ever told of the store's own ones between them. */
export class EventStoreDbReader implements EventReader {
  readonly #connection: Connection;
  /** Where the log ended when that was last looked up, and the last event of ours then. */
  #tail: { readonly end: Position; readonly head: Position } = { end: START, head: START };

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async readStream(stream: string, options: ReadStreamOptions = {}): Promise<readonly RecordedEvent[]> {
    const { direction = 'forwards', limit: maxCount = DEFAULT_LIMIT } = options;
    const fromRevision =
      options.from === undefined ? (direction === 'forwards' ? 'start' : 'end') : BigInt(options.from);
    const found = await this.#collect<ResolvedEvent>(({ client, options: call }) =>
      client.readStream(stream, { ...call, direction, fromRevision, maxCount }),
    ).catch((error: unknown) => {
      if (error instanceof StreamNotFoundError) return [];
      throw error;
    });
    return found.flatMap(({ event }) => (event ? [toRecorded(event)] : []));
  }

  async readAll({
    after = START,
    limit = DEFAULT_LIMIT,
  }: ReadAllOptions = {}): Promise<readonly RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    let from = after;
    // The first of a page is the last of the one before.
    for (let count = limit + 1; events.length < limit; count = wider(count)) {
      const page = await this.#readLog('forwards', toPlace(from), count);
      for (const { event } of page) {
        if (event && isOurs(event) && toPosition(event.position) > from) events.push(toRecorded(event));
      }
      if (page.length < count) break;
      from = lastPositionOf(page) ?? from;
    }
    return events.slice(0, limit);
  }

  async *subscribe(options: SubscribeOptions): AsyncGenerator<Batch> {
    const { after } = options;
    if (after > (await this.head())) {
      throw new EventStoreUnusable(`The log ends before ${after}: it is older than what was read from it.`);
    }
    yield* follow(this.#connection, options);
  }

  async head(): Promise<Position> {
    let end: Position | undefined;
    let from: ReturnType<typeof toPlace> | 'end' = 'end';
    for (let count = TAIL; ; count = wider(count)) {
      const page = await this.#readLog('backwards', from, count);
      for (const { event } of page) {
        if (!event) continue;
        const position = toPosition(event.position);
        end ??= position;
        if (isOurs(event)) return this.#keepTail(end, position);
        if (position === this.#tail.end) return this.#keepTail(end, this.#tail.head);
      }
      if (page.length < count) return this.#keepTail(end ?? START, START);
      from = toPlace(lastPositionOf(page) ?? START);
    }
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  /** Spares the next look for the head those events of the store itself that have been passed. */
  #keepTail(end: Position, head: Position): Position {
    this.#tail = { end, head };
    return head;
  }

  #readLog(
    direction: 'forwards' | 'backwards',
    fromPosition: ReturnType<typeof toPlace> | 'end',
    maxCount: number,
  ) {
    return this.#collect<AllStreamResolvedEvent>(({ client, options }) =>
      client.readAll({ ...options, direction, fromPosition, maxCount }),
    );
  }

  #collect<Event>(read: (connection: Connection) => StreamingRead<Event>): Promise<Event[]> {
    const { answerMs } = this.#connection;
    return this.#connection.ask(() => collect(read(this.#connection), answerMs));
  }
}

/** How many events to read after as many in which too few were ours. */
function wider(count: number): number {
  return Math.max(count, Math.min(4 * count, WIDEST));
}

function lastPositionOf(page: readonly AllStreamResolvedEvent[]): Position | undefined {
  const event = page.at(-1)?.event;
  return event && toPosition(event.position);
}

/** @throws EventStoreUnavailable nothing has come for `answerMs` */
async function collect<Event>(reading: StreamingRead<Event>, answerMs: number): Promise<Event[]> {
  const found: Event[] = [];
  const timer = setTimeout(() => reading.destroy(noAnswerWithin(answerMs)), answerMs);
  // It may fail once more when nobody reads it any longer.
  reading.on('error', () => undefined);
  try {
    for await (const one of reading) {
      found.push(one as Event);
      timer.refresh();
    }
    return found;
  } catch (error) {
    reading.cancel().catch(() => undefined);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
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
import { CoalescedCall } from './coalesced-call.ts';
import type { Connection } from './connection.ts';
import { asStored, isOurs, positionOf, type StoredEvent, toRecorded } from './recorded.ts';
import { readOfEnd, readOfLog, readOfStream } from './requests.ts';
import { follow } from './subscription.ts';

const DEFAULT_LIMIT = 1_000;
/** The largest page while pages hold events that are not ours. */
const MAX_PAGE = 1_024;

/** Reads the log. Its positions are those of our events; the server's own events between them are never exposed. */
export class EventStoreDbReader implements EventReader {
  readonly #connection: Connection;
  readonly #head = new CoalescedCall(() => this.#readHead());
  readonly #end = new CoalescedCall(() => this.#readEnd());

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async readStream(stream: string, options: ReadStreamOptions = {}): Promise<readonly RecordedEvent[]> {
    const { from, direction = 'forwards', limit = DEFAULT_LIMIT } = options;
    const request = readOfStream(stream, direction, from, limit);
    return this.#connection.read(request, (event) => toRecorded(event, stream));
  }

  async readAll({
    after = START,
    limit = DEFAULT_LIMIT,
  }: ReadAllOptions = {}): Promise<readonly RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    let from = after;
    // The first of a page is the last of the one before.
    for (let count = limit + 1; events.length < limit; count = nextPageSize(count)) {
      const page = await this.#read(readOfLog(from, count), count);
      for (const event of page) {
        if (isOurs(event) && positionOf(event) > from) events.push(toRecorded(event));
      }
      if (page.length < count) break;
      from = positionOf(page.at(-1));
    }
    return events.slice(0, limit);
  }

  async *subscribe(options: SubscribeOptions): AsyncGenerator<Batch> {
    const { after } = options;
    if (after > (await this.end())) {
      throw new EventStoreUnusable(`The log ends before ${after}: it is older than what was read from it.`);
    }
    yield* follow(this.#connection, options);
  }

  head(): Promise<Position> {
    return this.#head.run();
  }

  /** The position of the last event in the log, including system events. */
  end(): Promise<Position> {
    return this.#end.run();
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  /** Reads a single event, and more only where the last ones are not ours. */
  async #readHead(): Promise<Position> {
    let before: Position | 'end' = 'end';
    for (let count = 1; ; count = nextPageSize(count)) {
      const page = await this.#read(readOfEnd(before, count, 'without-system'), count);
      const last = page.find(isOurs);
      if (last) return positionOf(last);
      if (page.length < count) return START;
      before = positionOf(page.at(-1));
    }
  }

  async #readEnd(): Promise<Position> {
    const [last] = await this.#read(readOfEnd('end', 1, 'with-system'));
    return last ? positionOf(last) : START;
  }

  #read(request: ReadReq, enough?: number): Promise<StoredEvent[]> {
    return this.#connection.read(request, asStored, enough);
  }
}

/** The size of the next page after one in which too few events were ours. */
function nextPageSize(count: number): number {
  return Math.max(count, Math.min(4 * count, MAX_PAGE));
}

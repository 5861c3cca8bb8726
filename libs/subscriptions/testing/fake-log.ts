import type { Recorded } from '#contracts';
import type { Batch, EventReader, Position, RecordedEvent, Revision, SubscribeOptions } from '#event-store';
import { PositionSignal, START } from '#event-store';

/** What a test event says; its type is none of Tessera's. */
export interface TestEvent {
  readonly stream: string;
  readonly type: string;
  readonly data: RecordedEvent['data'];
}

/** Positions have gaps, as those of a store may. */
const STEP = 3;

/** A log in memory, which can be told to fail. */
export class FakeLog implements EventReader {
  readonly #events: RecordedEvent[] = [];
  readonly #failures: Error[] = [];
  readonly #grown = new PositionSignal();
  /** How often it has been subscribed to. */
  subscriptions = 0;

  append(...events: readonly TestEvent[]): Position {
    for (const event of events) {
      const index = this.#events.length;
      const revision = this.#events.filter(({ stream }) => stream === event.stream).length as Revision;
      const position = (index * STEP) as Position;
      this.#events.push({ ...event, id: `event-${index}`, revision, position, metadata: { at: AT } });
    }
    this.#grown.advance(this.#head());
    return this.#head();
  }

  /** The next subscriptions end with these errors, one each. */
  fail(...errors: readonly Error[]): void {
    this.#failures.push(...errors);
  }

  async readStream(
    stream: string,
    { from = 0 as Revision, limit = 1_000 } = {},
  ): Promise<readonly RecordedEvent[]> {
    return this.#events.filter((event) => event.stream === stream && event.revision >= from).slice(0, limit);
  }

  async readAll({ after = START, limit = 1_000 } = {}): Promise<readonly RecordedEvent[]> {
    return this.#events.filter(({ position }) => position > after).slice(0, limit);
  }

  async head(): Promise<Position> {
    return this.#head();
  }

  async *subscribe({ after, batchSize, signal }: SubscribeOptions): AsyncIterable<Batch> {
    this.subscriptions += 1;
    const failure = this.#failures.shift();
    if (failure) throw failure;
    for (let position = after; !signal.aborted; ) {
      const events = await this.readAll({ after: position, limit: batchSize });
      position = events.at(-1)?.position ?? position;
      const caughtUp = position === this.#head();
      yield { events, position, caughtUp };
      if (caughtUp) await this.#grown.waitBeyond(position, { signal });
    }
  }

  async close(): Promise<void> {}

  #head(): Position {
    return this.#events.at(-1)?.position ?? START;
  }
}

/** When every test event happened. */
export const AT = '2026-03-01T09:00:00.000Z';

/** The test events as they are, for an engine that knows no others. */
export function asRecorded(event: RecordedEvent): Recorded {
  return event as unknown as Recorded;
}

import { setTimeout as delay } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import {
  type Batch,
  type EventReader,
  EventStoreUnavailable,
  MAX_BATCH_BYTES,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type SubscribeOptions,
} from '#event-store';

/** How many batches, and how many bytes of data in all, are kept for followers that come a little later. */
const PAGES = 256;
const KEPT_BYTES = 4 * 1024 * 1024;

/** After this many events more are likely to follow: the next batch is read this much later, with all of them. */
const MANY = 10;
const COLLECT_MS = 25;

/** One subscription to the underlying log, positioned at the end of the last batch taken from it. */
interface Feed {
  readonly batches: AsyncIterator<Batch>;
  readonly ended: AbortController;
  /** That batch ended at the end of the log. */
  caughtUp: boolean;
  /** When to read on. */
  next: number;
}

/** A batch that is being read, or has been. */
interface Page {
  /** Once it has been. */
  readonly read?: Batch;
  /** Those that wait for it. */
  readonly waiters: Waiter[];
  /** Its events are not written yet. */
  readonly awaited: boolean;
}

/** A subscriber that waits for a batch. */
interface Waiter {
  readonly signal: AbortSignal;
  readonly passes: (batch: Batch) => boolean;
  readonly resolve: (batch: Batch) => void;
  readonly reject: (error: unknown) => void;
}

export interface SharedReaderOptions {
  /** About how many bytes of data are kept for followers that come a little later. */
  readonly keptBytes?: number;
}

/**
 * The log for several followers that read it side by side: each batch is read once for all followers that ask for it
 * with the same batch size; who comes later gets everything that has been read by then at once. One that falls far
 * behind reads separately until it has caught up. Those that pass over what has been read go on waiting, in the same turn.
 */
export class SharedReader implements EventReader {
  readonly #inner: EventReader;
  /** By the place where they begin. */
  readonly #pages: LRUCache<string, Page>;
  /** By the position where they continue. */
  readonly #idle = new Map<string, Feed>();
  readonly #busy = new Set<Feed>();
  #subscribers = 0;

  constructor(inner: EventReader, { keptBytes = KEPT_BYTES }: SharedReaderOptions = {}) {
    this.#inner = inner;
    this.#pages = new LRUCache({
      max: PAGES,
      maxSize: keptBytes,
      sizeCalculation: ({ read }) => 1 + (read?.bytes ?? 0),
    });
  }

  /** The reader itself where it is shared already: nesting would keep everything twice. */
  static over(reader: EventReader): SharedReader {
    return reader instanceof SharedReader ? reader : new SharedReader(reader);
  }

  /** How many bytes of data the batches have that are kept. */
  get keptBytes(): number {
    return Array.from(this.#pages.values(), ({ read }) => read?.bytes ?? 0).reduce((a, b) => a + b, 0);
  }

  readStream(stream: string, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    return this.#inner.readStream(stream, options);
  }

  readAll(options?: ReadAllOptions): Promise<readonly RecordedEvent[]> {
    return this.#inner.readAll(options);
  }

  head(): Promise<Position> {
    return this.#inner.head();
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  async *subscribe({
    after,
    batchSize,
    signal,
    passes = () => false,
  }: SubscribeOptions): AsyncGenerator<Batch> {
    this.#subscribers += 1;
    const wait = new AbortableWait(signal);
    try {
      let position = after;
      let caughtUp = false;
      // That it has caught up must be reported to it first.
      const mayPass = (batch: Batch) => caughtUp && passes(batch);
      while (!signal.aborted) {
        const { read, awaited, waiters } = this.#page(position, batchSize);
        // Where others wait already, this subscriber has caught up too, which must be reported.
        const first: Batch | undefined = awaited && !caughtUp ? nothingMore(position) : read;
        const batch: Batch | undefined = first
          ? this.#withLater(first, batchSize)
          : await wait.for((resolve, reject) => waiters.push({ signal, passes: mayPass, resolve, reject }));
        if (batch === undefined) return;
        ({ position, caughtUp } = batch);
        yield batch;
      }
    } finally {
      wait.end();
      this.#subscribers -= 1;
      this.#trim();
    }
  }

  /** The batch with those after it that have been read already. */
  #withLater(first: Batch, batchSize: number): Batch {
    const batches = [first];
    let { bytes, position } = first;
    let { length } = first.events;
    while (bytes <= MAX_BATCH_BYTES) {
      const next = this.#pages.get(placeOf(position, batchSize))?.read;
      if (next === undefined || length + next.events.length > batchSize) break;
      batches.push(next);
      bytes += next.bytes;
      length += next.events.length;
      ({ position } = next);
    }
    const last = batches.at(-1) as Batch;
    const caughtUp = last.caughtUp && this.#isEnd(placeOf(position, batchSize));
    if (last === first && caughtUp === first.caughtUp) return first;
    return { events: batches.flatMap(({ events }) => events), bytes, position, caughtUp };
  }

  /** Whether nothing has been read from this place on: a batch that ended here is kept when more has come, too. */
  #isEnd(place: string): boolean {
    return this.#idle.has(place) || this.#pages.get(place)?.awaited === true;
  }

  #page(position: Position, batchSize: number): Page {
    const place = placeOf(position, batchSize);
    const known = this.#pages.get(place);
    if (known) return known;
    const feed = this.#idle.get(place) ?? this.#open(position, batchSize);
    this.#idle.delete(place);
    this.#busy.add(feed);
    const page: Page = { waiters: [], awaited: feed.caughtUp };
    this.#pages.set(place, page);
    this.#read(feed, page, place, batchSize).then(
      (batch) => this.#distribute(batch, page.waiters, batchSize),
      (error) => {
        for (const { reject } of page.waiters) reject(error);
      },
    );
    return page;
  }

  /** Gives the batch to those that wait for it; those that pass over it wait for the next one. */
  #distribute(first: Batch, waiters: readonly Waiter[], batchSize: number): void {
    const batch = this.#withLater(first, batchSize);
    for (const waiter of waiters) {
      if (waiter.signal.aborted) continue;
      if (!batch.caughtUp || !waiter.passes(batch)) waiter.resolve(batch);
      else this.#page(batch.position, batchSize).waiters.push(waiter);
    }
  }

  #open(after: Position, batchSize: number): Feed {
    const ended = new AbortController();
    const subscription = this.#inner.subscribe({ after, batchSize, signal: ended.signal });
    return { batches: subscription[Symbol.asyncIterator](), ended, caughtUp: false, next: 0 };
  }

  async #read(feed: Feed, page: Page, place: string, batchSize: number): Promise<Batch> {
    try {
      const pause = feed.next - performance.now();
      if (pause > 0) await delay(pause);
      const { done, value: batch } = await feed.batches.next();
      if (done) throw new EventStoreUnavailable('The subscription ended.');
      const next = placeOf(batch.position, batchSize);
      feed.caughtUp = batch.caughtUp;
      feed.next = batch.caughtUp && batch.events.length >= MANY ? performance.now() + COLLECT_MS : 0;
      // Nothing has been read: the next call waits for new events.
      if (next === place) this.#pages.delete(place);
      // A new object: the cache does not weigh the same one again.
      else if (this.#pages.peek(place) === page) {
        this.#pages.set(place, { ...page, read: batch, awaited: false });
      }
      if (this.#idle.has(next)) end(feed);
      else this.#idle.set(next, feed);
      return batch;
    } catch (error) {
      this.#pages.delete(place);
      throw error;
    } finally {
      this.#busy.delete(feed);
      this.#trim();
    }
  }

  /** Ends the feeds that have no follower. */
  #trim(): void {
    for (const [place, feed] of this.#idle) {
      if (this.#idle.size + this.#busy.size <= this.#subscribers) return;
      this.#idle.delete(place);
      end(feed);
    }
    if (this.#subscribers === 0) for (const feed of this.#busy) end(feed);
  }
}

function end({ ended, batches }: Feed): void {
  ended.abort();
  // Closes the abandoned subscription; its failure affects no subscriber.
  batches.return?.().catch(() => undefined);
}

function placeOf(position: Position, batchSize: number): string {
  return `${position}/${batchSize}`;
}

function nothingMore(position: Position): Batch {
  return { events: [], position, caughtUp: true, bytes: 0 };
}

/** Waits for one thing after the other, and no longer once `signal` aborts; it listens to that once for all of them. */
class AbortableWait {
  #giveUp: (() => void) | undefined;
  readonly #signal: AbortSignal;
  readonly #abort = () => this.#giveUp?.();

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', this.#abort);
  }

  /** `undefined` as soon as the signal aborts. */
  for<Result>(
    begin: (resolve: (result: Result) => void, reject: (error: unknown) => void) => void,
  ): Promise<Result | undefined> {
    return new Promise((resolve, reject) => {
      this.#giveUp = () => resolve(undefined);
      begin(resolve, reject);
    });
  }

  end(): void {
    this.#signal.removeEventListener('abort', this.#abort);
  }
}

import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Batch,
  type EventReader,
  EventStoreUnavailable,
  MAX_BATCH_BYTES,
  type Position,
  START,
} from '#event-store';
import { SharedReader } from './shared-reader.ts';
import { MemoryLog, type TestEvent } from './testing/memory-log.ts';

const noted = (index: number): TestEvent => ({ stream: 'a', type: 'Noted', data: { index } });

const large = (bytes: number): TestEvent => ({
  stream: 'a',
  type: 'Noted',
  data: { text: 'x'.repeat(bytes) },
});

/** Until the others have had their turn. */
const turn = () => new Promise(setImmediate);

/** What a subscriber received until it stopped. */
interface Taken {
  readonly batches: readonly Batch[];
  readonly ids: readonly string[];
}

/** Follows the log until it has passed `until`, waiting some turns after each batch. */
async function take(
  reader: EventReader,
  {
    after = START,
    until,
    batchSize = 10,
    turns = 0,
  }: { after?: Position; until: Position; batchSize?: number; turns?: number },
): Promise<Taken> {
  const controller = new AbortController();
  const batches: Batch[] = [];
  let position = after;
  while (!controller.signal.aborted) {
    try {
      for await (const batch of reader.subscribe({ after: position, batchSize, signal: controller.signal })) {
        batches.push(batch);
        position = batch.position;
        if (position >= until) controller.abort();
        for (let passed = 0; passed < turns; passed += 1) await turn();
      }
    } catch (error) {
      if (!(error instanceof EventStoreUnavailable)) throw error;
    }
  }
  return { batches, ids: batches.flatMap(({ events }) => events.map(({ id }) => id)) };
}

/** A log that counts the batches taken from it, and fails where `fates` says so. */
class CountedLog extends MemoryLog {
  taken = 0;
  open = 0;
  fates: boolean[] = [];

  override async *subscribe(options: Parameters<MemoryLog['subscribe']>[0]): AsyncIterable<Batch> {
    this.open += 1;
    try {
      for await (const batch of super.subscribe(options)) {
        this.taken += 1;
        if (this.fates.shift() === false) throw new EventStoreUnavailable('cut');
        yield batch;
      }
    } finally {
      this.open -= 1;
    }
  }
}

describe('a shared reader', () => {
  let log: CountedLog;
  let shared: SharedReader;

  beforeEach(() => {
    log = new CountedLog();
    shared = new SharedReader(log);
  });

  /** A subscriber from a position on, and what ends it. */
  function subscriber(after = START) {
    const controller = new AbortController();
    const subscription = shared.subscribe({ after, batchSize: 10, signal: controller.signal });
    return { subscription, end: () => controller.abort() };
  }

  /** Lets the subscriber read each of these events by itself; the position of the last one. */
  async function readEach({ subscription }: ReturnType<typeof subscriber>, ...events: readonly TestEvent[]) {
    await subscription.next();
    let head = START;
    for (const event of events) {
      head = log.record(event);
      await subscription.next();
    }
    return head;
  }

  it('gives each subscriber everything from its position on, in order, once, whatever the others do', async () => {
    const anySubscriber = fc.record({
      from: fc.integer({ min: 0, max: 30 }),
      batchSize: fc.constantFrom(1, 3, 7),
      turns: fc.integer({ min: 0, max: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(anySubscriber, { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.boolean(), { maxLength: 8 }),
        async (subscribers, lots, fates) => {
          log = new CountedLog();
          shared = new SharedReader(log);
          log.record(...Array.from({ length: 31 }, (_, index) => noted(index)));
          const all = await log.readAll({ after: START, limit: 1_000 });
          const total = 31 + lots.reduce((sum, lot) => sum + lot, 0);
          const until = ((total - 1) * 3) as Position;
          log.fates = [...fates];
          const takers = subscribers.map(({ from, batchSize, turns }) =>
            take(shared, { after: all[from]?.position, until, batchSize, turns }),
          );
          for (const lot of lots) {
            await turn();
            log.record(...Array.from({ length: lot }, (_, index) => noted(index)));
          }
          const ids = (await log.readAll({ limit: 1_000 })).map(({ id }) => id);
          for (const [index, taken] of (await Promise.all(takers)).entries()) {
            expect(taken.ids).toStrictEqual(ids.slice((subscribers[index]?.from ?? 0) + 1));
          }
          // Nobody follows, so nothing is held open.
          await turn();
          expect(log.open).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('reads once for all subscribers at the same position', async () => {
    const until = log.record(...Array.from({ length: 95 }, (_, index) => noted(index)));
    const takers = await Promise.all([1, 2, 3, 4, 5].map(() => take(shared, { until })));
    expect(log.taken).toBe(10);
    for (const { ids } of takers) expect(ids).toHaveLength(95);
    expect(takers[1]?.batches[3]).toBe(takers[0]?.batches[3]);
  });

  it('gives one who comes later everything that has been read by then at once, and reads none of it again', async () => {
    const first = subscriber();
    const head = await readEach(first, ...Array.from({ length: 25 }, (_, index) => noted(index)));
    const read = log.taken;
    const { batches } = await take(shared, { until: head });
    expect(batches.map(({ events }) => events.length)).toStrictEqual([10, 10, 5]);
    expect(log.taken).toBe(read);
    first.end();
    await first.subscription.return(undefined);
  });

  it('does not report to one who comes later that it has caught up where the log ended once', async () => {
    const first = subscriber();
    const head = await readEach(first, ...Array.from({ length: 25 }, (_, index) => noted(index)));
    const { batches } = await take(shared, { until: head });
    expect(batches.map(({ caughtUp }) => caughtUp)).toStrictEqual([false, false, true]);
    first.end();
    await first.subscription.return(undefined);
  });

  it('keeps so many bytes of the log, whatever number of events they are', async () => {
    shared = new SharedReader(log, { keptBytes: 100_000 });
    const until = log.record(...Array.from({ length: 40 }, () => large(10_000)));
    await take(shared, { until, batchSize: 1 });
    expect(shared.keptBytes).toBeGreaterThan(80_000);
    expect(shared.keptBytes).toBeLessThanOrEqual(100_000);
    const read = log.taken;
    await take(shared, { after: (until - 5 * 3) as Position, until, batchSize: 1 });
    expect(log.taken).toBe(read);
  });

  it('joins no more of what has been read than a batch may have', async () => {
    const first = subscriber();
    const head = await readEach(first, ...Array.from({ length: 8 }, () => large(MAX_BATCH_BYTES / 4)));
    const { batches } = await take(shared, { until: head });
    expect(batches.map(({ events }) => events.length)).toStrictEqual([4, 4]);
    expect(batches.map(({ bytes }) => bytes > MAX_BATCH_BYTES)).toStrictEqual([true, true]);
    first.end();
    await first.subscription.return(undefined);
  });

  it('is not put over another one, which would keep everything twice', () => {
    expect(SharedReader.over(shared)).toBe(shared);
  });

  it('lets a batch fill while many events come, and reads a lone one at once', async () => {
    const until = ((20 + 100 - 1) * 3) as Position;
    const taker = take(shared, { until, batchSize: 1_000 });
    await turn();
    log.record(...Array.from({ length: 20 }, (_, index) => noted(index)));
    for (let index = 0; index < 100; index += 1) {
      await turn();
      log.record(noted(index));
    }
    const { batches, ids } = await taker;
    expect(ids).toHaveLength(120);
    // Each event by itself, were it not for that.
    expect(batches.length).toBeLessThan(50);

    const lone = take(shared, { after: until, until: (until + 30) as Position, batchSize: 1_000 });
    for (let index = 0; index < 10; index += 1) {
      await turn();
      log.record(noted(index));
    }
    expect((await lone).batches.length).toBeGreaterThan(5);
  });

  it('reports to each that it has caught up, also to one that subscribes while others wait', async () => {
    const head = log.record(noted(1));
    const later = (head + 3) as Position;
    const first = take(shared, { until: later });
    await turn();
    const { subscription: second, end } = subscriber(head);
    expect((await second.next()).value).toStrictEqual({
      events: [],
      position: head,
      caughtUp: true,
      bytes: 0,
    });
    const waiting = second.next();
    log.record(noted(2));
    expect((await waiting).value).toMatchObject({ position: later, caughtUp: true });
    end();
    expect(await second.next()).toStrictEqual({ done: true, value: undefined });
    expect((await first).ids).toHaveLength(2);
  });

  it('ends one subscription without the others', async () => {
    const { subscription: leaver, end } = subscriber();
    await leaver.next();
    const leaving = leaver.next();
    const stayer = take(shared, { until: 0 as Position });
    await turn();
    end();
    expect(await leaving).toStrictEqual({ done: true, value: undefined });
    log.record(noted(1));
    expect((await stayer).ids).toHaveLength(1);
  });

  it('does not report to a later subscriber that it has caught up where others had to wait', async () => {
    const head = log.record(noted(1));
    const first = take(shared, { until: (head + 6) as Position });
    await turn();
    log.record(noted(2));
    await turn();
    const { batches } = await take(shared, { after: head, until: (head + 3) as Position });
    expect(batches.map(({ events }) => events.length)).toStrictEqual([1]);
    log.record(noted(3));
    await first;
  });

  it('does not wake a subscriber that passes over what has been read, and goes on from there', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const seen: number[] = [];
    const passes = (batch: Batch) => {
      seen.push(batch.position);
      return batch.position !== 6;
    };
    const subscription = shared.subscribe({ after: START, batchSize: 10, signal, passes });
    await subscription.next();
    const waiting = subscription.next();
    const other = take(shared, { until: 9 as Position });
    for (let index = 0; index < 3; index += 1) {
      await turn();
      log.record(noted(index));
    }
    expect((await waiting).value).toMatchObject({ position: 6, events: [{ data: { index: 2 } }] });
    expect(seen).toStrictEqual([0, 3, 6]);
    const last = subscription.next();
    controller.abort();
    expect(await last).toStrictEqual({ done: true, value: undefined });
    log.record(noted(3));
    expect((await other).ids).toHaveLength(4);
    expect(seen).toStrictEqual([0, 3, 6]);
    await turn();
    expect(log.open).toBe(0);
  });

  it('keeps nothing open for ended subscriptions', async () => {
    const { subscription, end } = subscriber();
    await subscription.next();
    const waiting = subscription.next();
    await turn();
    expect(log.open).toBe(1);
    end();
    await waiting;
    await turn();
    expect(log.open).toBe(0);
  });
});

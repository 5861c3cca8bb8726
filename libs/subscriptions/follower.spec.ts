import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { EventStoreUnavailable, type Position, START } from '#event-store';
import type { CollectionDefinition, Document, Write } from '#view-store';
import { until } from '../../test/tooling/until.ts';
import { Follower, type FollowerOptions } from './follower.ts';
import type { Delivery, Handler } from './handler.ts';
import { listParked } from './parking.ts';
import { follow } from './reaction.ts';
import { fixture } from './testing/fixture.ts';
import type { TestEvent } from './testing/memory-log.ts';

const NAME = 'ledger';

interface Entry extends Document {
  readonly amount: number;
}

const entries: CollectionDefinition<Entry> = { name: 'entries', indexes: { all: ({ amount }) => [amount] } };

const noted = (stream: string, amount: number): TestEvent => ({ stream, type: 'Noted', data: { amount } });

describe('a follower', () => {
  let world: ReturnType<typeof fixture>;
  let started: Follower[];
  /** What its handler was given. */
  let delivered: Delivery[];

  beforeEach(() => {
    world = fixture(NAME);
    started = [];
    delivered = [];
  });
  afterEach(async () => {
    await Promise.all(started.map((follower) => follower.stop()));
    await world.views.close();
  });

  const start = (options: Partial<FollowerOptions> = {}): Follower => {
    const handler: Handler = {
      handle: async (delivery) => {
        delivered.push(delivery);
        return { writes: [] };
      },
    };
    const follower = new Follower({ ...world.options, handler, ...options });
    started.push(follower);
    follower.start();
    return follower;
  };

  const reached = async (position: Position) => {
    expect(await world.views.waitFor(NAME, position, 120_000)).toBe(true);
  };

  const amounts = () => delivered.flatMap(({ events }) => events.map(amountOf));

  it('delivers stored and new events, in order, once, and moves its checkpoint', async () => {
    await reached(START);
    const head = world.reader.record(noted('a', 1), noted('b', 2), noted('a', 3));
    const follower = start();
    await reached(head);
    await reached(world.reader.record(noted('c', 4)));
    await reached(world.reader.record(noted('a', 5), noted('b', 6)));
    expect(amounts()).toStrictEqual([1, 2, 3, 4, 5, 6]);
    expect(await follower.status()).toMatchObject({ state: 'live', lag: 0, lagMs: 0, failures: 0 });
  });

  it('fences off earlier owners before it reads its checkpoint', async () => {
    const { promise: looked, resolve } = Promise.withResolvers<readonly unknown[]>();
    const fence = jest.spyOn(world.views, 'fence');
    jest.spyOn(world.views, 'checkpoint').mockImplementationOnce(async () => {
      resolve([...fence.mock.calls]);
      return START;
    });
    start({ term: 2 });
    expect(await looked).toStrictEqual([[NAME, 2]]);
  });

  it('stops when it is fenced off itself, and parks nothing', async () => {
    const { promise: lost, resolve } = Promise.withResolvers<void>();
    const follower = start({ term: 1, lost: resolve });
    const head = world.reader.record(noted('a', 1));
    await reached(head);
    await world.views.fence(NAME, 2);
    world.reader.record(noted('a', 2));
    await lost;
    await follower.stop();
    expect(world.sleeps).toStrictEqual([]);
    expect(await world.views.checkpoint(NAME)).toBe(head);
    expect(await listParked(world.views, NAME)).toStrictEqual([]);
    await expect(follower.retryParked('a')).rejects.toThrow('is not running');
  });

  it('continues from its checkpoint when it is started again', async () => {
    const first = start();
    await reached(world.reader.record(noted('a', 1)));
    await first.stop();
    expect((await first.status()).state).toBe('stopped');
    const head = world.reader.record(noted('a', 2));
    start();
    await reached(head);
    expect(amounts()).toStrictEqual([1, 2]);
  });

  it('moves on at the end of the log without its handler where nothing is for it', async () => {
    const follower = start({ handles: ['ShareApproved'] });
    await reached(world.reader.record(noted('a', 1)));
    const before = delivered.length;
    await reached(world.reader.record(noted('a', 2)));
    await reached(world.reader.record(noted('b', 3)));
    expect(delivered).toHaveLength(before);
    await reached(world.reader.record({ ...noted('a', 4), type: 'ShareApproved' }));
    expect(amounts()).toStrictEqual([4]);
    expect(await follower.status()).toMatchObject({ state: 'live', lag: 0 });
  });

  it('delivers only the types it handles, and skips others', async () => {
    start({ handles: ['ShareApproved'] });
    await reached(
      world.reader.record(noted('a', 1), { ...noted('a', 2), type: 'ShareApproved' }, noted('a', 3)),
    );
    expect(amounts()).toStrictEqual([2]);
  });

  it('waits for more where nothing comes of many events, and not where something does, or of a few', async () => {
    const many = () => Array.from({ length: 10 }, (_, index) => noted('a', index));
    const writing: Handler = {
      handle: async () => ({ writes: [{ collection: entries, id: 'a', document: { id: 'a', amount: 1 } }] }),
    };
    const first = start({ handler: writing });
    await reached(world.reader.record(...many()));
    await reached(world.reader.record(...many()));
    await first.stop();
    start();
    for (let times = 0; times < 5; times += 1) await reached(world.reader.record(noted('b', times)));
    expect(world.sleeps).toStrictEqual([]);
    await reached(world.reader.record(...many()));
    await reached(world.reader.record(noted('b', 5)));
    expect(world.sleeps).toStrictEqual([50]);
  });

  it('gathers events at the end of the log until a reader waits for them', async () => {
    const all: number[] = [];
    const other: Handler = {
      handle: async ({ events }) => {
        all.push(...events.map(amountOf));
        return { writes: [] };
      },
    };
    start({ gatherMs: 3_600_000 });
    start({ name: 'other', handler: other });
    await until(() => delivered.length === 1);
    for (const amount of [1, 2, 3]) {
      world.reader.record(noted('a', amount));
      await until(() => all.includes(amount));
    }
    await reached(await world.reader.head());
    expect(delivered.slice(1).map(({ events }) => events.map(amountOf))).toStrictEqual([[1, 2, 3]]);
    await reached(world.reader.record(noted('a', 4)));
    expect(amounts()).toStrictEqual([1, 2, 3, 4]);
  });

  it('does not gather events for readers that are not known', async () => {
    start({ name: 'other', gatherMs: 3_600_000 });
    for (const amount of [1, 2, 3]) {
      world.reader.record(noted('a', amount));
      await until(() => amounts().includes(amount));
    }
  });

  it('uses large batches while catching up and small ones when live', async () => {
    const events = Array.from({ length: 25 }, (_, index) => noted('a', index));
    const head = world.reader.record(...events);
    start({ batchSizes: { live: 3, catchingUp: 10 } });
    await reached(head);
    expect(delivered.map(({ events }) => events.length)).toStrictEqual([10, 10, 3, 2]);
    expect(delivered.map(({ more }) => more)).toStrictEqual([true, true, true, false]);
    expect(delivered.at(-1)?.to).toBe(head);
    expect(amounts()).toStrictEqual(events.map(({ data }) => data.amount));
  });

  it('subscribes again after every error, with back-off, and resets the count after progress', async () => {
    world.reader.fail(new EventStoreUnavailable('down'), new Error('odd'), new EventStoreUnavailable('down'));
    const head = world.reader.record(noted('a', 1));
    const follower = start();
    await reached(head);
    expect(world.sleeps).toStrictEqual([100, 200, 400]);
    expect(await follower.status()).toMatchObject({ failures: 0, lastError: undefined });
    expect(world.log.warn).toHaveBeenCalledTimes(3);
  });

  it('reports its error and lag while it cannot continue', async () => {
    world.reader.record(noted('a', 1), noted('a', 2));
    world.reader.fail(new EventStoreUnavailable('the log is down'));
    const { promise: asleep, resolve: fallAsleep } = Promise.withResolvers<void>();
    const follower = start({
      pauses: {
        ...world.options.pauses,
        sleep: (_, signal) => {
          fallAsleep();
          return new Promise((wake) => signal.addEventListener('abort', () => wake()));
        },
      },
    });
    await asleep;
    expect(await follower.status()).toStrictEqual({
      name: NAME,
      state: 'backing-off',
      position: START,
      head: 3,
      lag: 4,
      lagMs: 0,
      failures: 1,
      lastError: 'the log is down',
      parkedStreams: 0,
    });
  });

  it('measures its lag by the last event it has handled', async () => {
    const head = world.reader.record(noted('a', 1));
    const follower = start({ clock: { now: () => '2026-03-01T09:00:01.500Z' } });
    await reached(head);
    follower.pause();
    world.reader.record(noted('a', 2));
    expect(await follower.status()).toMatchObject({ lag: 3, lagMs: 1_500 });
  });

  it('stops after the current batch, and not before', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const { promise: busy, resolve: begin } = Promise.withResolvers<void>();
    const handle = async () => {
      begin();
      await released;
      return { writes: [entry('a', 1)] };
    };
    const head = world.reader.record(noted('a', 1));
    const follower = start({ handler: { handle } });
    await busy;
    let stopped = false;
    const stop = follower.stop().then(() => {
      stopped = true;
    });
    await new Promise(setImmediate);
    expect(stopped).toBe(false);
    release();
    await stop;
    expect(await world.views.checkpoint(NAME)).toBe(head);
    expect(await world.views.get(entries, 'a')).toStrictEqual({ id: 'a', amount: 1 });
  });

  it('does nothing while it is paused, and continues where it was', async () => {
    const follower = start();
    await reached(world.reader.record(noted('a', 1)));
    follower.pause();
    const head = world.reader.record(noted('a', 2));
    expect(await world.views.waitFor(NAME, head, 30)).toBe(false);
    expect((await follower.status()).state).toBe('paused');
    follower.resume();
    await reached(head);
    expect(amounts()).toStrictEqual([1, 2]);
  });

  it('stores the outcome of a batch together with its checkpoint', async () => {
    const follower = follow({
      ...world.options,
      handle: async (events) => events.map((event) => entry(event.id, amountOf(event))),
    });
    started.push(follower);
    follower.start();
    await reached(world.reader.record(noted('a', 7), noted('b', 8)));
    const found = await world.views.find(entries, { index: 'all', prefix: [] });
    expect(found.items.map(({ amount }) => amount)).toStrictEqual([7, 8]);
  });

  it('continues from the checkpoint that another owner has left', async () => {
    const positions = [1, 2, 3, 4].map((amount) => world.reader.record(noted('a', amount)));
    const [first = START, second = START, , last = START] = positions;
    let intruded = false;
    start({
      batchSizes: { live: 1, catchingUp: 1 },
      handler: {
        handle: async (delivery) => {
          if (delivery.to === second && !intruded) {
            intruded = true;
            await world.views.commit({ follower: NAME, from: first, to: positions[2] ?? START, writes: [] });
          }
          delivered.push(delivery);
          return { writes: delivery.events.map((event) => entry(`${amountOf(event)}`, amountOf(event))) };
        },
      },
    });
    await reached(last);
    expect(amounts()).toStrictEqual([1, 2, 4]);
    expect(await world.views.getMany(entries, ['1', '2', '3', '4'])).toMatchObject([
      { amount: 1 },
      undefined,
      undefined,
      { amount: 4 },
    ]);
  });

  it('starts over when it is ahead of a restored log', async () => {
    const ahead = 1_000 as Position;
    await world.views.commit({ follower: NAME, from: START, to: ahead, writes: [entry('stale', 1)] });
    const head = world.reader.record(noted('a', 2));
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const handler: Handler = {
      handle: async ({ events }) => {
        begin();
        return { writes: events.map((event) => entry(event.id, amountOf(event))) };
      },
    };
    start({ handler, collections: [entries] });
    await begun;
    await reached(head);
    const found = await world.views.find(entries, { index: 'all', prefix: [] });
    expect(found.items.map(({ amount }) => amount)).toStrictEqual([2]);
    expect(world.log.info).toHaveBeenCalledWith(
      expect.objectContaining({ reason: expect.stringContaining('an earlier log has been restored') }),
      expect.any(String),
    );
  });

  it('refuses tasks between batches unless it runs', async () => {
    const follower = start();
    await follower.stop();
    await expect(follower.retryParked('a')).rejects.toThrow('is not running');
  });
});

function amountOf({ data }: { readonly data: unknown }): number {
  return (data as { readonly amount: number }).amount;
}

function entry(id: string, amount: number): Write {
  const document: Entry = { id, amount };
  return { collection: entries, id, document };
}

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreUnavailable, type Position } from '#event-store';
import { type CollectionDefinition, type Document, ViewStoreUnavailable } from '#view-store';
import { Follower, type FollowerOptions } from './follower.ts';
import { listParked } from './parking.ts';
import { fixture } from './testing/fixture.ts';
import { AT, type TestEvent } from './testing/memory-log.ts';

const NAME = 'ledger';

interface Account extends Document {
  readonly amounts: readonly number[];
}

const accounts: CollectionDefinition<Account> = { name: 'accounts', indexes: {} };

const noted = (stream: string, amount: number): TestEvent => ({ stream, type: 'Noted', data: { amount } });

describe('an event that cannot be handled', () => {
  let world: ReturnType<typeof fixture>;
  let started: Follower[];
  /** Amounts that make the handler fail. */
  let poison: Map<number, Error>;
  let tried: number[];

  beforeEach(() => {
    world = fixture(NAME);
    started = [];
    poison = new Map();
    tried = [];
  });
  afterEach(async () => {
    await Promise.all(started.map((follower) => follower.stop()));
    await world.views.close();
  });

  /** Stores the amounts of each stream, in the order in which they were handled. */
  const start = (options: Partial<FollowerOptions> = {}): Follower => {
    const follower = new Follower({
      ...world.options,
      attempts: 3,
      handler: {
        handle: async ({ events }) => {
          const documents = new Map<string, Account>();
          for (const { stream, data } of events) {
            const { amount } = data as unknown as { amount: number };
            tried.push(amount);
            const failure = poison.get(amount);
            if (failure) throw failure;
            const before = documents.get(stream) ?? (await world.views.get(accounts, stream));
            documents.set(stream, { id: stream, amounts: [...(before?.amounts ?? []), amount] });
          }
          return {
            writes: [...documents.values()].map((document) => ({
              collection: accounts,
              id: document.id,
              document,
            })),
          };
        },
      },
      ...options,
    });
    started.push(follower);
    follower.start();
    return follower;
  };

  const reached = async (position: Position) => {
    expect(await world.views.waitFor(NAME, position, 120_000)).toBe(true);
  };

  const amountsOf = async (stream: string) => (await world.views.get(accounts, stream))?.amounts;

  it('is retried, then parked with its reason; its stream stops, the others continue', async () => {
    poison.set(3, new RangeError('three is too much'));
    const follower = start();
    await reached(
      world.reader.record(noted('a', 1), noted('b', 2), noted('a', 3), noted('a', 4), noted('b', 5)),
    );
    await reached(world.reader.record(noted('a', 6), noted('c', 7)));
    expect(await amountsOf('a')).toStrictEqual([1]);
    expect(await amountsOf('b')).toStrictEqual([2, 5]);
    expect(await amountsOf('c')).toStrictEqual([7]);
    expect(await listParked(world.views, NAME)).toStrictEqual([
      {
        id: 'ledger/a',
        follower: NAME,
        stream: 'a',
        event: { id: 'event-2', type: 'Noted', revision: 1, position: 6 },
        reason: 'RangeError: three is too much',
        attempts: 3,
        parkedAt: AT,
        waiting: 2,
      },
    ]);
    expect(world.sleeps).toStrictEqual([100, 200]);
    expect(tried.filter((amount) => amount === 3)).toHaveLength(4);
    expect(await follower.status()).toMatchObject({ state: 'live', parkedStreams: 1, lag: 0 });
    expect(world.log.error).toHaveBeenCalledTimes(1);
  });

  it('is handled when a retry succeeds', async () => {
    poison.set(1, new Error('not yet'));
    start({
      pauses: {
        ...world.options.pauses,
        sleep: async () => {
          poison.clear();
        },
      },
    });
    await reached(world.reader.record(noted('a', 1), noted('a', 2)));
    expect(await amountsOf('a')).toStrictEqual([1, 2]);
    expect(await listParked(world.views, NAME)).toStrictEqual([]);
  });

  it('stays parked over a restart', async () => {
    poison.set(1, new Error('no'));
    const first = start();
    await reached(world.reader.record(noted('a', 1)));
    await first.stop();
    poison.clear();
    const second = start();
    await reached(world.reader.record(noted('a', 2), noted('b', 3)));
    expect(await amountsOf('a')).toBeUndefined();
    expect(await amountsOf('b')).toStrictEqual([3]);
    expect(await second.status()).toMatchObject({ parkedStreams: 1 });
  });

  it('is skipped on demand, followed by the waiting events in order', async () => {
    poison.set(2, new Error('no'));
    const follower = start();
    await reached(world.reader.record(noted('a', 1), noted('a', 2), noted('a', 3), noted('a', 4)));
    expect(await follower.skipParked('a', 'event-1')).toBe('free');
    expect(await amountsOf('a')).toStrictEqual([1, 3, 4]);
    expect(await listParked(world.views, NAME)).toStrictEqual([]);
    expect(world.log.warn).toHaveBeenCalledWith(
      expect.objectContaining({ stream: 'a', event: expect.objectContaining({ id: 'event-1' }) }),
      'A parked event was skipped on request',
    );
  });

  it('is skipped once, also when that is ordered twice and the next one fails as well', async () => {
    poison.set(2, new Error('no'));
    poison.set(3, new Error('neither'));
    const follower = start();
    await reached(world.reader.record(noted('a', 1), noted('a', 2), noted('a', 3)));
    expect(await follower.skipParked('a', 'event-1')).toBe('still-parked');
    expect(await follower.skipParked('a', 'event-1')).toBe('not-parked-on-it');
    expect(await listParked(world.views, NAME)).toMatchObject([{ event: { id: 'event-2' }, waiting: 0 }]);
  });

  it('is retried on demand, followed by the waiting events in order', async () => {
    poison.set(2, new Error('no'));
    const follower = start();
    await reached(
      world.reader.record(noted('a', 1), noted('a', 2), noted('b', 3), noted('a', 4), noted('a', 5)),
    );
    poison.clear();
    expect(await follower.retryParked('a')).toBe(true);
    expect(await amountsOf('a')).toStrictEqual([1, 2, 4, 5]);
    expect(await listParked(world.views, NAME)).toStrictEqual([]);
    await reached(world.reader.record(noted('a', 6)));
    expect(await amountsOf('a')).toStrictEqual([1, 2, 4, 5, 6]);
    expect(await follower.retryParked('a')).toBe(true);
  });

  it('stays parked when a later waiting event fails on retry', async () => {
    poison.set(1, new Error('no'));
    const follower = start();
    await reached(world.reader.record(noted('a', 1), noted('a', 2), noted('a', 3)));
    expect(await follower.retryParked('a')).toBe(false);
    expect(await listParked(world.views, NAME)).toMatchObject([
      { attempts: 4, reason: 'Error: no', waiting: 2 },
    ]);
    poison = new Map([[2, new Error('nor this')]]);
    expect(await follower.retryParked('a')).toBe(false);
    expect(await amountsOf('a')).toStrictEqual([1]);
    expect(await listParked(world.views, NAME)).toMatchObject([
      { event: { revision: 1 }, attempts: 1, reason: 'Error: nor this', waiting: 1 },
    ]);
  });

  it('is parked when it cannot even be read', async () => {
    start({
      deserialise: (event) => {
        if (event.data.amount === 2) throw new TypeError('unknown shape');
        return world.options.deserialise(event);
      },
    });
    await reached(world.reader.record(noted('a', 1), noted('b', 2), noted('a', 3)));
    expect(await amountsOf('a')).toStrictEqual([1, 3]);
    expect(await listParked(world.views, NAME)).toMatchObject([
      { stream: 'b', reason: 'TypeError: unknown shape' },
    ]);
  });

  it('is parked when its outcome cannot be stored', async () => {
    const broken: CollectionDefinition<Account> = {
      name: 'broken',
      indexes: { byFirst: () => [Number.NaN] },
    };
    start({
      handler: {
        handle: async ({ events }) => ({
          writes: events
            .filter(({ stream }) => stream === 'a')
            .map(({ id }) => ({ collection: broken, id, document: { id, amounts: [] } })),
        }),
      },
    });
    await reached(world.reader.record(noted('b', 1), noted('a', 2), noted('b', 3)));
    expect(await listParked(world.views, NAME)).toMatchObject([{ stream: 'a' }]);
  });

  it('is never parked for an outage, however long', async () => {
    const outages = [
      new EventStoreUnavailable('down'),
      new ViewStoreUnavailable('down'),
      new Error('my own'),
    ];
    poison.set(1, outages[0] as Error);
    let nights = 0;
    const follower = start({
      isOutage: (error) => error === outages[2],
      pauses: {
        ...world.options.pauses,
        sleep: async () => {
          nights += 1;
          const next = outages[nights % outages.length];
          if (nights > 20) poison.clear();
          else if (next) poison.set(1, next);
        },
      },
    });
    await reached(world.reader.record(noted('a', 1), noted('b', 2)));
    expect(nights).toBe(21);
    expect(await amountsOf('a')).toStrictEqual([1]);
    expect(await follower.status()).toMatchObject({ parkedStreams: 0, failures: 0 });
  });

  it('is delivered again after a restart from the beginning', async () => {
    poison.set(1, new Error('no'));
    const follower = start({ collections: [accounts] });
    const head = world.reader.record(noted('a', 1), noted('a', 2));
    await reached(head);
    poison.clear();
    await follower.restart('it was asked for');
    await reached(head);
    expect(await amountsOf('a')).toStrictEqual([1, 2]);
    expect(await listParked(world.views, NAME)).toStrictEqual([]);
  });
});

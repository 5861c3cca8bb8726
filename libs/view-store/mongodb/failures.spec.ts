import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MongoClient } from 'mongodb';
import { type Position, START } from '#event-store';
import {
  CheckpointMoved,
  type CollectionDefinition,
  type Document,
  OwnershipLost,
  ViewStoreUnavailable,
  type Write,
} from '#view-store';
import { type Fault, MongoServer } from '../../../test/servers/mongodb/index.ts';
import { TcpProxy } from '../../../test/servers/tcp-proxy.ts';
import { Connection } from './connection.ts';
import { MongoViewStore } from './index.ts';

/** Far more than the limits set here, also on a busy machine, and far less than a driver waits by itself. */
const IN_TIME_MS = 20_000;

/** Asks until there is an answer: on a busy machine a short time limit may pass though nothing fails. */
async function eventually<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ViewStoreUnavailable)) throw error;
    }
  }
}

interface Thing extends Document {
  readonly value: number;
  readonly filling?: string;
}

const things: CollectionDefinition<Thing> = {
  name: 'things',
  indexes: { byValue: ({ value }) => [value] },
  text: ({ filling }) => (filling === undefined ? undefined : { scope: '', words: filling.split(' ') }),
};

const at = (position: number) => position as Position;

const write = (id: string, value: number | undefined, filling?: string): Write => ({
  collection: things as CollectionDefinition<Document>,
  id,
  document: value === undefined ? undefined : ({ id, value, ...(filling && { filling }) } as Thing),
});

describe('a MongoDB view store', () => {
  let server: MongoServer;
  let stores: MongoViewStore[];

  beforeEach(async () => {
    server = await MongoServer.start();
    stores = [];
  });
  afterEach(async () => {
    server.decide();
    await Promise.all(stores.map((store) => store.close()));
    await server.close();
  });

  /** One whose driver looks soon whether a server is back. */
  const open = (url = `${server.url}&minHeartbeatFrequencyMS=10`, timeoutMs = IN_TIME_MS) => {
    const store = new MongoViewStore({ url, timeoutMs });
    stores.push(store);
    return store;
  };

  const commit = (store: MongoViewStore, from: number, to: number, writes: readonly Write[]) =>
    store.commit({ follower: 'f', from: at(from), to: at(to), writes });

  const values = async (store: MongoViewStore, ids: readonly string[]) =>
    (await store.getMany(things, ids)).map((thing) => thing?.value);

  /** Everything in a collection, as the server has it. */
  const allOf = async (name: string) => {
    const client = new MongoClient(server.url);
    try {
      const found = client
        .db()
        .collection<{ _id: string }>(name)
        .find({ _id: { $gte: '' } });
      return await found.toArray();
    } finally {
      await client.close();
    }
  };

  /** What is stored besides views. */
  const leftovers = async () => {
    const followers = await allOf('_followers');
    return {
      journal: (await allOf('_journal')).length,
      pending: followers.some((follower) => follower._id === 'f' && 'pending' in follower),
    };
  };

  /** The ids of the documents, and of the tombstones of removed ones. */
  const stored = async () => (await allOf('things')).map(({ _id }) => _id).sort();

  const hoursFromNow = (count: number) => new Date(Date.now() + count * 3_600_000);

  const UNSURE: readonly Fault[] = [true, false].flatMap((takesEffect): Fault[] => [
    { kind: 'cut', takesEffect },
    { kind: 'error', code: 50, takesEffect },
    { kind: 'error', code: 91, labels: ['RetryableWriteError'], takesEffect },
  ]);
  const mishap = fc.option(fc.constantFrom<Fault>(...UNSURE, { kind: 'unacknowledged' }), { freq: 3 });

  it('ends in the same documents and checkpoint, wherever its commits are interrupted', async () => {
    const large = 'x'.repeat(400_000);
    const change = fc.tuple(
      fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      fc.option(fc.nat(9), { nil: undefined }),
      fc.constantFrom('', '', '', large),
    );
    const batches = fc.array(fc.array(change, { maxLength: 6 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(batches, fc.array(mishap, { maxLength: 30 }), async (commits, mishaps) => {
        const store = open();
        await store.reset('f', [things as CollectionDefinition<Document>]);
        const expected = new Map<string, number>();
        const schedule = [...mishaps];
        server.decide((name) => (name === 'hello' ? undefined : (schedule.shift() ?? undefined)));
        for (const [from, changes] of commits.entries()) {
          const writes = changes.map(([id, value, filling]) => write(id, value, filling));
          await insist(store, from - 1, () => commit(store, from - 1, from, writes));
          for (const [id, value] of changes) {
            if (value === undefined) expected.delete(id);
            else expected.set(id, value);
          }
        }
        server.decide();
        const ids = ['a', 'b', 'c', 'd', 'e'];
        expect(await values(store, ids)).toStrictEqual(ids.map((id) => expected.get(id)));
        expect(await store.count(things, { index: 'byValue', prefix: [] })).toBe(expected.size);
        expect(await store.checkpoint('f')).toBe(commits.length - 1);
        expect(await leftovers()).toStrictEqual({ journal: 0, pending: false });
      }),
      { numRuns: 20 },
    );
  });

  /** As a follower does: after a failure it looks where it stands, and goes on from there. */
  async function insist(store: MongoViewStore, from: number, work: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        if ((await store.checkpoint('f')) !== from) return;
        await work();
        return;
      } catch (error) {
        if (!(error instanceof ViewStoreUnavailable)) throw error;
      }
    }
  }

  it('completes a commit that another writer left unfinished', async () => {
    const [dead, heir] = [open(), open()];
    await commit(dead, START, 1, [write('a', 1), write('gone', 1)]);
    server.decide((name, { update }) =>
      name === 'update' && update === 'things' ? { kind: 'error', code: 50, takesEffect: false } : undefined,
    );
    const quotes = '"'.repeat(4_500_000);
    const writes = [write('b', 2, '“Käse”'), write('a', 2, quotes), write('gone', undefined)];
    await expect(commit(dead, 1, 2, writes)).rejects.toThrow(ViewStoreUnavailable);
    expect(await dead.waitFor('f', at(2), 0)).toBe(false);
    server.decide();
    expect(await values(heir, ['a', 'gone', 'b'])).toStrictEqual([1, 1, undefined]);
    expect(await heir.checkpoint('f')).toBe(2);
    expect(await values(heir, ['a', 'gone', 'b'])).toStrictEqual([2, undefined, 2]);
    expect(await heir.get(things, 'b')).toMatchObject({ filling: '“Käse”' });
    expect((await heir.get(things, 'a'))?.filling === quotes).toBe(true);
    expect(await leftovers()).toStrictEqual({ journal: 0, pending: false });
    server.expire(hoursFromNow(25));
    expect(await stored()).toStrictEqual(['a', 'b']);
  });

  /** Lets the next such command wait: `begun` resolves when it is there, `release` has it carried out. */
  const holdNext = (
    isMeant: (name: string, command: { readonly [field: string]: unknown }) => boolean,
    kind: 'hold' | 'unacknowledged' = 'hold',
  ) => {
    const there = Promise.withResolvers<void>();
    const { promise: until, resolve: release } = Promise.withResolvers<void>();
    server.decide((name, command) => {
      if (!isMeant(name, command)) return undefined;
      server.decide();
      there.resolve();
      return { kind, until };
    });
    return { begun: there.promise, release };
  };

  it('does not let a late writer change anything newer', async () => {
    const [late, heir] = [open(), open()];
    await commit(late, START, 1, [write('a', 1), write('b', 1)]);
    const { begun, release } = holdNext((_, { update }) => update === 'things');
    const slow = commit(late, 1, 2, [write('a', 2), write('b', 2), write('c', 2)]);
    await begun;
    await commit(heir, await heir.checkpoint('f'), 3, [write('a', 3), write('b', undefined)]);
    await commit(heir, 3, 4, [write('c', undefined)]);
    release();
    await slow;
    expect(await values(heir, ['a', 'b', 'c'])).toStrictEqual([3, undefined, undefined]);
    expect(await heir.checkpoint('f')).toBe(4);
    await expect(commit(late, 2, 5, [write('a', 5)])).rejects.toThrow(CheckpointMoved);
    expect(await values(heir, ['a'])).toStrictEqual([3]);
  });

  const commitIn = (
    store: MongoViewStore,
    term: number,
    from: number,
    to: number,
    writes: readonly Write[],
  ) => store.commit({ follower: 'f', from: at(from), to: at(to), writes, term });

  it('makes no commit of an owner that was fenced while it waited for the deciding update', async () => {
    const [late, heir] = [open(), open()];
    await commitIn(late, 1, START, 1, [write('a', 1)]);
    const { begun, release } = holdNext((_, { update }) => update === '_followers');
    const large = 'x'.repeat(600_000);
    const slow = commitIn(late, 1, 1, 2, [write('a', 2, large), write('b', 2, large)]);
    await begun;
    await heir.fence('f', 2);
    release();
    await expect(slow).rejects.toThrow(OwnershipLost);
    expect(await heir.checkpoint('f')).toBe(1);
    expect(await values(heir, ['a', 'b'])).toStrictEqual([1, undefined]);
    expect(await leftovers()).toStrictEqual({ journal: 0, pending: false });
  });

  it('completes an interrupted commit of the former owner before fencing', async () => {
    const [late, heir] = [open(), open()];
    const { begun, release } = holdNext((_, { update }) => update === 'things');
    const slow = commitIn(late, 1, START, 1, [write('a', 1)]);
    await begun;
    await heir.fence('f', 2);
    expect(await values(heir, ['a'])).toStrictEqual([1]);
    expect(await heir.checkpoint('f')).toBe(1);
    release();
    await slow;
    expect(await values(heir, ['a'])).toStrictEqual([1]);
  });

  it('leaves nothing behind of a former owner’s commit that arrives after a reset', async () => {
    const [late, heir] = [open(), open()];
    const { begun, release } = holdNext((_, { update }) => update === 'things');
    const slow = commitIn(late, 1, START, 1, [write('a', 1), write('b', 1)]);
    await begun;
    await heir.fence('f', 2);
    await heir.reset('f', [things as CollectionDefinition<Document>], 2);
    await commitIn(heir, 2, START, 2, [write('b', 2)]);
    release();
    await slow;
    expect(await values(heir, ['a', 'b'])).toStrictEqual([undefined, 2]);
    expect(await heir.count(things, { index: 'byValue', prefix: [] })).toBe(1);
    expect(await heir.checkpoint('f')).toBe(2);
  });

  it('removes nothing of a later owner when a reset arrives late', async () => {
    const [late, heir] = [open(), open()];
    await commitIn(late, 1, START, 1, [write('a', 1)]);
    const { begun, release } = holdNext((_, { find }) => find === 'things');
    const slow = late.reset('f', [things as CollectionDefinition<Document>], 1);
    await begun;
    await heir.fence('f', 2);
    await heir.reset('f', [things as CollectionDefinition<Document>], 2);
    await commitIn(heir, 2, START, 5, [write('a', 5), write('b', 5)]);
    release();
    await expect(slow).rejects.toThrow(OwnershipLost);
    expect(await values(heir, ['a', 'b'])).toStrictEqual([5, 5]);
    expect(await heir.checkpoint('f')).toBe(5);
  });

  it('reports an unknown outcome to a late writer whose writes were not confirmed', async () => {
    const [late, heir] = [open(), open()];
    await commit(late, START, 1, [write('a', 1)]);
    const { begun, release } = holdNext((_, { update }) => update === 'things', 'unacknowledged');
    const slow = commit(late, 1, 2, [write('a', 2), write('b', 2)]);
    await begun;
    await commit(heir, await heir.checkpoint('f'), 3, [write('a', 3)]);
    release();
    await expect(slow).rejects.toThrow(ViewStoreUnavailable);
  });

  it.each([
    ['writes', [write('a', 3)]],
    ['writes nothing either', []],
  ])(
    'writes nothing for the slower of two writers at the same checkpoint, when the other %s',
    async (_, writes) => {
      const [slower, faster] = [open(), open()];
      await commit(faster, START, 1, [write('a', 1)]);
      const { begun, release } = holdNext((_, { update }) => update === '_followers');
      const large = 'x'.repeat(600_000);
      const slow = commit(slower, 1, 2, [write('a', 2, large), write('b', 2, large)]);
      await begun;
      await commit(faster, 1, 3, writes);
      release();
      await expect(slow).rejects.toThrow(CheckpointMoved);
      expect(await values(faster, ['a', 'b'])).toStrictEqual([writes.length > 0 ? 3 : 1, undefined]);
      expect(await faster.checkpoint('f')).toBe(3);
      expect(await leftovers()).toStrictEqual({ journal: 0, pending: false });
    },
  );

  it('does not set back a checkpoint that moved on after another process completed the commit', async () => {
    const [slower, heir] = [open(), open()];
    await commit(slower, START, 1, [write('a', 1)]);
    const { begun, release } = holdNext((_, { update, updates }) => {
      const [{ u: { $unset = {} } = {} } = {}] = (updates ?? []) as { u?: { $unset?: object } }[];
      return update === '_followers' && 'pending' in $unset;
    });
    const slow = commit(slower, 1, 2, [write('a', 2)]);
    await begun;
    expect(await heir.checkpoint('f')).toBe(2);
    await commit(heir, 2, 3, []);
    release();
    await slow;
    expect(await heir.checkpoint('f')).toBe(3);
  });

  it('orders commits by when they are made, whenever they were started', async () => {
    const [slower, faster] = [open(), open()];
    await commit(faster, START, 1, [write('a', 1)]);
    const { begun, release } = holdNext((_, { find }) => find === '_followers');
    const slow = commit(slower, 2, 3, [write('a', 3)]);
    await begun;
    await commit(faster, 1, 2, [write('a', 2)]);
    release();
    await slow;
    expect(await values(faster, ['a'])).toStrictEqual([3]);
  });

  it('gives each checkpoint to exactly one of several writers, with the documents of that one', async () => {
    const writers = [open(), open(), open()];
    const isEmpty = (position: number) => position % 3 === 2;
    const won: number[][] = await Promise.all(
      writers.map(async (store, owner) => {
        const mine: number[] = [];
        for (let round = 0; round < 25; round += 1) {
          const from = await store.checkpoint('f');
          const both = [write('a', owner), write('b', owner), write(`${from + 1}`, owner)];
          await commit(store, from, from + 1, isEmpty(from + 1) ? [] : both).then(
            () => mine.push(from + 1),
            (error) => expect(error).toBeInstanceOf(CheckpointMoved),
          );
        }
        return mine;
      }),
    );
    const [store = open()] = writers;
    const end = await store.checkpoint('f');
    const owners = Array.from({ length: end + 1 }, (_, n) => won.findIndex((mine) => mine.includes(n)));
    expect(won.flat().toSorted((a, b) => a - b)).toStrictEqual(owners.map((_, n) => n));
    const written = owners.map((owner, n) => (isEmpty(n) ? undefined : owner));
    expect(await values(store, Object.keys(owners))).toStrictEqual(written);
    const last = written.findLast((owner) => owner !== undefined);
    expect(await values(store, ['a', 'b'])).toStrictEqual([last, last]);
  });

  it('gives up in time when nothing answers, and goes on when something does', async () => {
    const proxy = await TcpProxy.start(server.port);
    const store = open(
      `mongodb://127.0.0.1:${proxy.port}/?directConnection=true&minHeartbeatFrequencyMS=10`,
      100,
    );
    await commit(open(), START, 1, [write('a', 1)]);
    await eventually(() => store.get(things, 'a'));
    proxy.silence();
    const asked = performance.now();
    const answers = await Promise.allSettled([
      store.get(things, 'a'),
      store.find(things, { index: 'byValue', prefix: [] }),
      store.count(things, { index: 'byValue', prefix: [] }),
      store.waitFor('f', at(9), 60_000),
      commit(store, 1, 2, [write('a', 2)]),
      store.reset('f', []),
    ]);
    const reasons = answers.map((answer) => answer.status === 'rejected' && answer.reason);
    for (const reason of reasons) expect(reason).toBeInstanceOf(ViewStoreUnavailable);
    expect(performance.now() - asked).toBeLessThan(IN_TIME_MS);
    await proxy.heal();
    expect([1, 2]).toContain((await eventually(() => store.get(things, 'a')))?.value);
    await store.close();
    await proxy.close();
  });

  it('is unavailable while the server is down, and has everything when it is back', async () => {
    const store = open(`${server.url}&minHeartbeatFrequencyMS=10`, 300);
    await insist(store, START, () => commit(store, START, 1, [write('a', 1)]));
    await server.stop();
    await expect(store.get(things, 'a')).rejects.toThrow(ViewStoreUnavailable);
    await expect(commit(store, 1, 2, [write('a', 2)])).rejects.toThrow(ViewStoreUnavailable);
    await server.start();
    expect(await eventually(() => values(store, ['a']))).toStrictEqual([1]);
    await insist(store, 1, () => commit(store, 1, 2, [write('a', 2)]));
    expect(await eventually(() => values(store, ['a']))).toStrictEqual([2]);
  });

  it.each(['ECONNRESET', 'EPIPE', 'EAI_AGAIN', 'ERR_STREAM_DESTROYED'])(
    'treats %s as an outage, as the driver may pass it on from a socket',
    async (code) => {
      const connection = new Connection({ url: server.url });
      const broken = () => Promise.reject(Object.assign(new Error('broken'), { code }));
      await expect(connection.run(broken)).rejects.toThrow(ViewStoreUnavailable);
      await connection.close();
    },
  );

  it('does not treat a programming error as an outage', async () => {
    const connection = new Connection({ url: server.url });
    for (const mistake of [new TypeError('None.'), new CheckpointMoved('f', START, START)]) {
      await expect(connection.run(() => Promise.reject(mistake))).rejects.toBe(mistake);
    }
    await connection.close();
  });

  it('recovers however often its server stops, and at whatever moment', async () => {
    const many = Array.from({ length: 8 }, () => open(`${server.url}&minHeartbeatFrequencyMS=10`, 200));
    let going = true;
    const asking = [...many, ...many, ...many].map(async (store) => {
      while (going) await store.get(things, 'a').catch(() => undefined);
    });
    for (let times = 0; times < 40; times++) {
      // What is under way then is cut off all at once.
      server.decide((name) => (name === 'find' ? { kind: 'silence', takesEffect: false } : undefined));
      await pause(20);
      await server.stop();
      server.decide();
      await server.start();
    }
    going = false;
    await Promise.all(asking);
    for (const store of many) expect(await eventually(() => store.checkpoint('f'))).toBe(START);
  });

  it('never waits forever for an answer', async () => {
    const connection = new Connection({ url: server.url, timeoutMs: 20 });
    await expect(connection.run(() => new Promise(() => undefined))).rejects.toThrow(ViewStoreUnavailable);
    await connection.close();
  });

  it('can be started before its server', async () => {
    await server.stop();
    const store = open(`${server.url}&minHeartbeatFrequencyMS=10`, 100);
    const asked = [store.checkpoint('f'), store.get(things, 'a'), store.leases.read('f')];
    for (const answer of await Promise.allSettled(asked)) {
      expect(answer.status === 'rejected' && answer.reason).toBeInstanceOf(ViewStoreUnavailable);
    }
    await expect(store.checkpoint('f')).rejects.toThrow(ViewStoreUnavailable);
    await server.start();
    await insist(store, START, () => commit(store, START, 1, [write('a', 1)]));
    expect(await eventually(() => values(store, ['a']))).toStrictEqual([1]);
    await store.close();
    await expect(store.checkpoint('f')).rejects.toThrow(ViewStoreUnavailable);
  });

  it('does not report a commit that a majority has not acknowledged', async () => {
    const store = open();
    await commit(store, START, 1, [write('a', 1)]);
    server.decide((name) => (name === 'update' ? { kind: 'unacknowledged' } : undefined));
    await expect(commit(store, 1, 2, [write('a', 2)])).rejects.toThrow(ViewStoreUnavailable);
    await expect(store.checkpoint('f')).rejects.toThrow(ViewStoreUnavailable);
    server.decide();
    expect(await store.checkpoint('f')).toBe(2);
    expect(await values(store, ['a'])).toStrictEqual([2]);
  });

  it('refuses a document larger than servers accept, and stores nothing', async () => {
    const store = open();
    const large = {
      collection: things as CollectionDefinition<Document>,
      id: 'b',
      document: { id: 'b', value: 1, pad: '' },
    };
    const tooLarge = { ...large, document: { ...large.document, pad: 'x'.repeat(16 * 1024 * 1024) } };
    await expect(commit(store, START, 1, [write('a', 1), tooLarge])).rejects.toThrow(RangeError);
    expect(await values(store, ['a'])).toStrictEqual([undefined]);
    expect(await store.checkpoint('f')).toBe(START);
  });

  it('removes the tombstones of removed documents after a day, and not before', async () => {
    const store = open();
    await commit(store, START, 1, [write('a', 1), write('b', 1)]);
    await commit(store, 1, 2, [write('a', undefined)]);
    server.expire(hoursFromNow(23));
    expect(await stored()).toStrictEqual(['a', 'b']);
    server.expire(hoursFromNow(25));
    expect(await stored()).toStrictEqual(['b']);
  });

  it('ends pending waits when it is closed', async () => {
    const store = open();
    const waits = [1, 2, 3].map((position) => store.waitFor('f', at(position), 60_000));
    await commit(store, START, 0, []);
    await store.close();
    expect(await Promise.all(waits)).toStrictEqual([false, false, false]);
  });
});

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { Recorded } from '#contracts';
import { EventStoreUnavailable, type Position, START } from '#event-store';
import {
  type CollectionDefinition,
  type Commit,
  type Document,
  type ViewStore,
  ViewStoreUnavailable,
} from '#view-store';
import { until } from '../../test/tooling/until.ts';
import { ProjectionEngine, type ProjectionEngineOptions } from './engine.ts';
import { type FollowerStatus, NotOwnerHere } from './follower.ts';
import { type Addend, added, type Change, change, type Projection, type Sums } from './projection.ts';
import { fixture } from './testing/fixture.ts';
import type { TestEvent } from './testing/memory-log.ts';
import { storedAs } from './versions.ts';

/** What a balance weighs at work, about. */
const DOCUMENT_BYTES = 400;

const NAME = 'balances';
const FOLLOWER = 'balances-v1';

/** A sum that is wrong when an event is missed, or counted twice. */
interface Balance extends Document {
  readonly sum: number;
  readonly tags: readonly string[];
}
/** One row for each tag of a balance. */
interface TagRow extends Document {
  readonly tag: string;
  readonly sum: number;
}
/** One row for each tag row that is large. */
interface LargeRow extends Document {
  readonly sum: number;
}

/** The sums of all tag rows of one tag. */
interface TagSums extends Sums {
  readonly tag: string;
}

const balances: CollectionDefinition<Balance> = { name: 'balances', indexes: { all: ({ id }) => [id] } };
const tags: CollectionDefinition<TagRow> = { name: 'tags', indexes: { all: ({ id }) => [id] } };
const large: CollectionDefinition<LargeRow> = { name: 'large', indexes: { all: ({ id }) => [id] } };
const tagSums: CollectionDefinition<TagSums> = { name: 'tag-sums', indexes: { all: ({ id }) => [id] } };

/** Adds to each of some balances, and turns a tag of theirs on or off; or closes them. */
interface Posting {
  readonly balances: readonly string[];
  readonly amount: number;
  readonly tag: string;
  readonly close: boolean;
}

function post(
  balance: Balance | undefined,
  id: string,
  { amount, tag, close }: Posting,
): Balance | undefined {
  if (close) return undefined;
  const before = balance ?? { id, sum: 0, tags: [] };
  if (amount === 0) return balance;
  const on = before.tags.includes(tag) ? before.tags.filter((other) => other !== tag) : [...before.tags, tag];
  return { id, sum: before.sum + amount, tags: on };
}

const projection: Projection = {
  name: NAME,
  version: 1,
  collections: [balances, tags, large, tagSums],
  handles: ['ShareApproved'],
  project: (event) => {
    const posting = event.data as unknown as Posting;
    return posting.balances.map((id) => change(balances, id, (balance) => post(balance, id, posting)));
  },
  derive: [
    { from: tags, to: large, rows: largeRows } as NonNullable<Projection['derive']>[number],
    { from: balances, to: tags, rows: tagRows } as NonNullable<Projection['derive']>[number],
  ],
  tally: [{ from: tags, to: tagSums, addends: tagAddends } as NonNullable<Projection['tally']>[number]],
};

/** The collections as they are stored. */
const stored = {
  balances: inStore(balances),
  tags: inStore(tags),
  large: inStore(large),
  tagSums: inStore(tagSums),
};

function inStore<D extends Document>(collection: CollectionDefinition<D>): CollectionDefinition<D> {
  return storedAs(projection, collection as CollectionDefinition<Document>) as CollectionDefinition<D>;
}

function tagRows(balance: Balance): TagRow[] {
  return balance.tags.map((tag) => ({ id: `${balance.id}/${tag}`, tag, sum: balance.sum }));
}

function largeRows({ id, sum }: TagRow): LargeRow[] {
  return sum > 10 ? [{ id, sum }] : [];
}

function tagAddends({ tag, sum }: TagRow): Addend<TagSums>[] {
  return [{ of: { id: tag, tag }, amounts: { rows: 1, sum } }];
}

/** The same, computed from all rows. */
function sumsOf(rows: readonly TagRow[]): TagSums[] {
  return [...Map.groupBy(rows, ({ tag }) => tag)].map(([tag, its]) => {
    const sum = its.reduce((total, row) => total + row.sum, 0);
    return { id: tag, tag, amounts: { rows: its.length, ...(sum !== 0 && { sum }) } };
  });
}

const posted = (stream: string, posting: Partial<Posting>): TestEvent => ({
  stream,
  type: 'ShareApproved',
  data: { balances: ['x'], amount: 1, tag: 't', close: false, ...posting },
});

type World = ReturnType<typeof fixture>;

function engineOn(world: World, options: Partial<ProjectionEngineOptions> = {}): ProjectionEngine {
  return new ProjectionEngine({ ...world.options, projections: [projection], ...options });
}

/** Every document of every collection, in order. */
async function contents(views: ViewStore): Promise<readonly Document[][]> {
  const all = Object.values(stored) as readonly CollectionDefinition<Document>[];
  return Promise.all(
    all.map(async (collection) => [
      ...(await views.find(collection, { index: 'all', prefix: [], limit: 1_000 })).items,
    ]),
  );
}

/** The documents by one pass over the events, without the engine. */
function onePass(events: readonly TestEvent[]): readonly Document[][] {
  const documents = new Map<string, Balance>();
  for (const { data } of events) {
    const posting = data as unknown as Posting;
    for (const id of posting.balances) {
      const after = post(documents.get(id), id, posting);
      if (after) documents.set(id, after);
      else documents.delete(id);
    }
  }
  const sortDerivations = <D extends Document>(some: readonly D[]) =>
    some.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const rows = [...documents.values()].flatMap(tagRows);
  return [
    sortDerivations([...documents.values()]),
    sortDerivations(rows),
    sortDerivations(rows.flatMap(largeRows)),
    sortDerivations(sumsOf(rows)),
  ];
}

describe('the projection engine', () => {
  let world: World;
  let engine: ProjectionEngine | undefined;
  let committed: Commit[];

  beforeEach(() => {
    world = fixture(FOLLOWER);
    committed = [];
  });
  afterEach(async () => {
    await engine?.stop();
    await world.views.close();
  });

  const start = (options: Partial<ProjectionEngineOptions> = {}) => {
    engine = engineOn(world, { views: spied(world.views, (commit) => committed.push(commit)), ...options });
    engine.start();
    return engine;
  };

  const reached = async (position: Position) => {
    expect(await world.views.waitFor(FOLLOWER, position, 120_000)).toBe(true);
  };

  /** Until it follows the log's end, past that position. */
  const live = async (running: ProjectionEngine, position: Position) => {
    await reached(position);
    for (;;) {
      const { state } = (await running.status()).find(({ name }) => name === FOLLOWER) as FollowerStatus;
      if (state === 'live') return;
      await new Promise(setImmediate);
    }
  };

  it('builds the same documents from a log with any batches, interruptions, repetitions and restarts', async () => {
    const posting = fc.record({
      balances: fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1, maxLength: 2 }),
      amount: fc.integer({ min: 0, max: 9 }),
      tag: fc.constantFrom('red', 'blue', 'green'),
      close: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
    });
    const size = fc.integer({ min: 1, max: 12 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), posting), { minLength: 1, maxLength: 40 }),
        fc.record({ live: size, catchingUp: size, held: size, cached: size, later: size }),
        fc.array(fc.constantFrom('stored', 'lost', 'unknown', 'restart', 'unsubscribed'), { maxLength: 12 }),
        async (log, sizes, fates) => {
          const events = log.map(([stream, data]) => posted(stream, data));
          const trial = fixture(FOLLOWER);
          const left = [...fates];
          let restart = () => {};
          const views = interrupted(trial.views, () => {
            const fate = left.shift() ?? 'stored';
            if (fate === 'restart') restart();
            if (fate === 'unsubscribed') trial.reader.fail(new EventStoreUnavailable('gone'));
            return fate;
          });
          const launch = () => {
            const next = engineOn(trial, {
              views,
              batchSizes: { live: sizes.live, catchingUp: sizes.catchingUp },
              bufferedBytes: sizes.held * DOCUMENT_BYTES,
              cachedBytes: sizes.cached * DOCUMENT_BYTES,
            });
            next.start();
            return next;
          };
          let running = launch();
          let relaunched = Promise.resolve();
          restart = () => {
            relaunched = relaunched.then(async () => {
              await running.stop();
              running = launch();
            });
          };
          trial.reader.record(...events.slice(0, -sizes.later));
          // The rest is appended while it runs.
          await new Promise(setImmediate);
          const head = trial.reader.record(...events.slice(-sizes.later));
          expect(await trial.views.waitFor(FOLLOWER, head, 120_000)).toBe(true);
          await relaunched;
          expect(await contents(trial.views)).toStrictEqual(onePass(events));
          left.length = 0;
          await running.rebuild(NAME);
          expect(await trial.views.waitFor(FOLLOWER, head, 120_000)).toBe(true);
          expect(await contents(trial.views)).toStrictEqual(onePass(events));
          await running.stop();
          await trial.views.close();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('writes a document once for several events of a batch, with the position of the last', async () => {
    const events = [
      posted('a', { amount: 1 }),
      posted('b', { amount: 2 }),
      posted('a', { amount: 3, balances: ['y'] }),
    ];
    const head = world.reader.record(...events);
    start();
    await reached(head);
    const writes = committed
      .flatMap((commit) => commit.writes)
      .filter(({ collection }) => collection === stored.balances);
    expect(writes.map(({ id, position }) => [id, position])).toStrictEqual([
      ['x', 3],
      ['y', 6],
    ]);
  });

  it('gathers what it builds or rebuilds, and writes what comes afterwards bit by bit', async () => {
    const many = () => Array.from({ length: 25 }, (_, index) => posted('a', { amount: index + 1 }));
    const built = world.reader.record(...many());
    const commit = jest.spyOn(world.views, 'commit');
    const written = () => commit.mock.calls.filter(([{ writes }]) => writes.some(isBalance)).length;
    const isBalance = ({ collection }: { readonly collection: { readonly name: string } }) =>
      collection.name === stored.balances.name;
    start({ batchSizes: { live: 5, catchingUp: 10 } });
    await reached(built);
    expect(written()).toBe(1);
    const bitByBit = world.reader.record(...many());
    await reached(bitByBit);
    expect(written()).toBeGreaterThanOrEqual(4);
    commit.mockClear();
    await engine?.rebuild('balances');
    await reached(bitByBit);
    expect(written()).toBe(1);
  });

  it('writes nothing where nothing has changed, and moves the checkpoint', async () => {
    await live(start(), world.reader.record(posted('a', { amount: 1 })));
    committed.length = 0;
    await reached(world.reader.record(posted('a', { amount: 0 })));
    await reached(world.reader.record({ ...posted('a', {}), type: 'ShareRejected' }));
    // It is not woken for an event that it does not handle.
    expect(committed.map(({ writes }) => writes)).toStrictEqual([[]]);
  });

  it('writes only changed rows, before their source document', async () => {
    await live(start(), world.reader.record(posted('a', { amount: 8, tag: 'red' })));
    committed.length = 0;
    await reached(world.reader.record(posted('a', { amount: 3, tag: 'blue' })));
    await reached(world.reader.record(posted('a', { amount: 1, tag: 'red' })));
    const written = committed.map(({ writes }) =>
      writes.map(({ collection, id, document }) => [
        collection.name.replace('balances-v1-', ''),
        id,
        document !== undefined,
      ]),
    );
    expect(written).toStrictEqual([
      [
        ['large', 'x/blue', true],
        ['large', 'x/red', true],
        ['tags', 'x/blue', true],
        ['tags', 'x/red', true],
        ['balances', 'x', true],
        ['tag-sums', 'blue', true],
        ['tag-sums', 'red', true],
      ],
      [
        ['large', 'x/blue', true],
        ['large', 'x/red', false],
        ['tags', 'x/blue', true],
        ['tags', 'x/red', false],
        ['balances', 'x', true],
        ['tag-sums', 'blue', true],
        ['tag-sums', 'red', false],
      ],
    ]);
  });

  it('does not apply an event that a document already reflects', async () => {
    const head = world.reader.record(
      posted('a', { amount: 5, tag: 'red' }),
      posted('b', { amount: 6, tag: 'red' }),
    );
    start();
    await reached(head);
    await engine?.stop();
    const before = await contents(world.views);
    // As after a commit of which a store without transactions has kept the documents only.
    await world.views.reset(FOLLOWER, []);
    start();
    await reached(head);
    expect(await contents(world.views)).toStrictEqual(before);
  });

  it('continues from what is built, and rebuilds only when asked to', async () => {
    const head = world.reader.record(posted('a', { amount: 5 }));
    start();
    await reached(head);
    await engine?.stop();
    await world.views.commit({
      follower: 'someone else',
      from: START,
      to: START,
      writes: [
        {
          collection: stored.balances as CollectionDefinition<Document>,
          id: 'relic',
          document: { id: 'relic', sum: 0, tags: [] } as Document,
        },
      ],
    });
    const again = start();
    const last = world.reader.record(posted('a', { amount: 1 }));
    await reached(last);
    expect(await world.views.get(stored.balances, 'relic')).toBeDefined();
    await again.rebuild(NAME);
    await reached(last);
    expect(await world.views.get(stored.balances, 'relic')).toBeUndefined();
    expect((await world.views.get(stored.balances, 'x'))?.sum).toBe(6);
  });

  it('rebuilds when a crash interrupted the removal of documents', async () => {
    const head = world.reader.record(posted('a', { amount: 5 }));
    start();
    await reached(head);
    await engine?.stop();
    const { promise: resumed, resolve: resume } = Promise.withResolvers<void>();
    const views = spied(world.views, () => undefined);
    let crashed = false;
    views.reset = async (follower, collections) => {
      if (crashed) {
        await world.views.reset(follower, collections);
        resume();
      } else {
        crashed = true;
        const writes = [
          { collection: stored.balances as CollectionDefinition<Document>, id: 'x', document: undefined },
        ];
        await world.views.commit({ follower: 'half of it', from: START, to: START, writes });
        throw new ViewStoreUnavailable('crash');
      }
    };
    await expect(start({ views }).rebuild(NAME)).rejects.toThrow('crash');
    await resumed;
    await reached(head);
    expect(await contents(world.views)).toStrictEqual(onePass([posted('a', { amount: 5 })]));
  });

  it('loses no gathered change when an event in between cannot be handled', async () => {
    const fragile: Projection = {
      ...projection,
      project: (event) => {
        if (event.stream === 'bad') throw new Error('cannot');
        return projection.project(event);
      },
    };
    const events = [1, 2, 3, 4, 5, 6, 7].map((amount) => posted(amount === 5 ? 'bad' : 'a', { amount }));
    const head = world.reader.record(...events);
    const running = start({ projections: [fragile], attempts: 1, batchSizes: { live: 2, catchingUp: 2 } });
    await reached(head);
    expect((await world.views.get(stored.balances, 'x'))?.sum).toBe(1 + 2 + 3 + 4 + 6 + 7);
    expect(await running.parked(NAME)).toMatchObject([{ stream: 'bad' }]);
  });

  it('parks what a projection cannot handle, and handles it on a later retry', async () => {
    let broken = true;
    const fragile: Projection = {
      ...projection,
      project: (event): readonly Change[] => {
        if (broken && event.stream === 'a') throw new Error('cannot');
        return projection.project(event);
      },
    };
    const running = start({ projections: [fragile], attempts: 1 });
    // A later event of another stream changes the same document first.
    await reached(world.reader.record(posted('a', { amount: 1 }), posted('b', { amount: 2 })));
    expect((await world.views.get(stored.balances, 'x'))?.sum).toBe(2);
    expect(await running.parked(NAME)).toMatchObject([{ stream: 'a', reason: 'Error: cannot' }]);
    broken = false;
    expect(await running.retryParked(NAME, 'a')).toBe(true);
    expect((await world.views.load(stored.balances, ['x']))[0]).toMatchObject({
      document: { sum: 3 },
      position: 3,
    });
    expect(await running.status()).toMatchObject([{ name: FOLLOWER, parkedStreams: 0 }]);
  });

  it('reuses no memory when it takes over a projection, and reports what is on standby', async () => {
    const running = engineOn(world);
    engine = running;
    const [leased] = running.leased;
    if (leased === undefined) throw new Error('There is no lease to take.');
    expect(await running.status()).toMatchObject([{ state: 'standby', lag: 0 }]);
    await expect(running.rebuild(NAME)).rejects.toThrow(NotOwnerHere);
    await expect(running.retryParked(NAME, 'a')).rejects.toThrow(NotOwnerHere);
    expect(await running.parked(NAME)).toStrictEqual([]);

    const giveUp = jest.fn();
    const first = leased.start(1, giveUp);
    await reached(world.reader.record(posted('a', { amount: 5 })));
    await first.stop();
    expect(await running.status()).toMatchObject([{ state: 'standby' }]);
    // Another owner has changed what the first one still had in memory.
    const other = engineOn(world);
    const between = other.leased[0]?.start(2, giveUp);
    await reached(world.reader.record(posted('a', { amount: 6 })));
    await between?.stop();

    const again = leased.start(3, giveUp);
    await reached(world.reader.record(posted('a', { amount: 7 })));
    expect(await contents(world.views)).toStrictEqual(
      onePass([5, 6, 7].map((amount) => posted('a', { amount }))),
    );
    expect(giveUp).not.toHaveBeenCalled();
    await again.stop();
  });

  it('gathers events for a projection that allows it, until a reader waits for it', async () => {
    const other: Projection = { name: 'other', version: 1, collections: [], handles: [], project: () => [] };
    const running = start({ projections: [{ ...projection, gatherMs: 3_600_000 }, other] });
    await live(running, START);
    const head = world.reader.record(posted('a', {}));
    const positions = async () => (await running.status()).map(({ position }) => position);
    await until(async () => (await positions())[1] === head);
    expect(await positions()).toStrictEqual([START, head]);
    await reached(head);
    expect(await world.views.get(stored.balances, 'x')).toMatchObject({ sum: 1 });
  });

  it('isolates projections: one fails, the other continues', async () => {
    const other: CollectionDefinition<Document> = { name: 'others', indexes: {} };
    const failing: Projection = {
      name: 'failing',
      version: 1,
      collections: [other],
      handles: ['ShareApproved'],
      project: () => {
        throw new ViewStoreUnavailable('always');
      },
    };
    const running = start({ projections: [failing, projection], pauses: { sleep: asleep, random: () => 0 } });
    await live(running, world.reader.record(posted('a', {})));
    expect(await running.status()).toMatchObject([{ name: 'failing-v1', state: 'backing-off' }, {}]);
  });

  it('refuses projections with conflicting names or collections', async () => {
    const twin = { ...projection, name: 'twin' };
    expect(() => engineOn(world, { projections: [projection, projection] })).toThrow(TypeError);
    expect(() => engineOn(world, { projections: [projection, twin] })).toThrow(TypeError);
    const circle = {
      ...projection,
      derive: [...(projection.derive ?? []), { from: large, to: balances, rows: () => [] }],
    };
    expect(() => engineOn(world, { projections: [circle] })).toThrow('from each other');
    await expect(start().rebuild('nothing')).rejects.toThrow(TypeError);
  });

  it('keeps what events leave behind, also of documents that stay as they are', async () => {
    const traces: CollectionDefinition<Document> = { name: 'traces', indexes: { all: ({ id }) => [id] } };
    const tracing: Projection = {
      ...projection,
      collections: [...projection.collections, traces],
      project: ({ position }) => [
        change<Balance>(
          balances,
          'x',
          (balance) => balance ?? { id: 'x', sum: position, tags: [] },
          (balance) => [added(traces, { id: `${position} since ${balance?.sum}` })],
        ),
      ],
    };
    const [first, last] = [world.reader.record(posted('a', {})), world.reader.record(posted('b', {}))];
    const running = start({ projections: [tracing], batchSizes: { live: 1, catchingUp: 1 } });
    await reached(last);
    const found = async () => {
      const { items } = await world.views.find(storedAs(tracing, traces), { index: 'all', prefix: [] });
      return items.map(({ id }) => id);
    };
    const left = [`${first} since ${first}`, `${last} since ${first}`];
    expect(await found()).toStrictEqual(left);
    await running.rebuild(NAME);
    await reached(last);
    expect(await found()).toStrictEqual(left);
  });

  it('parks a change to a collection that the projection does not have', async () => {
    const stray: Projection = {
      ...projection,
      collections: [tags, large],
      derive: [],
      project: (event: Recorded) => projection.project(event),
    };
    const running = start({ projections: [stray], attempts: 1 });
    await reached(world.reader.record(posted('a', {})));
    expect(await running.parked(NAME)).toMatchObject([
      { reason: expect.stringContaining('not one of its collections') },
    ]);
  });
});

/** Sleeps until it is woken. */
function asleep(_: number, signal: AbortSignal): Promise<void> {
  return new Promise((wake) => signal.addEventListener('abort', () => wake()));
}

/** The store, with a callback for each commit. */
function spied(views: ViewStore, onCommit: (commit: Commit) => void): ViewStore {
  return {
    get: (...of) => views.get(...of),
    getMany: (...of) => views.getMany(...of),
    find: (...of) => views.find(...of),
    findEach: (...of) => views.findEach(...of),
    findIds: (...of) => views.findIds(...of),
    count: (...of) => views.count(...of),
    countUpTo: (...of) => views.countUpTo(...of),
    checkpoint: (...of) => views.checkpoint(...of),
    waitFor: (...of) => views.waitFor(...of),
    load: (...of) => views.load(...of),
    reset: (...of) => views.reset(...of),
    drop: (...of) => views.drop(...of),
    advance: (...of) => views.advance(...of),
    awaited: (...of) => views.awaited(...of),
    leases: views.leases,
    fence: (...of) => views.fence(...of),
    close: () => views.close(),
    commit: async (commit) => {
      await views.commit(commit);
      onCommit(commit);
    },
  };
}

type Fate = 'stored' | 'lost' | 'unknown' | 'restart' | 'unsubscribed';

/** The store, with commits that are lost, or stored without an answer. */
function interrupted(views: ViewStore, fateOf: (commit: Commit) => Fate): ViewStore {
  return {
    ...spied(views, () => undefined),
    commit: async (commit) => {
      const fate = fateOf(commit);
      if (fate === 'lost') throw new ViewStoreUnavailable('lost');
      await views.commit(commit);
      if (fate === 'unknown') throw new ViewStoreUnavailable('stored without an answer');
    },
  };
}

import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  change,
  type Derivation,
  type Projection,
  ProjectionEngine,
  ProjectionViews,
  projectionBuilds,
} from '#subscriptions';
import { type CollectionDefinition, type Document, type ViewStore, ViewStoreUnavailable } from '#view-store';
import { SqliteViewStore } from '#view-store/sqlite';
import { type Fault, MongoServer } from '../../../test/servers/mongodb/index.ts';
import { until } from '../../../test/tooling/until.ts';
import { fixture } from '../../subscriptions/testing/fixture.ts';
import { asRecorded, MemoryLog, type TestEvent } from '../../subscriptions/testing/memory-log.ts';
import { MongoViewStore } from './index.ts';

/** A box with what is in it; an empty one is no box. */
interface Box extends Document {
  readonly items: readonly string[];
  /** Comes out wrong when an event is missed, or taken twice. */
  readonly moves: number;
}
/** One row for each item in a box. */
interface Place extends Document {
  readonly box: string;
  readonly moves: number;
}
interface Move {
  readonly item: string;
  readonly from: string;
  readonly to: string;
}

const boxes: CollectionDefinition<Box> = { name: 'boxes', indexes: { all: ({ id }) => [id] } };
const places: CollectionDefinition<Place> = {
  name: 'places',
  indexes: { byBox: ({ box, id }) => [box, id] },
};

const NAME = 'warehouse';
const FOLLOWER = 'warehouse-v1';

const warehouse: Projection = {
  name: NAME,
  version: 1,
  collections: [boxes, places] as unknown as Projection['collections'],
  handles: ['ShareApproved'],
  project: ({ data }) => {
    const { item, from, to } = data as unknown as Move;
    const without = (box: Box | undefined) => (box?.items ?? []).filter((other) => other !== item);
    return [
      change(boxes, from, (box) => boxOf(from, without(box), box)),
      change(boxes, to, (box) => boxOf(to, [...without(box), item], box)),
    ];
  },
  derive: [{ from: boxes, to: places, rows: placesIn } as unknown as Derivation],
};

function boxOf(id: string, items: readonly string[], before: Box | undefined): Box | undefined {
  return items.length === 0 ? undefined : { id, items, moves: (before?.moves ?? 0) + 1 };
}

function placesIn({ id: box, items, moves }: Box): Place[] {
  return items.map((item) => ({ id: `${box}/${item}`, box, moves }));
}

function falseWhenUnavailable(error: unknown): boolean {
  if (error instanceof ViewStoreUnavailable) return false;
  throw error;
}

/** Everything in the views, in order. */
async function contents(store: ViewStore): Promise<readonly Document[][]> {
  const views = new ProjectionViews(store, [warehouse]);
  const all = { prefix: [], limit: 1_000 };
  const found = [
    await views.find(boxes, { index: 'all', ...all }),
    await views.find(places, { index: 'byBox', ...all }),
  ];
  return found.map(({ items }) => [...items]);
}

describe('projections in MongoDB', () => {
  let server: MongoServer;
  beforeAll(async () => {
    server = await MongoServer.start();
  });
  afterAll(() => server.close());

  const engineOn = (views: ViewStore, reader: MemoryLog, size: number) => {
    const { options } = fixture(FOLLOWER);
    const engine = new ProjectionEngine({
      ...options,
      deserialise: asRecorded,
      views,
      reader,
      projections: [warehouse],
      batchSizes: { live: size, catchingUp: size },
      pauses: { sleep: (ms) => pause(Math.min(ms, 2)), random: () => 0 },
    });
    engine.start();
    return engine;
  };

  const name = fc.constantFrom('a', 'b', 'c', 'd');
  const move = fc
    .record({ item: name, from: name, to: name })
    .map((data): TestEvent => ({ stream: data.item, type: 'ShareApproved', data }));
  const moves = fc.array(move, { minLength: 1, maxLength: 30 });
  const mishap = fc.option(
    fc.oneof(
      fc.record({ kind: fc.constantFrom('cut' as const), takesEffect: fc.boolean() }),
      fc.record({ kind: fc.constant('error' as const), code: fc.constant(50), takesEffect: fc.boolean() }),
    ),
    { freq: 4 },
  );

  it('give the same documents as one pass in SQLite, despite failures and a change of owner', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(moves, moves, moves),
        fc.array(mishap, { maxLength: 60 }),
        fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
        async ([before, during, after], mishaps, sizes) => {
          const log = new MemoryLog();
          const url = server.url.replace('/?', `/run-${runs++}?`);
          const stores = [1, 2].map(() => new MongoViewStore({ url: `${url}&minHeartbeatFrequencyMS=10` }));
          const [one, other] = stores as [MongoViewStore, MongoViewStore];
          const first = engineOn(one, log, sizes[0]);
          while (!(await one.get(projectionBuilds, FOLLOWER))) await pause(1);
          const schedule: (Fault | null)[] = [...mishaps];
          server.decide((command) => (command === 'hello' ? undefined : (schedule.shift() ?? undefined)));
          log.record(...before);
          log.record(...during);
          const second = engineOn(other, log, sizes[1]);
          const head = log.record(...after);
          await first.stop();
          server.decide();
          // A last fault may hit this very question.
          await until(() => other.waitFor(FOLLOWER, head, 1_000).catch(falseWhenUnavailable));
          await second.stop();
          const made = await contents(other);
          await Promise.all(stores.map((store) => store.close()));
          expect(made).toStrictEqual(await onePass(log));
        },
      ),
      { numRuns: 25 },
    );
  });

  async function onePass(log: MemoryLog): Promise<readonly Document[][]> {
    const views = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
    const engine = engineOn(views, log, 1_000);
    expect(await views.waitFor(FOLLOWER, await log.head(), 120_000)).toBe(true);
    await engine.stop();
    const made = await contents(views);
    await views.close();
    return made;
  }
});

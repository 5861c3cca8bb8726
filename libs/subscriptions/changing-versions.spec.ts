import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { fromMillis, toMillis } from '#domain/kernel';
import { type Position, START } from '#event-store';
import {
  type CollectionDefinition,
  type Commit,
  type Document,
  type ViewReader,
  type ViewStore,
  ViewStoreUnavailable,
} from '#view-store';
import { MongoViewReader, MongoViewStore } from '#view-store/mongodb';
import { SqliteViewReader, SqliteViewStore } from '#view-store/sqlite';
import { MongoServer } from '../../test/servers/mongodb/index.ts';
import { ProjectionEngine } from './engine.ts';
import { change, type Projection } from './projection.ts';
import { ProjectionViews } from './projection-views.ts';
import { follow } from './reaction.ts';
import { AT, asRecorded, MemoryLog } from './testing/memory-log.ts';
import { projectionVersions } from './versions.ts';

const NAME = 'stock';
const MINUTE = 60_000;

/** What the first release shows of an article, and what the second does. */
interface Article extends Document {
  readonly pieces: number;
}
interface CountedArticle extends Article {
  readonly deliveries: number;
}

const articles: CollectionDefinition<Article> = { name: 'articles', indexes: { all: ({ id }) => [id] } };
const countedArticles: CollectionDefinition<CountedArticle> = {
  name: 'articles',
  indexes: { all: ({ id }) => [id], byDeliveries: ({ deliveries, id }) => [deliveries, id] },
};
const suppliers: CollectionDefinition<Document> = { name: 'suppliers', indexes: { all: ({ id }) => [id] } };

const first: Projection = {
  name: NAME,
  version: 1,
  collections: [articles] as unknown as Projection['collections'],
  handles: ['ShareApproved'],
  project: ({ data }) => {
    const { article, pieces } = data as unknown as { article: string; pieces: number };
    if (pieces < 0) throw new Error('cannot');
    return [change(articles, article, (before) => ({ id: article, pieces: (before?.pieces ?? 0) + pieces }))];
  },
};

const second: Projection = {
  ...first,
  version: 2,
  collections: [countedArticles, suppliers] as unknown as Projection['collections'],
  project: ({ data }) => {
    const { article, pieces } = data as unknown as { article: string; pieces: number };
    return [
      change(countedArticles, article, (before) => ({
        id: article,
        pieces: (before?.pieces ?? 0) + pieces,
        deliveries: (before?.deliveries ?? 0) + 1,
      })),
    ];
  },
};

const delivered = (article: string, pieces: number) => ({
  stream: article,
  type: 'ShareApproved',
  data: { article, pieces },
});

const HISTORY = [delivered('bolt', 5), delivered('nut', 7), delivered('bolt', 1), delivered('nut', 2)];
const AS_FIRST = [
  { id: 'bolt', pieces: 6 },
  { id: 'nut', pieces: 9 },
];
const AS_SECOND = AS_FIRST.map((article) => ({ ...article, deliveries: 2 }));

/** A view store that several processes can open. */
interface Place {
  store(): ViewStore;
  reader(): ViewReader;
  remove(): Promise<void>;
}

let server: MongoServer;
let places = 0;

function inFile(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-versions-'));
  const path = join(folder, 'views.db');
  return placeOf(
    () => new SqliteViewStore({ path, discarded: () => undefined }),
    () => new SqliteViewReader({ path }),
    () => rmSync(folder, { recursive: true }),
  );
}

function inMongo(): Place {
  const url = server.url.replace('/?', `/versions-${places++}?`);
  return placeOf(
    () => new MongoViewStore({ url }),
    () => new MongoViewReader({ url }),
  );
}

function placeOf(store: () => ViewStore, reader: () => ViewReader, remove = () => {}): Place {
  const opened: ViewReader[] = [];
  const open = <Views extends ViewReader>(views: Views): Views => {
    opened.push(views);
    return views;
  };
  return {
    store: () => open(store()),
    reader: () => open(reader()),
    remove: async () => {
      await Promise.all(opened.map((views) => views.close()));
      remove();
    },
  };
}

describe.each([
  ['SQLite', inFile],
  ['MongoDB', inMongo],
])('a projection that changes, in %s', (_, placed) => {
  let place: Place;
  let log: MemoryLog;
  let now: string;
  let engines: ProjectionEngine[];

  beforeAll(async () => {
    server = await MongoServer.start();
  });
  afterAll(() => server.close());

  beforeEach(() => {
    place = placed();
    log = new MemoryLog();
    now = AT;
    engines = [];
  });
  afterEach(async () => {
    await Promise.all(engines.map((engine) => engine.stop()));
    await place.remove();
  });

  const minutesPass = (minutes: number) => {
    now = fromMillis(toMillis(now) + Math.round(minutes * MINUTE));
  };

  /** A worker of a release, which writes batch by batch. */
  const work = (projection: Projection, views = place.store()) => {
    const engine = new ProjectionEngine({
      reader: log,
      views,
      projections: [projection],
      deserialise: asRecorded,
      clock: { now: () => now },
      log: { info: jest.fn(), warn: jest.fn(), error: jest.fn() },
      batchSizes: { live: 1, catchingUp: 1 },
      bufferedBytes: 1,
      attempts: 1,
      pauses: { sleep: () => pause(1), random: () => 0 },
    });
    engines.push(engine);
    engine.start();
    return engine;
  };

  /** A process of a release that reads. */
  const read = (projection: Projection) => {
    const views = new ProjectionViews(place.reader(), [projection], { refreshMs: 1 });
    const all = async (collection: CollectionDefinition<Document> = articles as never) =>
      (await views.find(collection, { index: 'all', prefix: [] })).items;
    return { views, all };
  };
  type Reader = ReturnType<typeof read>;

  const reached = async ({ views }: Reader, position: Position) => {
    expect(await views.waitFor(NAME, position, 120_000)).toBe(true);
  };

  /** Reads until it gets these; before them, it may only get `before`. */
  const sees = async ({ all }: Reader, documents: readonly Document[], before?: readonly Document[]) => {
    for (;;) {
      const seen = await all();
      try {
        expect(seen).toStrictEqual(documents);
        return;
      } catch (error) {
        if (before === undefined) throw error;
        expect(seen).toStrictEqual(before);
        await pause(1);
      }
    }
  };

  /** The first release has run, and has stopped. */
  const builtByFirst = async () => {
    const head = log.record(...HISTORY);
    const old = work(first);
    await reached(read(first), head);
    await sees(read(first), AS_FIRST);
    return { head, old };
  };

  /** The second release runs until the former version is removeVersion, or it is killed; true when it was killed. */
  const lifeOf = async (engine: ProjectionEngine, died: Promise<'killed'>): Promise<boolean> => {
    const raw = place.reader();
    const isBuilt = async () =>
      (await raw.get(projectionVersions, NAME))?.versions.some(
        ({ version, builtAt }) => version === 2 && builtAt !== undefined,
      );
    let killed = false;
    void died.then(() => {
      killed = true;
    });
    while (!killed && !(await isBuilt())) await pause(1);
    for (const minutes of [10, 1]) {
      minutesPass(minutes);
      if (!killed) await engine.cleanUp().catch(() => undefined);
    }
    await engine.stop();
    return killed;
  };

  it('shows the complete former version until the new one has caught up, and then the new one', async () => {
    const { head, old } = await builtByFirst();
    await old.stop();
    const { views, held, release } = heldAt('stock-v2', place.store());
    const reader = read(second);
    work(second, views);
    await held;
    expect(await reader.all()).toStrictEqual(AS_FIRST);
    expect(await reader.views.checkpoint(NAME)).toBe(head);
    await reached(reader, head);
    const waiting = reader.views.waitFor(NAME, log.record(delivered('nut', 1)), 120_000);
    release();
    expect(await waiting).toBe(true);
    const [bolt] = AS_SECOND;
    expect(await reader.all()).toStrictEqual([bolt, { id: 'nut', pieces: 10, deliveries: 3 }]);
    await sees(read(first), AS_FIRST);
  });

  it('answers queries that the former version supports, and refuses others until the new one is built', async () => {
    const { old } = await builtByFirst();
    await old.stop();
    const { views, held, release } = heldAt('stock-v2', place.store());
    work(second, views);
    await held;
    const reader = read(second);
    const byDeliveries = { index: 'byDeliveries', prefix: [2] };
    expect(await reader.views.get(countedArticles, 'bolt')).toStrictEqual(AS_FIRST[0]);
    expect(await reader.views.count(countedArticles, { index: 'all', prefix: [] })).toBe(2);
    await expect(reader.views.find(countedArticles, byDeliveries)).rejects.toThrow(ViewStoreUnavailable);
    await expect(reader.views.count(countedArticles, byDeliveries)).rejects.toThrow(ViewStoreUnavailable);
    await expect(reader.views.get(suppliers, 'any')).rejects.toThrow(ViewStoreUnavailable);
    release();
    await sees(reader, AS_SECOND, AS_FIRST);
    expect((await reader.views.find(countedArticles, byDeliveries)).items).toStrictEqual(AS_SECOND);
    expect(await reader.views.get(suppliers, 'any')).toBeUndefined();
  });

  it('is written by both releases side by side, and never returns to the former version by itself', async () => {
    const { old } = await builtByFirst();
    work(second);
    const [before, after] = [read(first), read(second)];
    await sees(after, AS_SECOND, AS_FIRST);
    const head = log.record(delivered('bolt', 4));
    await Promise.all([reached(before, head), reached(after, head)]);
    expect(await before.views.get(articles, 'bolt')).toStrictEqual({ id: 'bolt', pieces: 10 });
    expect(await after.views.get(articles, 'bolt')).toStrictEqual({ id: 'bolt', pieces: 10, deliveries: 3 });
    await old.stop();
    work(first);
    const last = log.record(delivered('bolt', 1));
    await reached(before, last);
    // A reader of a third version reads the live one, which is still the second.
    const next = read({ ...second, version: 3 });
    await reached(next, last);
    expect(await next.views.get(articles, 'bolt')).toStrictEqual({ id: 'bolt', pieces: 11, deliveries: 4 });
  });

  it('keeps the former version for the grace period, and then drops it with what it had parked', async () => {
    log.record(delivered('bad', -1));
    const { old } = await builtByFirst();
    expect(await old.parked(NAME)).toHaveLength(1);
    await old.stop();
    const current = work(second);
    await sees(read(second), [{ id: 'bad', pieces: -1, deliveries: 1 }, ...AS_SECOND], AS_FIRST);
    const reader = read(first);
    const raw = place.reader();
    const stored = { ...articles, name: 'stock-v1-articles' };

    minutesPass(9.9);
    await current.cleanUp();
    minutesPass(30);
    expect(await reader.all()).toStrictEqual(AS_FIRST);
    await current.cleanUp();
    await expect(read(first).all()).rejects.toThrow(ViewStoreUnavailable);
    // Waits for readers that do not know yet.
    minutesPass(0.9);
    await current.cleanUp();
    expect(await raw.checkpoint('stock-v1')).not.toBe(START);
    minutesPass(0.1);
    await current.cleanUp();
    expect(await raw.checkpoint('stock-v1')).toBe(START);
    expect(await raw.get(stored, 'bolt')).toBeUndefined();
    expect(await old.parked(NAME)).toHaveLength(0);
    expect((await raw.get(projectionVersions, NAME))?.versions.map(({ version }) => version)).toStrictEqual([
      2,
    ]);
    await sees(read(second), [{ id: 'bad', pieces: -1, deliveries: 1 }, ...AS_SECOND]);
  });

  it('keeps the former version as long as a worker runs it', async () => {
    const { old } = await builtByFirst();
    const current = work(second);
    await sees(read(second), AS_SECOND, AS_FIRST);
    for (let minutes = 0; minutes < 30; minutes += 5) {
      minutesPass(5);
      await old.cleanUp();
      await current.cleanUp();
    }
    expect(await read(first).all()).toStrictEqual(AS_FIRST);
  });

  it('is rebuilt by an earlier release that returns after its version was dropped', async () => {
    const { head, old } = await builtByFirst();
    await old.stop();
    const current = work(second);
    await sees(read(second), AS_SECOND, AS_FIRST);
    for (const minutes of [10, 1]) {
      minutesPass(minutes);
      await current.cleanUp();
    }
    const back = work(first);
    await reached(read(first), head);
    await sees(read(first), AS_FIRST);
    await sees(read(second), AS_SECOND);
    minutesPass(5);
    await back.cleanUp();
    minutesPass(6);
    await current.cleanUp();
    await sees(read(first), AS_FIRST);
  });

  it('is not rebuilt before its former collections are removed', async () => {
    const { head, old } = await builtByFirst();
    await old.stop();
    const current = work(second);
    await sees(read(second), AS_SECOND, AS_FIRST);
    minutesPass(10);
    await current.cleanUp();
    await current.stop();
    const back = work(first);
    const isKept = async () => (await back.status()).every(({ failures }) => failures === 0);
    while (await isKept()) await pause(1);
    expect(await place.reader().checkpoint('stock-v1')).toBe(head);
    minutesPass(1);
    await back.cleanUp();
    await reached(read(first), head);
    await sees(read(first), AS_FIRST);
  });

  it('is rebuilt by a release that was suspended while its version was dropped', async () => {
    const { old } = await builtByFirst();
    const current = work(second);
    await sees(read(second), AS_SECOND, AS_FIRST);
    for (const minutes of [10, 1]) {
      minutesPass(minutes);
      await current.cleanUp();
    }
    const reader = read(first);
    const head = log.record(delivered('bolt', 1));
    await reached(reader, head);
    const [, nut] = AS_FIRST;
    await sees(reader, [{ id: 'bolt', pieces: 7 }, nut as Article]);
    await old.stop();
  });

  it('triggers no reactions again while it is built', async () => {
    const handled: string[] = [];
    const head = log.record(...HISTORY);
    const views = place.store();
    const reaction = follow({
      name: 'reaction',
      reader: log,
      views,
      deserialise: asRecorded,
      clock: { now: () => now },
      log: { info: jest.fn(), warn: jest.fn(), error: jest.fn() },
      handle: async (events) => {
        handled.push(...events.map(({ id }) => id));
        return [];
      },
    });
    reaction.start();
    const old = work(first);
    await reached(read(first), head);
    expect(await views.waitFor('reaction', head, 120_000)).toBe(true);
    await old.stop();
    work(second);
    await sees(read(second), AS_SECOND, AS_FIRST);
    await reaction.stop();
    expect(handled).toHaveLength(HISTORY.length);
  });

  it.each(['before', 'after'] as const)(
    'continues where a worker was killed, %s any of its writes',
    async (moment) => {
      for (let survived = 0; ; survived++) {
        log = new MemoryLog();
        now = AT;
        const { old } = await builtByFirst();
        await old.stop();
        const { views, died } = mortal(place.store(), survived, moment);
        const killed = await lifeOf(work(second, views), died);
        expect([AS_FIRST, AS_SECOND]).toContainEqual(await read(second).all());
        await lifeOf(work(second), new Promise(() => undefined));
        expect(await read(second).all()).toStrictEqual(AS_SECOND);
        const raw = place.reader();
        const record = await raw.get(projectionVersions, NAME);
        expect(record?.versions.map(({ version }) => version)).toStrictEqual([2]);
        expect(await raw.checkpoint('stock-v1')).toBe(START);
        if (!killed) {
          expect(survived).toBeGreaterThan(8);
          return;
        }
        await place.remove();
        place = placed();
      }
    },
  );
});

const WRITES = ['commit', 'reset', 'drop'];

/** The store, with a wrapper around each call. */
function around(
  views: ViewStore,
  call: (method: string, argument: unknown, go: () => Promise<unknown>) => Promise<unknown>,
): ViewStore {
  return new Proxy(views, {
    get: (store, name) => {
      const member: unknown = Reflect.get(store, name);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]) =>
        call(String(name), given[0], async () => Reflect.apply(member, store, given));
    },
  });
}

/** The store, of which the follower's second batch waits until it is released. */
function heldAt(follower: string, store: ViewStore) {
  const { promise: held, resolve: hold } = Promise.withResolvers<void>();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  let batches = 0;
  const views = around(store, async (method, argument, go) => {
    const commit = argument as Commit;
    if (method === 'commit' && commit.follower === follower && commit.to > START && ++batches === 2) {
      hold();
      await released;
    }
    return go();
  });
  return { views, held, release };
}

/** The store of a process that is killed before or after one of its writes. */
function mortal(store: ViewStore, survived: number, moment: 'before' | 'after') {
  const { promise: died, resolve: die } = Promise.withResolvers<'killed'>();
  let writes = 0;
  let dead = false;
  const views = around(store, async (method, _, go) => {
    const last = !dead && WRITES.includes(method) && ++writes > survived;
    if (last) {
      dead = true;
      if (moment === 'after') await go();
      die('killed');
    }
    if (dead) throw new ViewStoreUnavailable('killed');
    return go();
  });
  return { views, died };
}

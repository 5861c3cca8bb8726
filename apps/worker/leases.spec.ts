import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '#application/core';
import { deserialise } from '#contracts';
import { newSignerKey } from '#evidence';
import { PROCESSES } from '#processes';
import { projections } from '#projections';
import { type ShareDocument, shares } from '#projections/shares';
import { parseSealingKeys } from '#seal';
import { NotOwnerHere, ProjectionEngine, ProjectionViews } from '#subscriptions';
import { type Document, OwnershipLost, type ViewReader } from '#view-store';
import { MongoViewReader, MongoViewStore } from '#view-store/mongodb';
import { SqliteViewStore } from '#view-store/sqlite';
import { MongoServer } from '../../test/servers/mongodb/index.ts';
import { TcpProxy } from '../../test/servers/tcp-proxy.ts';
import { until } from '../../test/tooling/until.ts';
import { ownFollowers } from './index.ts';
import { type Host, openHost, silent, webhooks } from './testing/host.ts';
import { Worker } from './worker.ts';

const keys = parseSealingKeys(newSignerKey('two-workers'));

/** The time to live in tests without and with a dying worker. */
const LONG_MS = 60_000;
const SHORT_MS = 1_000;

/** A worker with its own connection to the view store, which can be cut. */
interface TestWorker {
  readonly worker: Worker;
  readonly line: TcpProxy;
  /** The commits that were refused as too late. */
  readonly late: OwnershipLost[];
  close(): Promise<void>;
}

let host: Host;
let server: MongoServer;
let views: ViewReader;
let workers: TestWorker[];

beforeEach(async () => {
  host = await openHost();
  server = await MongoServer.start();
  views = new ProjectionViews(new MongoViewReader({ url: server.url }), projections, { refreshMs: 10 });
  workers = [];
});

afterEach(async () => {
  await Promise.all(workers.map(({ close }) => close()));
  await views.close();
  await server.close();
  await host.close();
});

async function startWorker(ttlMs: number): Promise<TestWorker> {
  const line = await TcpProxy.start(server.port);
  const url = `mongodb://127.0.0.1:${line.port}/?directConnection=true&minHeartbeatFrequencyMS=10`;
  const store = new MongoViewStore({ url, timeoutMs: 10_000 });
  const late: OwnershipLost[] = [];
  const log = {
    ...silent,
    warn: (details: object) => {
      if ('err' in details && details.err instanceof OwnershipLost) late.push(details.err);
    },
  };
  const worker = new Worker({
    reader: host.store,
    views: store,
    commands: { send: host.execute },
    clock: systemClock,
    log,
    sealing: { keys, intervalMs: 1_000 },
    webhooks,
    lease: { owner: randomUUID(), ttlMs, renewMs: 100, claimPauseMs: 5 },
  });
  await worker.start();
  const started: TestWorker = {
    worker,
    line,
    late,
    close: async () => {
      await line.heal();
      await worker.stop();
      await store.close();
      await line.close();
    },
  };
  workers.push(started);
  return started;
}

const ownedBy = async ({ worker }: TestWorker) => (await worker.status()).owned;

/** Starts two workers and waits until they share all followers; the first one owns the processes. */
async function startTwo(ttlMs: number): Promise<readonly [TestWorker, TestWorker]> {
  const [one, other] = await Promise.all([startWorker(ttlMs), startWorker(ttlMs)]);
  await until(async () => {
    const owned = [...(await ownedBy(one)), ...(await ownedBy(other))];
    return ownFollowers.every((follower) => owned.includes(follower));
  });
  return ownerFirst([one, other]);
}

/** The one that owns the processes, and the other: on a busy machine a short lease may change hands by itself. */
async function ownerFirst([one, other]: readonly [TestWorker, TestWorker]) {
  return (await ownedBy(one)).includes(PROCESSES) ? ([one, other] as const) : ([other, one] as const);
}

const ownsAll = async (worker: TestWorker) => (await ownedBy(worker)).length === ownFollowers.length;

const isAvailable = async (shareId: string) =>
  (await views.get<ShareDocument>(shares, shareId).catch(() => undefined))?.summary.status === 'available';

/** Resolves when all views have reached the end of the log. */
async function caughtUp(reader: ViewReader): Promise<void> {
  const head = await host.store.head();
  for (const { name } of projections) expect(await reader.waitFor(name, head, 120_000)).toBe(true);
}

/** All documents of all views, by collection. */
async function contents(reader: ViewReader): Promise<Record<string, readonly Document[]>> {
  const found: Record<string, readonly Document[]> = {};
  for (const collection of projections.flatMap(({ collections }) => collections)) {
    const [index] = Object.keys(collection.indexes);
    if (index === undefined) continue;
    const { items } = await reader.find(collection, { index, prefix: [], limit: 10_000 });
    found[collection.name] = items.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }
  return found;
}

/** The views as one pass over the whole log builds them. */
async function fromScratch(): Promise<Record<string, readonly Document[]>> {
  const store = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
  const engine = new ProjectionEngine({
    reader: host.store,
    views: store,
    projections,
    deserialise,
    clock: systemClock,
    log: silent,
  });
  engine.start();
  const built = new ProjectionViews(store, projections, { refreshMs: 10 });
  await caughtUp(built);
  const all = await contents(built);
  await engine.stop();
  await built.close();
  return all;
}

/** The events of the shares. */
async function eventsOf(shareIds: readonly string[]): Promise<string[]> {
  const all = await host.store.readAll({ limit: 10_000 });
  return all
    .filter(({ stream }) => shareIds.some((id) => stream.endsWith(id)))
    .map(({ stream, type }) => `${stream} ${type}`);
}

describe('two workers', () => {
  it('share the followers: each is run by one of them, and both report which', async () => {
    const [one, other] = await startTwo(LONG_MS);
    expect([...(await ownedBy(one)), ...(await ownedBy(other))].toSorted()).toStrictEqual(
      ownFollowers.toSorted(),
    );
    for (const each of [one, other]) {
      const { owned, projections: status, processes, seal, webhooks: sent } = await each.worker.status();
      const running = [...status, processes.follower, seal.follower, sent.follower].filter(
        ({ state }) => state !== 'standby',
      );
      expect(running.map(({ name }) => name).toSorted()).toStrictEqual(owned.toSorted());
    }
    await until(async () => (await one.worker.status()).ready && (await other.worker.status()).ready);
    await expect(other.worker.redrive('prepare-package', 'none')).rejects.toThrow(NotOwnerHere);
    await expect(other.worker.retryParked(PROCESSES, 'none')).rejects.toThrow(NotOwnerHere);
    expect(await one.worker.redrive('prepare-package', 'none')).toBe(false);
    const status = (await one.worker.status()).projections;
    const elsewhere = projections.filter((_, index) => status[index]?.state === 'standby');
    for (const { name } of elsewhere) {
      await expect(one.worker.rebuild(name)).rejects.toThrow(NotOwnerHere);
      expect(await one.worker.parked(name)).toStrictEqual([]);
    }
  });

  it('continue as one when the other is killed in the middle of its work: nothing is missing or done twice', async () => {
    const both = await startTwo(SHORT_MS);
    const before = await host.share();
    await until(() => isAvailable(before));
    const [killed, heir] = await ownerFirst(both);
    const during = await host.share();
    killed.line.refuse();
    const after = await host.share();
    await until(() => ownsAll(heir));
    const shareIds = [before, during, after];
    for (const shareId of shareIds) await until(() => isAvailable(shareId));
    await caughtUp(views);
    expect(await contents(views)).toStrictEqual(await fromScratch());
    const events = await eventsOf(shareIds);
    expect(new Set(events).size).toBe(events.length);
    expect(events.filter((event) => event.endsWith(' SharePackageCompleted'))).toHaveLength(3);
  });

  it('are not affected by one that was suspended, and resumes its pending work', async () => {
    const both = await startTwo(SHORT_MS);
    const before = await host.share();
    await until(() => isAvailable(before));
    const [frozen, heir] = await ownerFirst(both);
    frozen.line.silence();
    const during = await host.share();
    await until(() => ownsAll(heir));
    await until(() => isAvailable(during));
    await caughtUp(views);
    const complete = await contents(views);
    const events = await eventsOf([before, during]);
    await frozen.line.heal();
    await until(async () => frozen.late.length > 0 && (await ownedBy(frozen)).length === 0);
    expect(await contents(views)).toStrictEqual(complete);
    expect(complete).toStrictEqual(await fromScratch());
    const last = await host.share();
    await until(() => isAvailable(last));
    expect(await eventsOf([before, during])).toStrictEqual(events);
  });

  it('hand over at a stop without waiting for the lease to expire', async () => {
    const [leaving, heir] = await startTwo(LONG_MS);
    const shareId = await host.share();
    await leaving.worker.stop();
    const stoppedAt = performance.now();
    await until(() => ownsAll(heir));
    expect(performance.now() - stoppedAt).toBeLessThan(LONG_MS);
    await until(() => isAvailable(shareId));
  });
});

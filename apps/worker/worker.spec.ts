import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '#application/core';
import { SqliteViewStore } from '#view-store/sqlite';
import { until } from '../../test/tooling/until.ts';
import { ownFollowers, viewsPath } from './index.ts';
import { type Host, openHost, silent, webhooks } from './testing/host.ts';
import { Worker } from './worker.ts';

let host: Host;
let views: SqliteViewStore;
let worker: Worker;

beforeEach(async () => {
  host = await openHost();
  const { dataDir, execute, progress: signals, store: reader } = host;
  views = new SqliteViewStore({ path: viewsPath(dataDir), signals, discarded: () => undefined });
  const commands = { send: execute };
  worker = new Worker({ reader, views, commands, clock: systemClock, log: silent, webhooks });
  await worker.start();
});

afterEach(async () => {
  await worker.stop();
  await views.close();
  await host.close();
});

describe('the worker', () => {
  it('updates the views, and runs the processes', async () => {
    const shareId = await host.share();
    await until(async () => (await host.statusOf(shareId)) === 'available');
  });

  it('reports when all followers have reached the end of the log', async () => {
    await host.share();
    await until(async () => (await worker.status()).ready);
    const { projections, processes, seal, webhooks: deliveries } = await worker.status();
    const all = [...projections, processes.follower, seal.follower, deliveries.follower];
    expect(all.map(({ name }) => name)).toStrictEqual(ownFollowers);
    expect(processes.open).toStrictEqual({ ready: 0, running: 0, waiting: 0, stuck: 0 });
  });

  it('rebuilds a view without repeating the work of processes', async () => {
    const shareId = await host.share();
    await until(async () => (await host.statusOf(shareId)) === 'available');
    const head = await host.store.head();
    await worker.rebuild('shares');
    await until(async () => (await host.statusOf(shareId)) === 'available');
    expect(await host.store.head()).toBe(head);
    expect(await worker.parked('shares')).toStrictEqual([]);
  });

  it('redrives nothing where no work is open', async () => {
    expect(await worker.redrive('prepare-package', 'none')).toBe(false);
  });
});

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { existsSync, statSync } from 'node:fs';
import { mkdir, rmdir } from 'node:fs/promises';
import type { Worker as Thread } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreUnavailable } from '#event-store';
import { newSignerKey } from '#evidence';
import { newKeyEncryptionKey } from '#personal-data';
import { until } from '../../test/tooling/until.ts';
import { startWorkerThread, viewsPath, type WorkerThread } from './index.ts';
import { type Host, openHost, silent, statusIn, webhooks } from './testing/host.ts';

let host: Host;
let thread: WorkerThread | undefined;

beforeEach(async () => {
  host = await openHost();
});

afterEach(async () => {
  await thread?.stop();
  thread = undefined;
  await host.close();
});

function start(execute = host.execute, log = silent): WorkerThread {
  const { dataDir, events, progress } = host;
  const sealing = { keys: newSignerKey('thread'), intervalMs: 1_000 };
  const keyEncryption = newKeyEncryptionKey();
  const settings = {
    dataDir,
    events,
    progress,
    execute,
    sealing,
    keyEncryption,
    webhooks,
    log,
    logLevel: 'silent',
  };
  thread = startWorkerThread(settings);
  return thread;
}

describe('the worker in its own thread', () => {
  it('follows the log and sends its commands back', async () => {
    start();
    const shareId = await host.share();
    await until(async () => (await host.statusOf(shareId)) === 'available');
  });

  it('has a heap that is collected before most of it is garbage', () => {
    const started: Thread[] = [];
    const note = (message: unknown) => started.push((message as { worker: Thread }).worker);
    subscribe('worker_threads', note);
    start();
    unsubscribe('worker_threads', note);
    const [limits] = started.map(({ resourceLimits }) => resourceLimits);
    expect(limits).toMatchObject({ maxYoungGenerationSizeMb: 48, maxOldGenerationSizeMb: 1_024 });
  });

  it('answers its status, and redrives stuck work', async () => {
    const running = start();
    await host.share();
    await until(async () => (await running.status()).ready);
    expect(await running.redrive('prepare-package', 'none')).toBe(false);
    await running.rebuild('shares');
    expect(await running.parked('processes')).toStrictEqual([]);
    expect(await running.retryParked('processes', 'none')).toBe(true);
    expect(await running.retryParked('shares', 'none')).toBe(true);
    await expect(running.rebuild('none')).rejects.toMatchObject({ name: 'TypeError' });
  });

  it('continues after commands could not be executed for a while', async () => {
    let away = true;
    const running = start((command) =>
      away ? Promise.reject(new EventStoreUnavailable('away')) : host.execute(command),
    );
    const shareId = await host.share();
    await until(async () => (await running.status()).processes.open.waiting > 0);
    expect((await running.status()).processes.troubled).toMatchObject([
      { process: 'prepare-package', key: shareId, reason: 'EventStoreUnavailable: away' },
    ]);
    away = false;
    await running.redrive('prepare-package', shareId);
    await until(async () => (await host.statusOf(shareId)) === 'available');
  });

  it('resumes unfinished work after a stop', async () => {
    const stopped = start(() => new Promise(() => undefined));
    const shareId = await host.share();
    await until(async () => (await stopped.status()).processes.open.running > 0);
    await stopped.stop();
    start();
    await until(async () => (await host.statusOf(shareId)) === 'available');
  });

  it('rebuilds its views when the view file cannot be read, though nothing more happens', async () => {
    const running = start();
    const shareId = await host.share();
    await until(async () => (await host.statusOf(shareId)) === 'available');
    await until(async () => {
      const { projections, processes } = await running.status();
      return [...projections, processes.follower].every(({ lag }) => lag === 0);
    });
    const file = statSync(viewsPath(host.dataDir)).ino;
    await running.viewsDamaged({ reason: 'page 7 is invalid', file });
    expect(existsSync(`${viewsPath(host.dataDir)}.discarded`)).toBe(true);
    // The host's reader may go on for a while with the file it has open.
    const rebuilt = host.newViews();
    await until(async () => (await statusIn(rebuilt, shareId)) === 'available');
    await rebuilt.close();
    await until(async () => (await running.status()).ready);
  });

  it('is restarted when it dies', async () => {
    await mkdir(viewsPath(host.dataDir));
    const died = new Promise<string>((resolve) => {
      start(host.execute, { ...silent, error: (_, message) => resolve(message) });
    });
    expect(await died).toBe('The worker thread failed');
    await rmdir(viewsPath(host.dataDir));
    const shareId = await host.share();
    await until(async () => (await host.statusOf(shareId)) === 'available');
  });
});

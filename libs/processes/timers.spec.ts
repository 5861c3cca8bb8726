// Work that waits for a moment: durable, by the service's own clock, and out of memory until then.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId } from '#application/core';
import { conflict, plusMillis } from '#domain/kernel';
import type { NewEvent } from '#event-store';
import { type ViewStore, ViewStoreUnavailable } from '#view-store';
import { until } from '../../test/tooling/until.ts';
import {
  type ProcessManager,
  ProcessRunner,
  type ProcessRunnerOptions,
  processTimers,
  processWork,
  type StepResult,
} from './index.ts';
import { ManualPauses } from './testing/manual-pauses.ts';
import { silent, uid, World } from './testing/world.ts';

const LOOK = 250;
const HOUR = 3_600_000;

let world: World;
let pauses: ManualPauses;
let at: string;
const runners: ProcessRunner[] = [];

beforeEach(async () => {
  world = await World.open();
  pauses = new ManualPauses();
  at = plusMillis(world.now, HOUR);
});

afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  await world.close();
});

/** What was stepped, and when by the service's clock. */
class Steps {
  readonly taken: string[] = [];

  constructor(
    private readonly step: (key: string, now: string) => StepResult = (_, now) => this.atOne(now),
  ) {}

  private atOne(now: string): StepResult {
    return now < at ? { at } : 'done';
  }

  get process(): ProcessManager {
    return {
      name: 'sample',
      startedBy: ['NotificationRead'],
      workFor: (event) =>
        event.type === 'NotificationRead' ? { key: event.data.notificationId, data: {} } : undefined,
      step: async ([{ key }], { clock }) => {
        this.taken.push(`${key} ${clock.now()}`);
        return this.step(key, clock.now());
      },
    };
  }
}

async function start(
  process: ProcessManager,
  more: Partial<ProcessRunnerOptions> = {},
): Promise<ProcessRunner> {
  const clock = { now: () => world.now };
  const runner = new ProcessRunner({
    ...world.dependencies,
    store: world.viewStore,
    processes: [process],
    clock,
    log: silent,
    pauses,
    ...more,
  });
  runners.push(runner);
  await runner.start();
  return runner;
}

async function happened(...keys: string[]): Promise<void> {
  const events = keys.map((notificationId): NewEvent => {
    const metadata = {
      at: world.now,
      actor: { account: uid(2), user: 'someone', role: 'administrator' },
      commandId: uid(1),
      commandHash: '',
      $correlationId: uid(1),
      $causationId: uid(1),
      schemaVersion: 1,
    };
    const data = { account: uid(2), notificationId };
    return { id: derivedId(uid(1), notificationId), type: 'NotificationRead', data, metadata };
  });
  for (let from = 0; from < events.length; from += 500) {
    await world.store.append(`inbox-${uid(2)}`, events.slice(from, from + 500), 'any');
  }
}

const stored = async (collection: typeof processTimers | typeof processWork, index: string) =>
  (await world.viewStore.find(collection, { index, prefix: [], limit: 5_000 })).items.map(({ key }) => key);
const waiting = () => stored(processTimers, 'by-moment');
const open = () => stored(processWork, 'by-cause');

/** Moves the clock once something waits for it, and has it read. */
async function moveTo(now: string): Promise<void> {
  await until(() => pauses.lengths.includes(LOOK));
  world.now = now;
  pauses.end(LOOK);
}

describe('work that waits for a moment', () => {
  it('is not stepped before it, to the millisecond, and is done at it', async () => {
    const steps = new Steps();
    const runner = await start(steps.process);
    await happened('a');
    await until(async () => (await waiting()).includes('a'));
    expect(await open()).toEqual([]);
    expect((await runner.status()).open).toEqual({ ready: 0, running: 0, waiting: 0, stuck: 0 });

    await moveTo(plusMillis(at, -1));
    await until(() => pauses.lengths.includes(LOOK));
    expect(steps.taken).toHaveLength(1);
    await moveTo(at);
    await until(async () => (await waiting()).length === 0);
    expect(steps.taken[1]).toBe(`a ${at}`);
    expect(await open()).toEqual([]);
  });

  it('waits on through a restart, also where the moment comes meanwhile', async () => {
    const steps = new Steps();
    const first = await start(steps.process);
    await happened('a', 'b');
    await until(async () => (await waiting()).length === 2);
    await first.stop();

    const second = await start(steps.process);
    await until(() => pauses.lengths.includes(LOOK));
    expect(steps.taken).toHaveLength(2);
    await second.stop();
    world.now = plusMillis(at, HOUR);
    await start(steps.process);
    await until(async () => (await waiting()).length === 0);
    expect(steps.taken).toHaveLength(4);
  });

  it('may wait again, for another moment', async () => {
    const steps = new Steps((_, now) =>
      now < plusMillis(at, HOUR) ? { at: plusMillis(now, HOUR) } : 'done',
    );
    await start(steps.process);
    await happened('a');
    await until(async () => (await waiting()).includes('a'));
    for (const hour of [1, 2]) {
      const moment = plusMillis(at, (hour - 1) * HOUR);
      await moveTo(moment);
      await until(() => steps.taken.includes(`a ${moment}`));
    }
    await until(async () => (await waiting()).length === 0);
  });

  it('is done once each, also when much of it has the same moment', async () => {
    const steps = new Steps();
    const keys = Array.from({ length: 1_200 }, (_, n) => `k${n}`);
    await start(steps.process, { maxReady: 100 });
    await happened(...keys);
    await until(async () => (await waiting()).length === keys.length);
    await moveTo(at);
    await until(async () => (await waiting()).length === 0);
    expect(steps.taken).toHaveLength(2 * keys.length);
    expect(new Set(steps.taken).size).toBe(2 * keys.length);
  });

  it('stays stored while its step fails', async () => {
    let broken = true;
    const steps = new Steps((_, now) => {
      if (now < at) return { at };
      if (broken) throw conflict('a-rule', 'It must not be.');
      return 'done';
    });
    const runner = await start(steps.process);
    await happened('a');
    await until(async () => (await waiting()).includes('a'));
    await moveTo(at);
    for (const wait of [100, 200, 400, 800]) {
      await until(() => pauses.lengths.includes(wait));
      pauses.end(wait);
    }
    await until(() => pauses.lengths.includes(300_000));
    expect([await waiting(), await open()]).toEqual([['a'], ['a']]);
    broken = false;
    runner.redrive('sample', 'a');
    await until(async () => (await waiting()).length + (await open()).length === 0);
  });

  it('is looked for again when the store was away', async () => {
    let away = true;
    const find: ViewStore['find'] = (collection, query) => {
      if (away && collection.name === processTimers.name) throw new ViewStoreUnavailable('away');
      return world.viewStore.find(collection, query);
    };
    const store = new Proxy(world.viewStore, {
      get: (target, name) => {
        if (name === 'find') return find;
        const value = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const steps = new Steps();
    const before = await start(steps.process);
    await happened('a');
    await until(async () => (await waiting()).includes('a'));
    await before.stop();
    world.now = at;
    await start(steps.process, { store });
    await until(() => pauses.lengths.includes(100));
    away = false;
    pauses.end(100);
    await until(async () => (await waiting()).length === 0);
    expect(steps.taken).toHaveLength(2);
  });
});

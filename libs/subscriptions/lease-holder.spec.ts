import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Leases, ViewStoreUnavailable } from '#view-store';
import { SqliteViewStore } from '#view-store/sqlite';
import { LeaseHolder } from './lease-holder.ts';
import type { Leased } from './leased.ts';
import { FakeTime } from './testing/fake-time.ts';

const NAMES = ['accounts', 'audit', 'grants', 'inbox', 'processes', 'shares'];
const TTL_MS = 5_000;
const RENEW_MS = 1_000;

let time: FakeTime;
let store: SqliteViewStore;
let workers: TestWorker[];

beforeEach(() => {
  time = new FakeTime();
  store = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
  workers = [];
});

afterEach(async () => {
  for (const { holder } of workers) void holder.stop();
  await time.pass(60_000);
  await store.close();
});

/** `deaf`: claims take effect, but their answers are lost. `slow`: answers to renewals take four seconds. */
type StoreFault = 'fine' | 'gone' | 'silent' | 'deaf' | 'slow';

/** A holder in a process of its own, which may lose the store, or be killed. */
class TestWorker {
  readonly holder: LeaseHolder;
  /** What runs here, with its term. */
  readonly running = new Map<string, number>();
  readonly gaveUp = new Map<string, () => void>();
  fault: StoreFault = 'fine';
  /** How long what runs takes to stop. */
  stopMs = 0;

  constructor(owner: string, names: readonly string[] = NAMES, clock = () => time.now, random = () => 0.5) {
    const pauses = time.pauses(random);
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const leased = names.map(
      (name): Leased => ({ name, start: (term, giveUp) => this.#run(name, term, giveUp) }),
    );
    const leases = this.#reached(store.leases);
    this.holder = new LeaseHolder({ leases, owner, leased, log, pauses, monotonic: clock });
    workers.push(this);
    this.holder.start();
  }

  /** Simulates a killed process: no further calls, no further answers. */
  kill(): void {
    this.fault = 'silent';
    this.running.clear();
  }

  #run(name: string, term: number, giveUp: () => void) {
    this.running.set(name, term);
    this.gaveUp.set(name, giveUp);
    return {
      stop: async () => {
        if (this.stopMs > 0) await time.pauses().sleep(this.stopMs, new AbortController().signal);
        this.running.delete(name);
      },
    };
  }

  #reached(leases: Leases): Leases {
    const reach = <Result>(ask: () => Promise<Result>): Promise<Result> => {
      if (this.fault === 'gone') return Promise.reject(new ViewStoreUnavailable('gone'));
      return this.fault === 'silent' ? new Promise(() => undefined) : ask();
    };
    return {
      read: (name) => reach(() => leases.read(name)),
      claim: async (...claim) => {
        const lease = await reach(() => leases.claim(...claim));
        if (this.fault === 'deaf') throw new ViewStoreUnavailable('lost');
        return lease;
      },
      renew: async (lease) => {
        const renewed = await reach(() => leases.renew(lease));
        if (this.fault === 'slow') await time.pauses().sleep(4_000, new AbortController().signal);
        return renewed;
      },
      release: (lease) => reach(() => leases.release(lease)),
    };
  }
}

const running = (worker: TestWorker) => [...worker.running.keys()].toSorted();

describe('a lease holder', () => {
  it('soon runs everything when it is alone, and keeps it', async () => {
    const alone = new TestWorker('alone');
    await time.pass(2_000);
    expect(running(alone)).toStrictEqual(NAMES);
    expect(alone.holder.owned.toSorted()).toStrictEqual(NAMES);
    await time.pass(60_000);
    expect(new Set(alone.running.values())).toStrictEqual(new Set([1]));
  });

  it('shares with another that starts at the same time: each follower runs once, about as many in each', async () => {
    const one = new TestWorker('one');
    await time.pass(150);
    const other = new TestWorker('other');
    for (let step = 0; step < 300; step += 1) {
      await time.pass(50);
      for (const name of one.running.keys()) expect(other.running.has(name)).toBe(false);
    }
    expect([...running(one), ...running(other)].toSorted()).toStrictEqual(NAMES);
    expect(Math.abs(one.running.size - other.running.size)).toBeLessThanOrEqual(2);
  });

  it('takes over the followers of a dead holder soon after the time to live', async () => {
    const dead = new TestWorker('dead');
    await time.pass(2_000);
    const heir = new TestWorker('heir');
    await time.pass(10_000);
    expect(running(heir)).toStrictEqual([]);
    dead.kill();
    await time.pass(TTL_MS - RENEW_MS - 1);
    expect(running(heir)).toStrictEqual([]);
    await time.pass(3 * RENEW_MS);
    expect(running(heir)).toStrictEqual(NAMES);
    expect(new Set(heir.running.values())).toStrictEqual(new Set([2]));
  });

  it('stops what it cannot renew in time, before another holder runs it', async () => {
    for (const fault of ['gone', 'silent'] as const) {
      const cut = new TestWorker(`cut ${fault}`, [fault]);
      await time.pass(1_500);
      const heir = new TestWorker('heir', [fault]);
      await time.pass(3_000);
      expect(running(cut)).toStrictEqual([fault]);
      cut.fault = fault;
      while (heir.running.size === 0) {
        await time.pass(10);
        expect(cut.running.size + heir.running.size).toBeLessThanOrEqual(1);
      }
      expect(running(cut)).toStrictEqual([]);
    }
  });

  it('counts a renewal from when it was sent, however late the answer is', async () => {
    const cut = new TestWorker('cut', ['shares']);
    await time.pass(100);
    const heir = new TestWorker('heir', ['shares']);
    await time.pass(3_000);
    cut.fault = 'slow';
    await time.pass(RENEW_MS);
    cut.fault = 'silent';
    while (heir.running.size === 0) {
      await time.pass(10);
      expect(cut.running.size + heir.running.size).toBeLessThanOrEqual(1);
    }
  });

  it('stops what another holder owns by now', async () => {
    const robbed = new TestWorker('robbed', ['shares']);
    await time.pass(100);
    await store.leases.claim('shares', 'robber', await store.leases.read('shares'));
    await time.pass(RENEW_MS);
    expect(running(robbed)).toStrictEqual([]);
    await time.pass(TTL_MS - RENEW_MS);
    expect(running(robbed)).toStrictEqual([]);
  });

  it('compares no clocks: they may differ by hours', async () => {
    const ahead = new TestWorker('ahead', NAMES, () => time.now + 7 * 3_600_000);
    await time.pass(2_000);
    const behind = new TestWorker('behind', NAMES, () => time.now - 3_600_000);
    await time.pass(30_000);
    expect(running(ahead)).toStrictEqual(NAMES);
    ahead.kill();
    await time.pass(TTL_MS + 2 * RENEW_MS);
    expect(running(behind)).toStrictEqual(NAMES);
    const third = new TestWorker('third', NAMES, () => time.now + 1_000_000_000);
    await time.pass(30_000);
    expect(running(third)).toStrictEqual([]);
  });

  it('releases everything at a stop, for others to claim in their next round', async () => {
    const leaving = new TestWorker('leaving', ['shares']);
    await time.pass(100);
    const next = new TestWorker('next', ['shares']);
    leaving.stopMs = 700;
    await time.pass(1_000);
    const stopped = leaving.holder.stop();
    await time.pass(699);
    expect(running(next)).toStrictEqual([]);
    await time.pass(RENEW_MS);
    await stopped;
    expect(running(leaving)).toStrictEqual([]);
    expect(running(next)).toStrictEqual(['shares']);
  });

  it('stops while nothing can be reached', async () => {
    const cut = new TestWorker('cut');
    await time.pass(2_000);
    cut.fault = 'gone';
    const stopped = cut.holder.stop();
    await time.pass(0);
    await stopped;
    expect(running(cut)).toStrictEqual([]);
  });

  it('survives outages: keeps running over short ones, and resumes after longer ones', async () => {
    const worker = new TestWorker('worker');
    await time.pass(2_000);
    worker.fault = 'gone';
    await time.pass(TTL_MS - 2 * RENEW_MS);
    worker.fault = 'fine';
    await time.pass(2 * TTL_MS);
    expect(new Set(worker.running.values())).toStrictEqual(new Set([1]));
    expect(worker.holder.isConnected).toBe(true);
    worker.fault = 'gone';
    await time.pass(TTL_MS);
    expect(running(worker)).toStrictEqual([]);
    expect(worker.holder.isConnected).toBe(false);
    await time.pass(60_000);
    worker.fault = 'fine';
    await time.pass(TTL_MS + 2 * RENEW_MS);
    expect(running(worker)).toStrictEqual(NAMES);
    expect(new Set(worker.running.values())).toStrictEqual(new Set([2]));
  });

  it('claims again what was given up, once that has stopped', async () => {
    const worker = new TestWorker('worker', ['shares']);
    await time.pass(100);
    worker.stopMs = 2_500;
    worker.gaveUp.get('shares')?.();
    await time.pass(2_499);
    expect([...worker.running]).toStrictEqual([['shares', 1]]);
    await time.pass(RENEW_MS + 1);
    expect([...worker.running]).toStrictEqual([['shares', 2]]);
  });

  it('runs a lease whose claim was not answered, and waits for another holder with its name', async () => {
    const worker = new TestWorker('worker', ['shares']);
    worker.fault = 'deaf';
    await time.pass(100);
    expect(await store.leases.read('shares')).toMatchObject({ owner: 'worker', term: 1 });
    worker.fault = 'fine';
    await time.pass(RENEW_MS);
    expect([...worker.running]).toStrictEqual([['shares', 2]]);
    const namesake = new TestWorker('worker', ['shares']);
    await time.pass(30_000);
    expect([...worker.running]).toStrictEqual([['shares', 2]]);
    expect(running(namesake)).toStrictEqual([]);
    const twins = [new TestWorker('twin', ['inbox']), new TestWorker('twin', ['inbox'])];
    await time.pass(30_000);
    expect(twins.flatMap((twin) => [...twin.running])).toStrictEqual([['inbox', 1]]);
  });
});

import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type Position, START } from '#event-store';
import { OwnershipLost } from '#view-store';
import { SqliteViewStore } from '#view-store/sqlite';
import type { Leased } from './leased.ts';
import { takeOver } from './take-over.ts';

let store: SqliteViewStore;

beforeEach(() => {
  store = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
});
afterEach(() => store.close());

/** Fences former owners when it begins, as followers do. */
const follower = (seen: string[]): Leased => ({
  name: 'shares',
  start: (term) => {
    seen.push(`begun in term ${term}`);
    return {
      stop: async () => {
        seen.push('stopped');
      },
    };
  },
});

it('takes a follower from a live owner, and releases it for the next claim', async () => {
  const { leases } = store;
  const owned = await leases.claim('shares', 'worker', await leases.read('shares'));
  const seen: string[] = [];
  const result = await takeOver(leases, 'operator', follower(seen), async () => {
    expect(await leases.read('shares')).toMatchObject({ owner: 'operator', term: 2 });
    expect(await leases.renew(owned!)).toBe(false);
    await store.fence('shares', 2);
    const late = store.commit({ follower: 'shares', from: START, to: 5 as Position, writes: [], term: 1 });
    await expect(late).rejects.toThrow(OwnershipLost);
    return 'done';
  });
  expect(result).toBe('done');
  expect(seen).toEqual(['begun in term 2', 'stopped']);
  expect(await leases.read('shares')).toMatchObject({ owner: undefined, term: 2 });
});

it('leaves it also when what was to be done fails', async () => {
  const seen: string[] = [];
  const failing = takeOver(store.leases, 'operator', follower(seen), () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  expect(seen).toEqual(['begun in term 1', 'stopped']);
  expect(await store.leases.read('shares')).toMatchObject({ owner: undefined });
});

it('gives up where others come first each time', async () => {
  const { leases } = store;
  const lost = { ...leases, read: leases.read.bind(leases), claim: async () => undefined };
  const seen: string[] = [];
  await expect(takeOver(lost as never, 'operator', follower(seen), async () => 1)).rejects.toThrow(
    OwnershipLost,
  );
  expect(seen).toEqual([]);
});

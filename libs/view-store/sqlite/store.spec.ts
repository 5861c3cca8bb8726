import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Position, START } from '#event-store';
import { until } from '../../../test/tooling/until.ts';
import { CheckpointMoved, type CollectionDefinition, ProgressSignals } from '../index.ts';
import { SqliteViewStore } from './store.ts';

interface Note {
  readonly id: string;
  readonly text: string;
}

const notes: CollectionDefinition<Note> = { name: 'notes', indexes: { all: () => [] } };
const FOLLOWERS = ['one', 'two', 'three'];
const at = (position: number) => position as Position;

let folder: string;
let store: SqliteViewStore;

function open(): SqliteViewStore {
  return new SqliteViewStore({
    path: join(folder, 'views.db'),
    signals: ProgressSignals.create(FOLLOWERS),
    collections: [notes],
    discarded: (reason) => {
      throw new Error(reason);
    },
  });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'views-'));
  store = open();
});

afterEach(async () => {
  jest.restoreAllMocks();
  await store.close();
  rmSync(folder, { recursive: true });
});

function commit(follower: string, to: number, { from = START as number, text = 'kept' } = {}): Promise<void> {
  const document: Note = { id: `${follower}-${to}`, text };
  const writes = [{ collection: notes, id: document.id, document }];
  return store.commit({ follower, from: at(from), to: at(to), writes });
}

function pass(follower: string, from: number, to: number): Promise<void> {
  return store.commit({ follower, from: at(from), to: at(to), writes: [] });
}

const checkpoints = () => Promise.all(FOLLOWERS.map((follower) => store.checkpoint(follower)));

it('shows what its readers wait for, and nothing of what they have', async () => {
  const awaited = store.awaited('one');
  await commit('one', 5);
  await store.waitFor('one', at(4), 120_000);
  expect(awaited?.current).toBe(START);
  const wait = store.waitFor('one', at(7), 120_000);
  await awaited?.waitBeyond(at(6));
  expect([awaited?.current, store.awaited('two')?.current]).toStrictEqual([at(7), START]);
  await commit('one', 7, { from: 5 });
  expect(await wait).toBe(true);
  expect(store.awaited('unknown')).toBeUndefined();
});

describe('commits to views in a file', () => {
  it('share a transaction where they are made in one turn', async () => {
    const executed = jest.spyOn(DatabaseSync.prototype, 'exec');
    await Promise.all(FOLLOWERS.map((follower) => commit(follower, 5)));
    expect(executed.mock.calls.flat().filter((sql) => sql === 'COMMIT')).toHaveLength(1);
    expect(await checkpoints()).toStrictEqual([5, 5, 5]);
    expect(await store.count(notes, { index: 'all', prefix: [] })).toBe(3);
  });

  it('are made without one that cannot be', async () => {
    const outcomes = await Promise.allSettled([
      commit('one', 5),
      commit('two', 9, { from: 4 }),
      commit('three', 5),
    ]);
    expect(outcomes.map(({ status }) => status)).toStrictEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: expect.any(CheckpointMoved) });
    expect(await checkpoints()).toStrictEqual([5, START, 5]);
    expect(await store.get(notes, 'two-9')).toBeUndefined();
  });

  it('write a document again only in the indexes in which its key has changed', async () => {
    await commit('one', 5);
    const prepared = jest.spyOn(DatabaseSync.prototype, 'prepare');
    const document: Note = { id: 'one-5', text: 'changed' };
    const writes = [{ collection: notes, id: document.id, document }];
    await store.commit({ follower: 'one', from: at(5), to: at(6), writes });
    const updates = prepared.mock.calls.map(([sql]) => sql).filter((sql) => sql.startsWith('UPDATE'));
    expect(updates).toStrictEqual(['UPDATE "documents:notes" SET position = ?, document = ? WHERE row = ?']);
    expect(await store.find(notes, { index: 'all', prefix: [] })).toEqual({ items: [document] });
  });

  it('are made before what is asked for after them', async () => {
    const made = commit('one', 5);
    await store.reset('one', [notes]);
    await made;
    expect(await store.checkpoint('one')).toBe(START);
    expect(await store.get(notes, 'one-5')).toBeUndefined();
    const last = commit('two', 5);
    await store.close();
    await last;
    store = open();
    expect(await store.checkpoint('two')).toBe(5);
  });

  it('store the checkpoints of those that had nothing to write, also where their own follower does not move', async () => {
    await commit('one', 5);
    await pass('one', 5, 7);
    await pass('two', START, 6);
    expect(await checkpoints()).toStrictEqual([7, 6, START]);
    await commit('one', 7, { from: 7 });
    await store.close();
    store = open();
    expect(await checkpoints()).toStrictEqual([7, 6, START]);
  });

  it('are not needed by a follower that has nothing to write, from where it is and without a lease', async () => {
    await commit('one', 5);
    const advance = (from: number, to: number, term?: number) =>
      store.advance({ follower: 'one', from: at(from), to: at(to), term });
    expect([advance(4, 6), advance(5, 4), advance(5, 6, 1), advance(5, 6)]).toStrictEqual([
      false,
      false,
      false,
      true,
    ]);
    expect(await store.waitFor('one', at(6), 0)).toBe(true);
    await store.fence('one', 1);
    expect(advance(6, 7)).toBe(false);
    expect(store.advance({ follower: 'unknown', from: START, to: at(3) })).toBe(false);
  });

  it('are shut out by a fence that is put up after others had passed', async () => {
    await pass('one', START, 3);
    await store.fence('one', 1);
    await expect(pass('one', 3, 4)).rejects.toThrow('is owned by term 1');
  });

  it('are checkpointed by another thread, long before a commit would do it', async () => {
    const mebibyte = 2 ** 20;
    const text = 'x'.repeat(mebibyte);
    for (let to = 1; to <= 24; to++) await commit('one', to, { from: to === 1 ? START : to - 1, text });
    await until(() => statSync(join(folder, 'views.db')).size > 8 * mebibyte);
  });
});

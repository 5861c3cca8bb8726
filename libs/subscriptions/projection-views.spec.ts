import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Position, START } from '#event-store';
import { type CollectionDefinition, type Document, ViewStoreUnavailable, type Write } from '#view-store';
import { SqliteViewReader, SqliteViewStore } from '#view-store/sqlite';
import type { Projection } from './projection.ts';
import { ProjectionViews } from './projection-views.ts';
import { AT } from './testing/memory-log.ts';
import { addVersion, markBuilt, projectionBuilds, projectionVersions, storedAs } from './versions.ts';

const notes: CollectionDefinition<Document> = { name: 'notes', indexes: { all: ({ id }) => [id] } };
const others: CollectionDefinition<Document> = { name: 'others', indexes: {} };

const projectionOf = (version: number): Projection => ({
  name: 'notebook',
  version,
  collections: [notes],
  handles: [],
  project: () => [],
});

const BUILDS = projectionBuilds as CollectionDefinition<Document>;
const RECORD = projectionVersions as CollectionDefinition<Document>;

describe('the views of projections', () => {
  let folder: string;
  let store: SqliteViewStore;
  let stored: SqliteViewReader;
  let commits: number;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tessera-views-'));
    const path = join(folder, 'views.db');
    store = new SqliteViewStore({ path, discarded: () => undefined });
    stored = new SqliteViewReader({ path });
    commits = 0;
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await stored.close();
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const write = (...writes: readonly Write[]) =>
    store.commit({ follower: `writer-${commits++}`, from: START, to: START, writes });

  /** These versions are there, and the last of them is live. */
  const versionsAre = (...versions: readonly number[]) => {
    const record = versions.reduce(
      (before, version) => markBuilt(addVersion(before, projectionOf(version), AT), version, AT),
      { id: 'notebook', versions: [] } as Parameters<typeof addVersion>[0],
    );
    return write({ collection: RECORD, id: 'notebook', document: record });
  };

  const writeNote = (version: number, id: string) =>
    write({ collection: storedAs(projectionOf(version), notes), id, document: { id } });

  const isAt = async (version: number, position: number) => {
    const follower = `notebook-v${version}`;
    const from = await store.checkpoint(follower);
    await store.commit({ follower, from, to: position as Position, writes: [] });
  };

  const reader = (version: number, refreshMs = 0) =>
    new ProjectionViews(stored, [projectionOf(version)], { refreshMs });

  it('read collections of no projection directly from the store', async () => {
    const views = reader(1);
    await write({ collection: others, id: 'a', document: { id: 'a' } });
    await store.commit({ follower: 'somebody', from: START, to: 7 as Position, writes: [] });
    expect(await views.get(others, 'a')).toStrictEqual({ id: 'a' });
    expect(await views.checkpoint('somebody')).toBe(7);
    expect(await views.waitFor('somebody', 7 as Position, 0)).toBe(true);
    expect(await views.waitFor('somebody', 8 as Position, 1)).toBe(false);
  });

  it.each([
    [1, 'one'],
    [2, 'one'],
    [3, 'three'],
    [4, 'three'],
  ])('are of the latest version that code of version %i knows', async (own, seen) => {
    await writeNote(1, 'one');
    await writeNote(3, 'three');
    await versionsAre(1, 3);
    const { items } = await reader(own).find(notes, { index: 'all', prefix: [] });
    expect(items).toStrictEqual([{ id: seen }]);
  });

  it('switch to another version only once it reflects every position reported for the former one', async () => {
    await writeNote(1, 'one');
    await writeNote(2, 'two');
    await versionsAre(1);
    await isAt(1, 5);
    await isAt(2, 4);
    const views = reader(2);
    expect(await views.checkpoint('notebook')).toBe(5);
    await versionsAre(1, 2);
    for (let looks = 0; looks < 5; looks++) {
      expect(await views.getMany(notes, ['one', 'two'])).toStrictEqual([{ id: 'one' }, undefined]);
    }
    await isAt(2, 5);
    expect(await views.waitFor('notebook', 5 as Position, 0)).toBe(true);
    while ((await views.get(notes, 'two')) === undefined);
    expect(await views.get(notes, 'one')).toBeUndefined();
    expect(await views.checkpoint('notebook')).toBe(5);
  });

  it('do not switch if a later position is reported meanwhile', async () => {
    await writeNote(1, 'one');
    await versionsAre(1);
    await isAt(1, 5);
    await isAt(2, 5);
    const views = reader(2);
    await views.checkpoint('notebook');
    await versionsAre(1, 2);
    const ask = stored.checkpoint.bind(stored);
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    jest.spyOn(stored, 'checkpoint').mockImplementation(async (follower) => {
      if (follower !== 'notebook-v2') return ask(follower);
      const position = await ask(follower);
      const moving = (await store.checkpoint('notebook-v1')) === 5;
      if (moving) await isAt(1, 6);
      expect(await views.checkpoint('notebook')).toBe(6);
      resolve();
      return position;
    });
    await views.get(notes, 'one');
    await asked;
    await new Promise(setImmediate);
    expect(await views.get(notes, 'one')).toStrictEqual({ id: 'one' });
  });

  it('wait for a first version that is nearly markBuilt, and report its position', async () => {
    await isAt(1, 3);
    const views = reader(1);
    expect(await views.checkpoint('notebook')).toBe(3);
    expect(await views.waitFor('notebook', 3 as Position, 0)).toBe(true);
    await writeNote(1, 'one');
    const reading = views.get(notes, 'one');
    await new Promise(setImmediate);
    await versionsAre(1);
    expect(await reading).toStrictEqual({ id: 'one' });
  });

  it('are unavailable as long as no version is built', async () => {
    await expect(reader(1).get(notes, 'one')).rejects.toThrow(ViewStoreUnavailable);
  });

  describe('that are read as settled', () => {
    const begin = (build: string) =>
      write({ collection: BUILDS, id: 'notebook-v1', document: { id: 'notebook-v1', build } as Document });
    const empty = () => store.reset('somebody else', [storedAs(projectionOf(1), notes)]);
    const found = async (views: ProjectionViews) => {
      const { items } = await views.find(notes, { index: 'all', prefix: [] });
      return items.map(({ id }) => id);
    };

    beforeEach(async () => {
      await writeNote(1, 'one');
      await versionsAre(1);
      await isAt(1, 5);
      await begin('first');
    });

    it('come with the position that they reflect', async () => {
      const views = reader(1);
      const seen: Position[] = [];
      const { position, result } = await views.settled('notebook', (at) => {
        seen.push(at);
        return found(views);
      });
      expect({ position, result, seen }).toStrictEqual({ position: 5, result: ['one'], seen: [5] });
    });

    it('are read again where they were emptied meanwhile, however far they have come again', async () => {
      const views = reader(1);
      let reads = 0;
      const { result } = await views.settled('notebook', async () => {
        reads += 1;
        if (reads > 1) return found(views);
        await empty();
        const missing = await found(views);
        await writeNote(1, 'one');
        await begin('second');
        return missing;
      });
      expect({ result, reads }).toStrictEqual({ result: ['one'], reads: 2 });
    });

    it('are unavailable while they are being emptied', async () => {
      await write({ collection: BUILDS, id: 'notebook-v1', document: undefined });
      const views = reader(1);
      await expect(views.settled('notebook', () => found(views))).rejects.toThrow(ViewStoreUnavailable);
      await expect(views.settled('nothing', () => found(views))).rejects.toThrow(TypeError);
    });
  });

  it('read the list of versions at intervals, however many reads there are', async () => {
    await versionsAre(1);
    const looks = jest.spyOn(stored, 'getMany');
    const views = reader(1, 1_000);
    for (let reads = 0; reads < 100; reads++) await views.find(notes, { index: 'all', prefix: [] });
    expect(looks).toHaveBeenCalledTimes(1);
  });

  it('use a list of versions for at most half a minute', async () => {
    await writeNote(1, 'one');
    await versionsAre(1);
    let now = 0;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    const views = reader(1, 1_000);
    const document = { id: 'one' };
    expect(await views.find(notes, { index: 'all', prefix: [] })).toStrictEqual({ items: [document] });
    jest.spyOn(stored, 'getMany').mockRejectedValue(new ViewStoreUnavailable('away'));
    now = 29_999;
    expect(await views.find(notes, { index: 'all', prefix: [] })).toStrictEqual({ items: [document] });
    now = 30_000;
    await expect(views.find(notes, { index: 'all', prefix: [] })).rejects.toThrow(ViewStoreUnavailable);
  });

  it('repeat a read when its version was dropped meanwhile', async () => {
    await writeNote(2, 'two');
    await versionsAre(1);
    const views = reader(2, 60_000);
    expect(await views.find(notes, { index: 'all', prefix: [] })).toStrictEqual({ items: [] });
    await versionsAre(2);
    const find = jest.spyOn(stored, 'find').mockRejectedValueOnce(new Error('no such table'));
    expect(await views.find(notes, { index: 'all', prefix: [] })).toStrictEqual({ items: [{ id: 'two' }] });
    find.mockRejectedValueOnce(new Error('of another kind'));
    await expect(views.find(notes, { index: 'all', prefix: [] })).rejects.toThrow('of another kind');
  });
});

import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Position, START } from '#event-store';
import {
  CheckpointMoved,
  type CollectionDefinition,
  type Document,
  ProgressSignals,
  ViewStoreUnavailable,
} from '#view-store';
import { type FoundDamage, SqliteViewReader, SqliteViewStore } from './index.ts';

interface Person extends Document {
  readonly city: string;
  readonly age: number;
}

const byCity: CollectionDefinition<Person> = { name: 'people', indexes: { byCity: ({ city }) => [city] } };
const byAge: CollectionDefinition<Person> = {
  name: 'people',
  indexes: { byAge: ({ age }) => [age] },
  text: ({ city }) => ({ scope: '', words: [city] }),
};

describe('a view file', () => {
  let folder: string;
  let path: string;
  let discarded: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'view-file-'));
    path = join(folder, 'data', 'views.sqlite');
    discarded = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const open = () => new SqliteViewStore({ path, discarded: (reason) => discarded.push(reason) });

  const fill = async (length = 300) => {
    const store = open();
    const people = Array.from({ length }, (_, age): Person => ({ id: `p${age}`, city: 'Bern', age }));
    const writes = people.map((document) => ({ collection: byCity, id: document.id, document }));
    await store.commit({ follower: 'f', from: START, to: 9 as Position, writes });
    await store.close();
  };

  it('keeps documents and checkpoints when it is closed and opened again', async () => {
    await fill();
    const store = open();
    expect(await store.get(byCity, 'p7')).toStrictEqual({ id: 'p7', city: 'Bern', age: 7 });
    expect(await store.checkpoint('f')).toBe(9);
    expect(discarded).toStrictEqual([]);
    await store.close();
  });

  const spoil = (file = path) => {
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 6 * 8192, bytes.length);
    writeFileSync(file, bytes);
  };

  it('is set aside and rebuilt by the first connection that finds it damaged', async () => {
    await fill(2_000);
    spoil();
    const store = open();
    const ids = Array.from({ length: 2_000 }, (_, age) => `p${age}`);
    await expect(store.getMany(byCity, ids)).rejects.toThrow(ViewStoreUnavailable);
    expect(discarded).toStrictEqual([expect.stringContaining('damaged')]);
    expect(await store.checkpoint('f')).toBe(START);
    expect(await store.get(byCity, 'p7')).toBeUndefined();
    expect(
      readFileSync(`${path}.discarded`)
        .subarray(6 * 8192)
        .every((byte) => byte === 0xa5),
    ).toBe(true);
    await store.commit({ follower: 'f', from: START, to: 1 as Position, writes: [] });
    await store.close();
    await open().close();
    expect(discarded).toHaveLength(1);
  });

  it('counts as damaged, too, when a document is not JSON', async () => {
    await fill();
    const database = new DatabaseSync(path);
    database.exec(`UPDATE "documents:people" SET document = '{"id":' WHERE id = 'p7'`);
    database.close();
    const store = open();
    await expect(store.load(byCity, ['p7'])).rejects.toThrow(ViewStoreUnavailable);
    expect(discarded).toHaveLength(1);
    expect(await store.get(byCity, 'p8')).toBeUndefined();
    await store.close();
  });

  it('that was not closed is checked in full while it is in use', async () => {
    await fill(2_000);
    const living = open();
    await living.commit({ follower: 'g', from: START, to: 1 as Position, writes: [] });
    const left = join(folder, 'left.sqlite');
    for (const suffix of ['', '-wal']) copyFileSync(path + suffix, left + suffix);
    await living.close();
    spoil(left);
    path = left;
    const found = Promise.withResolvers<string>();
    const store = new SqliteViewStore({ path, discarded: found.resolve });
    expect(await found.promise).toContain('damaged');
    expect(await store.checkpoint('g')).toBe(START);
    await store.close();
  });

  it('is read again once its writer has replaced the file that a reader found damaged', async () => {
    await fill(2_000);
    spoil();
    const found: FoundDamage[] = [];
    const reader = new SqliteViewReader({ path, damaged: (damage) => found.push(damage) });
    const ids = Array.from({ length: 2_000 }, (_, age) => `p${age}`);
    await expect(reader.getMany(byCity, ids)).rejects.toThrow(ViewStoreUnavailable);
    const store = open();
    const [{ reason, file }] = found as [FoundDamage];
    store.discard(reason, file);
    expect(discarded).toHaveLength(1);
    const document = { id: 'p7', city: 'Basel', age: 7 };
    const writes = [{ collection: byCity, id: 'p7', document }];
    await store.commit({ follower: 'f', from: START, to: 1 as Position, writes });
    expect(await reader.get(byCity, 'p7')).toStrictEqual(document);
    // A late report is of a file that is gone.
    store.discard(reason, file);
    expect(await store.checkpoint('f')).toBe(1);
    await reader.close();
    await store.close();
  });

  it('stores checkpoints of followers without writes together with the writes of others', async () => {
    const signals = ProgressSignals.create(['idle', 'busy']);
    const store = new SqliteViewStore({ path, discarded: () => undefined, signals });
    const reader = new SqliteViewReader({ path, signals });
    const stored = () => {
      const database = new DatabaseSync(path, { readOnly: true });
      const row = database.prepare("SELECT position FROM checkpoints WHERE follower = 'idle'").get();
      database.close();
      return row?.position;
    };
    const pass = (from: number, to: number) =>
      store.commit({ follower: 'idle', from: from as Position, to: to as Position, writes: [] });
    const waited = reader.waitFor('idle', 7 as Position, 60_000);
    await pass(-1, 5);
    await pass(5, 7);
    expect(stored()).toBeUndefined();
    expect([await store.checkpoint('idle'), await reader.checkpoint('idle')]).toStrictEqual([7, 7]);
    expect(await waited).toBe(true);
    await expect(pass(5, 8)).rejects.toThrow(CheckpointMoved);

    const document = { id: 'p', city: 'Bern', age: 1 };
    const writes = [{ collection: byCity, id: 'p', document }];
    await store.commit({ follower: 'busy', from: START, to: 8 as Position, writes });
    expect(stored()).toBe(7);
    await pass(7, 9);
    await pass(9, 2_000);
    expect(stored()).toBe(2_000);
    await pass(2_000, 2_001);
    await store.reset('idle', []);
    expect([await store.checkpoint('idle'), await reader.checkpoint('idle')]).toStrictEqual([START, START]);
    await pass(-1, 3);
    await store.close();
    expect(stored()).toBe(3);
    await reader.close();
  });

  it('is set aside when it is not a database, or truncated', async () => {
    for (const content of ['no database '.repeat(2_000), 'SQLite format 3\u0000']) {
      rmSync(folder, { recursive: true });
      await fill();
      writeFileSync(path, content);
      const store = open();
      expect(discarded.splice(0)).toStrictEqual([expect.stringContaining('damaged')]);
      expect(await store.checkpoint('f')).toBe(START);
      await store.close();
    }
  });

  it('is set aside when another version wrote it', async () => {
    await fill();
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 99');
    database.close();
    await open().close();
    expect(discarded).toStrictEqual(['its schema is version 99, not 3']);
  });

  it('is refused, and left unchanged, when it is a database of another program', async () => {
    await fill();
    rmSync(path);
    const database = new DatabaseSync(path);
    database.exec('CREATE TABLE events (id TEXT)');
    database.close();
    expect(open).toThrow(ViewStoreUnavailable);
    expect(existsSync(path)).toBe(true);
    expect(discarded).toStrictEqual([]);
  });

  it('is re-indexed when the indexes of a collection have changed', async () => {
    await fill();
    const store = open();
    const found = await store.find(byAge, { index: 'byAge', prefix: [], from: 297 });
    expect(found.items.map(({ id }) => id)).toStrictEqual(['p297', 'p298', 'p299']);
    const text = { scope: '', wanted: [['Be']] };
    expect(await store.countUpTo(byAge, { index: 'byAge', prefix: [], text }, 300)).toBe(300);
    expect((await store.load(byAge, ['p1']))[0]?.position).toBe(9);
    await store.close();
  });

  it('has the scope of searched text once, however many words it has, and of each word only its number', async () => {
    const byWords: CollectionDefinition<Person> = {
      name: 'people',
      indexes: { byAge: ({ age }) => [age] },
      text: ({ id, city }) => ({ scope: city, words: [id, 'somebody'] }),
    };
    const store = open();
    const save = (from: number, ...people: Person[]) =>
      store.commit({
        follower: 'f',
        from: from as Position,
        to: (from + 1) as Position,
        writes: people.map((document) => ({ collection: byWords, id: document.id, document })),
      });
    const foundIn = async (scope: string) => {
      const text = { scope, wanted: [['some']] };
      const { items } = await store.find(byWords, { index: 'byAge', prefix: [], text });
      return items.map(({ id }) => id);
    };
    await save(START, { id: 'p1', city: 'Bern', age: 1 }, { id: 'p2', city: 'Bern', age: 2 });
    await save(0, { id: 'p1', city: 'Basel', age: 1 }, { id: 'p3', city: 'Bern', age: 3 });
    expect([await foundIn('Bern'), await foundIn('Basel'), await foundIn('Biel')]).toStrictEqual([
      ['p2', 'p3'],
      ['p1'],
      [],
    ]);
    await store.close();
    const database = new DatabaseSync(path, { returnArrays: true });
    const rows = (sql: string) => database.prepare(sql).all();
    expect(rows('SELECT scope FROM scopes ORDER BY number')).toStrictEqual([['Bern'], ['Basel']]);
    expect(rows('SELECT scope, count(*) FROM "words:people" GROUP BY scope')).toStrictEqual([
      [1, 4],
      [2, 2],
    ]);
    database.close();
  });

  it('still has its indexes after thousands of documents were written at once', async () => {
    await fill(5_000);
    const database = new DatabaseSync(path);
    const indexes = database.prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'index:%'").all();
    database.close();
    expect(indexes).toEqual([{ name: 'index:people:byCity' }]);
  });

  it('has one definition of a collection at a time', async () => {
    const store = open();
    await store.get(byCity, 'x');
    await expect(store.get(byAge, 'x')).rejects.toThrow(TypeError);
    await store.close();
  });

  it('is waited for by a reader that opens it first', async () => {
    const reader = new SqliteViewReader({ path });
    await expect(reader.get(byCity, 'p1')).rejects.toThrow(ViewStoreUnavailable);
    await fill();
    expect((await reader.get(byCity, 'p1'))?.age).toBe(1);
    await expect(reader.find(byAge, { index: 'byAge', prefix: [] })).rejects.toThrow(ViewStoreUnavailable);
    await reader.close();
  });

  it('ends pending waits when it is closed', async () => {
    const store = open();
    const wait = store.waitFor('f', 5 as Position, 60_000);
    await store.close();
    expect(await wait).toBe(false);
    await store.close();
  });
});

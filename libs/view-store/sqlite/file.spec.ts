import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Position, START } from '#event-store';
import { type CollectionDefinition, type Document, ViewStoreUnavailable } from '#view-store';
import { SqliteViewReader, SqliteViewStore } from './index.ts';

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

  it('keeps documents and checkpoints from one opening to the next', async () => {
    await fill();
    const store = open();
    expect(await store.get(byCity, 'p7')).toStrictEqual({ id: 'p7', city: 'Bern', age: 7 });
    expect(await store.checkpoint('f')).toBe(9);
    expect(discarded).toStrictEqual([]);
    await store.close();
  });

  it('is set aside, recreated and reported when it is damaged', async () => {
    await fill();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 3 * 8192, 5 * 8192);
    writeFileSync(path, bytes);
    const store = open();
    expect(discarded).toStrictEqual([expect.stringContaining('damaged')]);
    expect(await store.checkpoint('f')).toBe(START);
    expect(await store.get(byCity, 'p7')).toBeUndefined();
    expect(readFileSync(`${path}.discarded`)).toStrictEqual(bytes);
    await store.close();
  });

  it('is set aside when it is no database at all, or cut off', async () => {
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
    expect(discarded).toStrictEqual(['its schema is version 99, not 2']);
  });

  it('is refused, and left alone, when it is a database of something else', async () => {
    await fill();
    rmSync(path);
    const database = new DatabaseSync(path);
    database.exec('CREATE TABLE events (id TEXT)');
    database.close();
    expect(open).toThrow(ViewStoreUnavailable);
    expect(existsSync(path)).toBe(true);
    expect(discarded).toStrictEqual([]);
  });

  it('is indexed anew when a collection is to be found otherwise', async () => {
    await fill();
    const store = open();
    const found = await store.find(byAge, { index: 'byAge', prefix: [], from: 297 });
    expect(found.items.map(({ id }) => id)).toStrictEqual(['p297', 'p298', 'p299']);
    const text = { scope: '', wanted: [['Be']] };
    expect(await store.countUpTo(byAge, { index: 'byAge', prefix: [], text }, 300)).toBe(300);
    expect((await store.load(byAge, ['p1']))[0]?.position).toBe(9);
    await store.close();
  });

  it('has its indexes still when thousands of documents have come at once', async () => {
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

  it('is waited for by a reader that is there first', async () => {
    const reader = new SqliteViewReader({ path });
    await expect(reader.get(byCity, 'p1')).rejects.toThrow(ViewStoreUnavailable);
    await fill();
    expect((await reader.get(byCity, 'p1'))?.age).toBe(1);
    await expect(reader.find(byAge, { index: 'byAge', prefix: [] })).rejects.toThrow(ViewStoreUnavailable);
    await reader.close();
  });

  it('lets go of those who wait when it is closed', async () => {
    const store = open();
    const wait = store.waitFor('f', 5 as Position, 60_000);
    await store.close();
    expect(await wait).toBe(false);
    await store.close();
  });
});

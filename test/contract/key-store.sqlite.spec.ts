import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreUnusable } from '#event-store';
import { keysPath, SqliteKeyStore } from '#personal-data/sqlite';
import { keyStoreContract } from './key-store.contract.ts';

keyStoreContract('SQLite', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'tessera-keys-'));
  const stores: SqliteKeyStore[] = [];
  const another = async () => {
    const store = new SqliteKeyStore(keysPath(directory));
    stores.push(store);
    return store;
  };
  return {
    store: await another(),
    another,
    close: async () => {
      await Promise.all(stores.map((store) => store.close()));
      await rm(directory, { recursive: true });
    },
  };
});

describe('the file of keys', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tessera-keys-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  async function holds(text: string): Promise<boolean> {
    const files = await readdir(directory);
    const contents = await Promise.all(files.map((file) => readFile(join(directory, file))));
    return contents.some((bytes) => bytes.includes(text));
  }

  it('has nothing left of a key that was destroyed, while others have it open', async () => {
    const [store, other] = [new SqliteKeyStore(keysPath(directory)), new SqliteKeyStore(keysPath(directory))];
    await store.claim({ id: 'kept-id', subject: 'kept-subject', wrapped: 'kept-wrapped' });
    await store.claim({ id: 'gone-id', subject: 'gone-subject', wrapped: 'gone-wrapped' });
    await other.getMany(['gone-id']);
    expect(await holds('gone-wrapped')).toBe(true);
    await store.destroy('gone-id');
    expect(await holds('gone-wrapped')).toBe(false);
    expect(await holds('gone-subject')).toBe(false);
    expect(await holds('kept-wrapped')).toBe(true);
    await Promise.all([store.close(), other.close()]);
  });

  it('is refused where it is another file, or of a newer release', async () => {
    const path = keysPath(directory);
    const db = new DatabaseSync(path);
    db.exec('CREATE TABLE other (a)');
    expect(() => new SqliteKeyStore(path)).toThrow(`${path} is not a store of keys.`);
    db.exec('DROP TABLE other');
    db.close();
    await rm(path);
    await new SqliteKeyStore(path).close();
    const newer = new DatabaseSync(path);
    newer.exec('PRAGMA user_version = 2');
    newer.close();
    expect(() => new SqliteKeyStore(path)).toThrow(EventStoreUnusable);
  });
});

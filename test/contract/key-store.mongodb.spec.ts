import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { keysDatabase, MongoKeyStore } from '#personal-data/mongodb';
import { MongoConnection } from '#view-store/mongodb';
import { databaseAt, dropDatabase } from '../servers/mongodb/database.ts';
import { MongoServer } from '../servers/mongodb/index.ts';
import { keyStoreContract } from './key-store.contract.ts';

/** `MONGO_URL` names a real server, on which these tests create a database. */
const { MONGO_URL } = process.env;

keyStoreContract(MONGO_URL === undefined ? 'a MongoDB test server' : 'MongoDB', async () => {
  const server = MONGO_URL === undefined ? await MongoServer.start() : undefined;
  const url = databaseAt(MONGO_URL ?? server?.url ?? '', `tessera-${randomUUID()}-keys`);
  const stores: MongoKeyStore[] = [];
  const another = async () => {
    const store = new MongoKeyStore(new MongoConnection({ url }));
    stores.push(store);
    return store;
  };
  return {
    store: await another(),
    another,
    close: async () => {
      await Promise.all(stores.map((store) => store.close()));
      await dropDatabase(url);
      await server?.close();
    },
  };
});

describe('the database of the keys', () => {
  it.each([
    ['mongodb://one:27017,two:27017/tessera', 'mongodb://one:27017,two:27017/tessera-keys'],
    ['mongodb://u:p%2F@one/tessera?replicaSet=rs0', 'mongodb://u:p%2F@one/tessera-keys?replicaSet=rs0'],
    ['mongodb+srv://one.example/t?a=b', 'mongodb+srv://one.example/t-keys?a=b'],
  ])('is beside that of %s', (views, keys) => {
    expect(keysDatabase(views)).toBe(keys);
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Collection, MongoClient, MongoServerError } from 'mongodb';
import { MongoServer, type MongoServerOptions } from './index.ts';

interface Thing {
  readonly _id: string;
  readonly name?: string;
  readonly size?: number;
  readonly tags?: readonly string[];
  readonly nested?: { readonly name: string };
  readonly at?: Date;
}

describe('the MongoDB test server', () => {
  let server: MongoServer;
  let client: MongoClient;
  let things: Collection<Thing>;

  beforeEach(async () => {
    server = await MongoServer.start();
    client = new MongoClient(server.url, {
      writeConcern: { w: 'majority' },
      serverSelectionTimeoutMS: 60_000,
      minHeartbeatFrequencyMS: 20,
    });
    things = client.db('test').collection('things');
  });
  afterEach(async () => {
    await client.close();
    await server.close();
  });

  const failureOf = (work: Promise<unknown>): Promise<MongoServerError> =>
    work.then(
      () => {
        throw new Error('It was executed.');
      },
      (error) => error as MongoServerError,
    );

  /** Closes the server and ignores what it refused. */
  const refused = () => (server.refused as string[]).splice(0);

  it('stores, replaces and removes documents', async () => {
    await things.insertMany([{ _id: 'a' }, { _id: 'b', name: 'Zürich 𝒳\u0000', nested: { name: 'n' } }]);
    expect(await things.find({ _id: { $in: ['b', 'x', 'a'] } }).toArray()).toStrictEqual([
      { _id: 'b', name: 'Zürich 𝒳\u0000', nested: { name: 'n' } },
      { _id: 'a' },
    ]);
    expect(await things.findOne({ _id: 'x' })).toBeNull();
    expect(await things.deleteOne({ _id: 'a' })).toMatchObject({ deletedCount: 1 });
    expect(await things.findOne({ _id: 'a' })).toBeNull();
  });

  it('leaves nested text unchanged when another field changes', async () => {
    const nested = { name: 'Zürich 𝒳' };
    await things.insertOne({ _id: 'a', nested });
    for (const size of [1, 2]) await things.updateOne({ _id: 'a' }, { $set: { size } });
    expect(await things.findOne({ _id: 'a' })).toStrictEqual({ _id: 'a', nested, size: 2 });
  });

  it('orders text by its UTF-8 bytes', async () => {
    await things.createIndex({ name: 1 });
    const names = ['', 'A', 'a', 'a\u0000', 'ab', 'ä', '\uffee', '😀'];
    await things.insertMany(names.map((name) => ({ _id: `id-${name}`, name })));
    const sorted = things.find({ name: { $gte: '' } }, { sort: { name: -1 } });
    expect((await sorted.toArray()).map(({ name }) => name)).toStrictEqual(names.toReversed());
    expect(await things.countDocuments({ name: { $gte: 'b', $lt: '😀' } })).toBe(2);
    expect(await things.countDocuments({ name: { $gte: 'b', $lt: '😀' } }, { limit: 1 })).toBe(1);
    expect(await things.countDocuments({ name: { $gte: 'b', $lt: '😀' } }, { limit: 3 })).toBe(2);
  });

  it('returns results in batches until the client ends the cursor', async () => {
    await things.insertMany(Array.from({ length: 250 }, (_, n) => ({ _id: `${1_000 + n}` })));
    const all = things.find({ _id: { $gte: '' } }, { sort: { _id: 1 } });
    expect((await all.toArray()).map(({ _id }) => Number(_id) - 1_000)).toStrictEqual([...Array(250).keys()]);
    const some = things.find({ _id: { $gte: '' } }, { batchSize: 10 });
    await some.next();
    await some.close();
  });

  it('finds by elements of a list, and returns the requested fields', async () => {
    await things.createIndex({ tags: 1 });
    await things.insertMany([
      { _id: 'a', tags: ['red', 'blue'], nested: { name: 'n' } },
      { _id: 'b', tags: ['amber', 'violet'] },
    ]);
    const within = { $elemMatch: { $gte: 'b', $lt: 'c' } };
    expect(
      await things.find({ tags: within }, { projection: { _id: 0, 'nested.name': 1 } }).toArray(),
    ).toStrictEqual([{ nested: { name: 'n' } }]);
    expect(await things.countDocuments({ $and: [{ tags: within }, { tags: 'violet' }] })).toBe(0);
  });

  it('upserts a document with the fields of the filter', async () => {
    const done = await things.updateOne({ _id: 'a', name: 'n' }, { $set: { size: 1 } }, { upsert: true });
    expect(done).toMatchObject({ matchedCount: 0, upsertedCount: 1, upsertedId: 'a' });
    expect(await things.updateOne({ _id: 'b' }, { $set: { size: 1 } })).toMatchObject({ matchedCount: 0 });
    const counted = await things.findOneAndUpdate(
      { _id: 'a' },
      { $inc: { size: 2 } },
      { returnDocument: 'after' },
    );
    expect(counted).toStrictEqual({ _id: 'a', name: 'n', size: 3 });
    await things.replaceOne({ _id: 'a' }, { size: 9 });
    expect(await things.findOne({ _id: 'a' })).toStrictEqual({ _id: 'a', size: 9 });
  });

  it('reports which statements hit a duplicate key, and executes the others', async () => {
    await things.insertOne({ _id: 'a', size: 5 });
    const guarded = (_id: string, size: number) => ({
      replaceOne: { filter: { _id, size: { $lte: size } }, replacement: { size }, upsert: true },
    });
    const failure = await failureOf(
      things.bulkWrite([guarded('a', 4), guarded('b', 4), guarded('a', 6)], { ordered: false }),
    );
    expect(failure).toMatchObject({ code: 11_000, writeErrors: [{ index: 0, code: 11_000 }] });
    expect(await things.find({ _id: { $in: ['a', 'b'] } }).toArray()).toStrictEqual([
      { _id: 'a', size: 6 },
      { _id: 'b', size: 4 },
    ]);
    await failureOf(things.bulkWrite([guarded('a', 4), guarded('c', 4)]));
    expect(await things.findOne({ _id: 'c' })).toBeNull();
  });

  it('enforces unique indexes', async () => {
    await things.createIndex({ name: 1 }, { unique: true, sparse: true });
    await things.insertMany([{ _id: 'a', name: 'n' }, { _id: 'b' }, { _id: 'c' }]);
    expect(await failureOf(things.insertOne({ _id: 'd', name: 'n' }))).toMatchObject({
      code: 11_000,
      keyPattern: { name: 1 },
      keyValue: { name: 'n' },
    });
    await things.deleteOne({ _id: 'a' });
    await things.insertOne({ _id: 'd', name: 'n' });
    expect((await things.indexes()).map(({ name }) => name)).toStrictEqual(['_id_', 'name_1']);
  });

  it('removes what has expired', async () => {
    await things.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    await things.insertMany([
      { _id: 'a', at: new Date(1_000) },
      { _id: 'b', at: new Date(2_000) },
      { _id: 'c' },
    ]);
    server.expire(new Date(61_500));
    expect(await things.countDocuments({ _id: { $gte: '' } })).toBe(2);
  });

  it('applies a retried write once', async () => {
    await things.insertOne({ _id: 'a', size: 0 });
    server.next('findAndModify', { kind: 'cut', takesEffect: true });
    const counted = await things.findOneAndUpdate(
      { _id: 'a' },
      { $inc: { size: 1 } },
      { returnDocument: 'after' },
    );
    expect(counted).toMatchObject({ size: 1 });
    server.next('update', { kind: 'error', code: 91, labels: ['RetryableWriteError'], takesEffect: true });
    await things.updateOne({ _id: 'a' }, { $inc: { size: 1 } });
    expect(await things.findOne({ _id: 'a' })).toMatchObject({ size: 2 });
  });

  it('injects the faults that a test sets', async () => {
    server.next('insert', { kind: 'error', code: 50, takesEffect: false });
    expect(await failureOf(things.insertOne({ _id: 'a' }))).toMatchObject({ code: 50 });
    expect(await things.findOne({ _id: 'a' })).toBeNull();
    server.next('insert', { kind: 'unacknowledged' });
    expect(await failureOf(things.insertOne({ _id: 'a' }))).toMatchObject({ code: 64 });
    server.decide((name) => (name === 'find' ? { kind: 'silence', takesEffect: false } : undefined));
    const another = new MongoClient(`${server.url}&socketTimeoutMS=50`);
    const impatient = another.db('test').collection<Thing>('things');
    expect(await failureOf(impatient.findOne({ _id: 'a' }))).toMatchObject({
      name: 'MongoNetworkTimeoutError',
    });
    await another.close();
    const { promise: until, resolve: release } = Promise.withResolvers<void>();
    server.next('insert', { kind: 'hold', until });
    const held = things.insertOne({ _id: 'b' });
    expect(await things.findOne({ _id: 'b' })).toBeNull();
    release();
    await held;
    expect(await things.findOne({ _id: 'b' })).toStrictEqual({ _id: 'b' });
  });

  describe('with habits of real ones', () => {
    async function withHabits(habits: MongoServerOptions): Promise<void> {
      await client.close();
      await server.close();
      server = await MongoServer.start(habits);
      client = new MongoClient(server.url, {
        writeConcern: { w: 'majority' },
        minHeartbeatFrequencyMS: 20,
      });
      things = client.db('test').collection('things');
    }
    const ids = Array.from({ length: 10 }, (_, n) => ({ _id: `${n}` }));
    const all = () => things.find({ _id: { $gte: '' } }, { sort: { _id: 1 } });

    it('gives few documents at once, and none in its first answer', async () => {
      await withHabits({ documentsAtOnce: 3 });
      await things.insertMany(ids);
      const cursor = all();
      expect(await cursor.next()).toStrictEqual(ids[0]);
      expect(cursor.bufferedCount()).toBe(2);
      expect(await all().toArray()).toStrictEqual(ids);
      expect(await things.findOne({ _id: '7' })).toStrictEqual(ids[7]);
    });

    it('steps down, before or after a command takes effect, which drivers then try again', async () => {
      await withHabits({ steppingDown: { likelihood: 1, seed: 1 } });
      for (const document of ids) await things.insertOne(document);
      for (let round = 0; round < 100; round++) {
        for (const { _id } of ids) await things.updateOne({ _id }, { $inc: { size: 1 } });
      }
      expect(await all().toArray()).toStrictEqual(ids.map(({ _id }) => ({ _id, size: 100 })));
    });

    it('forgets its cursors when it is restarted', async () => {
      await things.insertMany(ids);
      const cursor = things.find({ _id: { $gte: '' } }, { batchSize: 3 });
      await cursor.next();
      await server.stop();
      await server.start();
      // It is connected again after this.
      await things.findOne({ _id: '0' });
      expect(await failureOf(cursor.toArray())).toMatchObject({ code: 43 });
    });
  });

  it('keeps its data over a restart', async () => {
    await things.insertOne({ _id: 'a' });
    await server.stop();
    const found = things.findOne({ _id: 'a' });
    await server.start();
    expect(await found).toStrictEqual({ _id: 'a' });
  });

  it('lists and drops collections, and drops databases', async () => {
    await things.insertOne({ _id: 'a' });
    expect(server.collections('test')).toStrictEqual(['things']);
    await things.drop();
    expect(await things.findOne({ _id: 'a' })).toBeNull();
    await things.insertOne({ _id: 'b' });
    const names = await client.db('test').listCollections({}, { nameOnly: true }).toArray();
    expect(names).toMatchObject([{ name: 'things' }]);
    await client.db('test').dropDatabase();
    expect(server.collections('test')).toStrictEqual([]);
  });

  it.each<[string, (things: Collection<Thing>) => Promise<unknown>]>([
    ['the command distinct', (all) => all.distinct('name', {})],
    ['the operator $where', (all) => all.findOne({ $where: 'true' })],
    ['$regex', (all) => all.findOne({ name: { $regex: 'x' } })],
    ['an update made of stages', (all) => all.updateOne({ _id: 'a' }, [{ $set: { size: 1 } }])],
    ['$push', (all) => all.updateOne({ _id: 'a' }, { $push: { tags: 'x' } })],
    ['multi', (all) => all.updateMany({ _id: 'a' }, { $set: { size: 1 } })],
    ['a pipeline', (all) => all.aggregate([{ $match: {} }, { $limit: 1 }]).toArray()],
    ['a collation', (all) => all.findOne({ _id: 'a' }, { collation: { locale: 'de' } })],
    ['no index', (all) => all.findOne({ size: 1 })],
    ['a sort without an index', (all) => all.find({ _id: { $gte: '' } }, { sort: { size: 1 } }).toArray()],
    ['a 64-bit number', (all) => all.updateOne({ _id: 'a' }, { $set: { size: 2n as unknown as number } })],
    ['w: 1', (all) => all.updateOne({ _id: 'a' }, { $set: { size: 1 } }, { writeConcern: { w: 1 } })],
    ['an id that is not text', (all) => all.insertOne({ _id: 1 as unknown as string })],
  ])('refuses %s, and its close fails', async (_, ask) => {
    await things.insertOne({ _id: 'a' });
    expect(await failureOf(ask(things))).toMatchObject({ code: 59 });
    await client.close();
    await expect(server.close()).rejects.toThrow('unsupported requests');
    expect(refused()).toHaveLength(1);
  });
});

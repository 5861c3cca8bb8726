import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { type Position, START } from '#event-store';
import { type CollectionDefinition, type Document, ViewStoreUnavailable } from '#view-store';
import { DROPS_OF_NOTHING, MongoServer } from '../../../test/servers/mongodb/index.ts';
import { MongoViewReader, MongoViewStore } from './index.ts';

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

describe('a collection in MongoDB', () => {
  let server: MongoServer;
  const open: { close(): Promise<void> }[] = [];

  beforeEach(async () => {
    server = await MongoServer.start();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close()));
    await server.close();
  });

  const opened = <Each extends { close(): Promise<void> }>(each: Each): Each => {
    open.push(each);
    return each;
  };
  const store = (...collections: CollectionDefinition<Document>[]) =>
    opened(new MongoViewStore({ url: server.url, collections }));

  const fill = async () => {
    const people = Array.from({ length: 1_500 }, (_, age): Person => ({ id: `p${age}`, city: 'Bern', age }));
    const writes = people.map((document) => ({ collection: byCity, id: document.id, document }));
    const gone = { collection: byCity, id: 'p0', document: undefined };
    await store().commit({ follower: 'f', from: START, to: 9 as Position, writes: [...writes, gone] });
  };

  it('has its indexes when its store is prepared', async () => {
    await store(byAge).prepare();
    const client = opened(new MongoClient(server.url));
    const indexes = await client.db().collection('people').indexes();
    expect(indexes.map(({ name }) => name)).toStrictEqual(['_id_', 'keys.byAge', 'words', 'removedAt']);
  });

  it('is re-indexed when its indexes have changed', async () => {
    await fill();
    const views = store(byAge);
    await views.prepare();
    const found = await views.find(byAge, { index: 'byAge', prefix: [], from: 1_498 });
    expect(found.items.map(({ id }) => id)).toStrictEqual(['p1498', 'p1499']);
    const text = { scope: '', wanted: [['Be']] };
    expect(await views.countUpTo(byAge, { index: 'byAge', prefix: [], text }, 2_000)).toBe(1_499);
    expect((await views.load(byAge, ['p1', 'p0'])).map(({ position }) => position)).toStrictEqual([9, START]);
  });

  it.each(DROPS_OF_NOTHING)(
    'can be dropped when it does not exist: %s by the server',
    async (dropOfNothing) => {
      const other = opened(await MongoServer.start({ dropOfNothing }));
      const views = opened(new MongoViewStore({ url: other.url, collections: [byCity] }));
      await views.prepare();
      for (const _ of ['there', 'gone', 'gone still']) await views.drop('f', ['people', 'never-there']);
      expect(other.collections('test')).not.toContain('people');
      await views.commit({ follower: 'f', from: START, to: 1 as Position, writes: [] });
    },
  );

  it('is not reported as dropped when the server has not dropped it', async () => {
    await store(byCity).prepare();
    server.next('drop', { kind: 'error', code: 13, takesEffect: false });
    await expect(store().drop('f', ['people'])).rejects.toThrow();
    expect(server.collections('test')).toContain('people');
  });

  it('is unavailable to a reader with other indexes than it is stored for, until its writer has started', async () => {
    await fill();
    const reader = opened(new MongoViewReader({ url: server.url }));
    const query = { index: 'byAge', prefix: [], from: 1_499 };
    await expect(reader.find(byAge, query)).rejects.toThrow(ViewStoreUnavailable);
    await expect(reader.count(byAge, query)).rejects.toThrow(ViewStoreUnavailable);
    await store(byAge).prepare();
    expect(await reader.count(byAge, query)).toBe(1);
  });

  it('has one definition at a time', async () => {
    const views = store(byCity);
    await views.prepare();
    await expect(views.count(byAge, { index: 'byAge', prefix: [] })).rejects.toThrow(TypeError);
  });

  it('cannot have the name of one of the store’s own collections', async () => {
    await expect(store({ name: '_followers', indexes: {} }).prepare()).rejects.toThrow(TypeError);
  });
});

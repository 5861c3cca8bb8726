import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Position, START } from '#event-store';
import {
  CheckpointMoved,
  type CollectionDefinition,
  type Document,
  OwnershipLost,
  type Write,
} from '#view-store';
import { MongoServer } from '../../../test/servers/mongodb/index.ts';
import { MongoViewStore } from './index.ts';

const things: CollectionDefinition<Document> = { name: 'things', indexes: {} };
const FOLLOWERS = ['a', 'b', 'c', 'd', 'e'];
const at = (position: number) => position as Position;

describe('checkpoints of followers that have nothing to write', () => {
  let server: MongoServer;
  let store: MongoViewStore;

  beforeEach(async () => {
    server = await MongoServer.start();
    store = new MongoViewStore({ url: server.url });
    for (const follower of FOLLOWERS)
      await commit(follower, START, 1, [{ collection: things, id: follower, document: { id: follower } }]);
  });
  afterEach(async () => {
    await store.close();
    await server.close();
  });

  const commit = (follower: string, from: number, to: number, writes: readonly Write[] = [], term = 1) =>
    store.commit({ follower, from: at(from), to: at(to), writes, term });

  const checkpoints = () => Promise.all(FOLLOWERS.map((follower) => store.checkpoint(follower)));

  it('are moved by one command where they have come so far together', async () => {
    let commands = 0;
    server.decide(() => {
      commands += 1;
      return undefined;
    });
    await Promise.all(FOLLOWERS.map((follower) => commit(follower, 1, 2)));
    server.decide();
    expect(commands).toBe(1);
    expect(await checkpoints()).toStrictEqual([2, 2, 2, 2, 2]);
  });

  it('are moved though one beside them is not where its owner believes', async () => {
    const outcomes = await Promise.allSettled(
      FOLLOWERS.map((follower) => commit(follower, follower === 'c' ? 0 : 1, 3)),
    );
    expect(outcomes.map(({ status }) => status)).toStrictEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(outcomes[2]).toMatchObject({ reason: expect.any(CheckpointMoved) });
    expect(await checkpoints()).toStrictEqual([3, 3, 1, 3, 3]);
  });

  it('are moved though one beside them has a new owner', async () => {
    await store.fence('b', 2);
    const outcomes = await Promise.allSettled(FOLLOWERS.map((follower) => commit(follower, 1, 4)));
    expect(outcomes[1]).toMatchObject({ reason: expect.any(OwnershipLost) });
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(await checkpoints()).toStrictEqual([4, 1, 4, 4, 4]);
  });

  it('are moved though one beside them has never stored any', async () => {
    await Promise.all([...FOLLOWERS.map((follower) => commit(follower, 1, 5)), commit('new', START, 5)]);
    expect(await checkpoints()).toStrictEqual([5, 5, 5, 5, 5]);
    expect(await store.checkpoint('new')).toBe(5);
  });
});

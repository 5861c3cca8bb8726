import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NotOwnerHere, type ParkedStream } from '#subscriptions';
import { ViewStoreUnavailable } from '#view-store';
import { healthServer } from './health.ts';
import type { WorkerStatus } from './worker.ts';

let ready: boolean;
let owner: boolean;
let isConnected: boolean;
let driven: string[];
let server: Server;
let origin: string;

beforeEach(async () => {
  ready = true;
  owner = true;
  isConnected = true;
  driven = [];
  const worker = {
    status: async () => {
      if (!isConnected) throw new ViewStoreUnavailable('gone');
      return { ready, projections: [] } as unknown as WorkerStatus;
    },
    redrive: async (process: string, key: string) => {
      if (!owner) throw new NotOwnerHere('processes');
      return driven.push(`${process} ${key}`) > 0 && key === 'open';
    },
    parked: async (follower: string) =>
      follower === 'shares' ? [{ follower, stream: 'share-1', reason: 'no' } as ParkedStream] : [],
    retryParked: async (follower: string, stream: string) => {
      if (!owner) throw new NotOwnerHere(follower);
      return stream !== 'share-1';
    },
  };
  server = healthServer(worker).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

async function ask(path: string, body?: string): Promise<[number, unknown]> {
  const response = await fetch(`${origin}${path}`, body === undefined ? {} : { method: 'POST', body });
  return [response.status, await response.json()];
}

describe('the health server', () => {
  it('is live as soon as it answers', async () => {
    ready = false;
    expect(await ask('/health/live')).toStrictEqual([200, { live: true }]);
  });

  it('is ready when everything follows live', async () => {
    expect(await ask('/health/ready')).toStrictEqual([200, { ready: true }]);
    ready = false;
    expect(await ask('/health/ready')).toStrictEqual([503, { ready: false }]);
  });

  it('is live but not ready when its stores are unavailable', async () => {
    isConnected = false;
    expect(await ask('/health/ready')).toStrictEqual([503, { code: 'unavailable' }]);
    expect(await ask('/status')).toStrictEqual([503, { code: 'unavailable' }]);
    expect(await ask('/health/live')).toStrictEqual([200, { live: true }]);
  });

  it('returns the status', async () => {
    expect(await ask('/status')).toStrictEqual([200, { ready: true, projections: [] }]);
  });

  it('retries stuck work', async () => {
    expect(await ask('/redrive', '{"process":"p","key":"open"}')).toStrictEqual([202, { driven: true }]);
    expect(await ask('/redrive', '{"process":"p","key":"none"}')).toStrictEqual([404, { code: 'not-found' }]);
    expect(driven).toStrictEqual(['p open', 'p none']);
  });

  it('lists parked streams, and retries them', async () => {
    const parked = { follower: 'shares', stream: 'share-1', reason: 'no' };
    expect(await ask('/parked')).toStrictEqual([200, { items: [parked] }]);
    expect(await ask('/retry', '{"follower":"shares","stream":"share-1"}')).toStrictEqual([
      409,
      { code: 'still-parked' },
    ]);
    expect(await ask('/retry', '{"follower":"shares","stream":"share-2"}')).toStrictEqual([
      200,
      { parked: false },
    ]);
    expect(await ask('/retry', '{"follower":"none","stream":"share-1"}')).toStrictEqual([
      404,
      { code: 'not-found' },
    ]);
    expect(await ask('/retry', '{"follower":"shares"}')).toStrictEqual([
      400,
      { code: 'follower-and-stream-required' },
    ]);
  });

  it('says that another worker owns the follower, or the processes', async () => {
    owner = false;
    expect(await ask('/retry', '{"follower":"shares","stream":"share-1"}')).toStrictEqual([
      409,
      { code: 'not-owner-here' },
    ]);
    expect(await ask('/redrive', '{"process":"p","key":"open"}')).toStrictEqual([
      409,
      { code: 'not-owner-here' },
    ]);
  });

  it.each(['', 'x', 'null', '{"process":"p"}', '{"process":1,"key":"open"}'])(
    'refuses to redrive %p',
    async (body) => {
      expect(await ask('/redrive', body)).toStrictEqual([400, { code: 'process-and-key-required' }]);
      expect(driven).toStrictEqual([]);
    },
  );

  it('answers 404 to other paths', async () => {
    expect(await ask('/v1/shares')).toStrictEqual([404, { code: 'not-found' }]);
  });
});

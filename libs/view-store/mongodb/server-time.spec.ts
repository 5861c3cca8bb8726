import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MongoServer } from '../../../test/servers/mongodb/index.ts';
import { serverClockAhead } from './server-time.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

let server: MongoServer;
beforeAll(async () => {
  server = await MongoServer.start();
});
afterAll(() => server.close());

it.each([0, HOUR_MS, -HOUR_MS])('finds that the server is %i ms ahead', async (ahead) => {
  server.clockAheadMs = ahead;
  const measured = await serverClockAhead({ url: server.url });
  expect(Math.abs(measured - ahead)).toBeLessThan(MINUTE_MS);
});

// A service that is stopped completes accepted requests, and continues after its next start.
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { connect, type Socket } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ChangeStream, type StreamedChange } from './change-stream.ts';
import type { Answer, Member } from './client.ts';
import { available, type Company, OwnWorld, ok, processed, until, type View } from './world.ts';

/** The time after which a service closes idle connections. */
const KEEP_ALIVE_MS = 72_000;

let world: OwnWorld;
let company: Company;
let other: Company;
let connection: string;

beforeAll(async () => {
  world = await OwnWorld.begin();
  company = await world.company('service', 'Frigo North');
  other = await world.company('service', 'Cold Hands');
  connection = await world.connect(company, other);
});

afterAll(() => world.end());

describe('a service that is stopped', () => {
  let share: string;
  let installations: readonly string[];

  it('answers accepted requests, keeps their effects and answers, and exits with code 0', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() };
    const refused = await other.request(connection);
    const reject = () => company.administrator.post(`/v1/shares/${refused}/reject`, {}, key);
    const rejected = await reject();
    const site = await company.addSite(20);
    installations = site.installations;
    share = await other.request(connection, 'location');
    const approval = { level: 'location', selection: [site.location], accessType: 'subcontractor' };
    await ok(company.administrator.post(`/v1/shares/${share}/approve`, approval));
    const names = Array.from({ length: 200 }, (_, n) => `Customer ${n}`);
    const address = { street: 'Quay 1', city: 'Antwerp' };
    const writing = names.map((name) =>
      company.manager.post('/v1/customers', { name, address }).catch(() => undefined),
    );
    await Promise.any(writing);
    expect(await world.stop()).toBe(0);
    const answers = await Promise.all(writing);
    const accepted = answers.filter((answer): answer is Answer => answer?.status === 201);
    expect(accepted.length).toBeGreaterThan(0);

    await world.restart();
    const kept: string[] = [];
    for (let token = ''; ; ) {
      const page = await ok(company.manager.get(`/v1/customers?pageSize=200${token}`));
      kept.push(...page.items.map(({ id }: View) => id));
      if (page.nextPageToken === undefined) break;
      token = `&pageToken=${encodeURIComponent(page.nextPageToken)}`;
    }
    expect(kept).toEqual(expect.arrayContaining(accepted.map(({ body }) => body.id)));
    // Repeated much later, a command is answered as it was, whatever has happened since.
    const again = await reject();
    expect(again.body).toEqual(rejected.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    await available(other, share);
  });

  it('waits for no connection that is idle, silent or half-sent, and ends those who wait for changes', async () => {
    const agent = new Agent({ keepAlive: true });
    const [answer] = await once(get(new URL('/health/live', world.url), { agent }), 'response');
    await once(answer.resume(), 'end');
    const clients = [
      '',
      'GET /v1/customers HTTP/1.1\r\nHost:',
      'POST /v1/customers HTTP/1.1\r\nHost: x\r\n',
    ].map(silentAfter);
    await Promise.all(clients.map((client) => once(client, 'connect')));
    const gone = Promise.all(
      clients.map((client) => new Promise((resolve) => client.once('close', resolve))),
    );
    const stream = await ChangeStream.open(company.technician, '?cursor=now');
    const received: StreamedChange[] = [];
    const ended = (async () => {
      for await (const change of stream) received.push(change);
    })();
    await company.addCustomer();
    const { nextCursor } = await ok(company.technician.get('/v1/changes?cursor=now'));
    const waiting = await accepted(company.technician, `/v1/changes?cursor=${nextCursor}&wait=30`);
    await until(
      async () => received.length,
      (count) => count === 1,
    );

    const began = performance.now();
    expect(await world.stop()).toBe(0);
    expect(performance.now() - began).toBeLessThan(KEEP_ALIVE_MS / 2);
    agent.destroy();
    await gone;
    await ended;
    const { status, body } = await waiting.answer;
    expect({ status, items: body.items }).toEqual({ status: 200, items: [] });

    // They go on afterwards where they were.
    await world.restart();
    const customer = await company.addCustomer();
    for (const cursor of [received[0]?.id, body.nextCursor]) {
      const { items } = await ok(company.technician.get(`/v1/changes?cursor=${cursor}`));
      expect(items.map(({ subject }: View) => subject.id)).toEqual([customer]);
    }
  });

  it('continues its processes after a restart', async () => {
    const place = await other.addLocation(await other.addCustomer());
    await other.takeSome(share, place, installations);
    await world.restart();
    expect(await processed(other, share)).toMatchObject({ items: { total: 20, placed: 20 } });
  });
});

/** A read that the service has received, and has yet to answer. */
async function accepted({ token }: Member, path: string) {
  // It says so where that is expected before what is to follow, of which there is nothing.
  const headers = { authorization: `Bearer ${token}`, expect: '100-continue' };
  const asking = get(new URL(path, world.url), { headers });
  const answer = once(asking, 'response').then(async ([response]) => ({
    status: response.statusCode,
    body: (await json(response)) as View,
  }));
  await once(asking, 'continue');
  return { answer };
}

/** A connection on which no more than that is ever sent. */
function silentAfter(sent: string): Socket {
  const { hostname, port } = new URL(world.url);
  return connect(Number(port), hostname, function (this: Socket) {
    this.write(sent);
  }).on('error', () => {});
}

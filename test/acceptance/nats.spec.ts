// Commands over NATS: the same as over HTTP, once whichever way and however often they come, and no harm without NATS.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { headers, type NatsConnection } from '@nats-io/transport-node';
import { checkMessage } from '../openapi/described-messages.ts';
import { type NatsAnswer, NatsServer, request, whyNoNats } from '../servers/nats.ts';
import { Consistency } from './client.ts';
import { type Company, OwnWorld, ok, until, type View } from './world.ts';

const skipped = await whyNoNats();
if (skipped) console.warn(skipped);

/** Headers that say the same over both ways. */
const COMPARED_HEADERS = [
  'Content-Type',
  'ETag',
  'Consistency-Token',
  'Idempotent-Replayed',
  'WWW-Authenticate',
  'Retry-After',
];

interface Sent {
  readonly body: unknown;
  readonly authorization?: string;
}

(skipped ? describe.skip : describe)('commands over NATS', () => {
  let nats: NatsServer;
  let client: NatsConnection;
  let world: OwnWorld;
  let company: Company;
  let other: Company;
  const written = new Consistency();

  beforeAll(async () => {
    nats = await NatsServer.notYetStarted();
    world = await OwnWorld.begin({ NATS_URL: nats.url, LOG_LEVEL: 'silent' });
    company = await world.company('service', 'Frigo North');
    other = await world.company('service', 'Cold Hands');
  });

  afterAll(async () => {
    await client?.close();
    await world?.end();
    await nats?.dispose();
  });

  const bearer = (member = company.administrator) => `Bearer ${member.token}`;
  const untilService = (status: 'ready' | 'degraded') =>
    until(
      () => world.anonymous.get('/health/ready'),
      ({ body }) => body.status === status,
    );
  const addCustomer = (name = 'A customer') => ({
    id: randomUUID(),
    type: 'AddCustomer',
    data: { customerId: randomUUID(), name, address: { street: 'Quay 1', city: 'Antwerp' } },
  });

  /** Over NATS; `undefined` where nobody listens. */
  async function send(
    body: unknown,
    authorization = bearer(),
    type = 'AddCustomer',
  ): Promise<NatsAnswer | undefined> {
    const sent = { ...(authorization !== '' && { Authorization: authorization }) };
    const answer = await request(client, `tessera.commands.${type}`, body, sent);
    if (answer === undefined) return undefined;
    const taken = Number(answer.headers.Status) < 300;
    checkMessage(taken ? 'CommandAnswer' : 'Problem', answer.body, answer.headers);
    if (taken) checkMessage(`${type}Command`, body, sent);
    written.record(answer.headers['Consistency-Token'] ?? '');
    const headers = Object.entries(answer.headers).filter(
      ([name]) => name === 'Status' || COMPARED_HEADERS.includes(name),
    );
    return { ...answer, headers: Object.fromEntries(headers) };
  }

  /** Over HTTP, told in the same way. */
  async function post({ body, authorization = bearer() }: Sent): Promise<NatsAnswer> {
    const response = await fetch(`${world.url}/v1/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization !== '' && { authorization }) },
      body: body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body),
    });
    const headers = COMPARED_HEADERS.flatMap((name) => {
      const value = response.headers.get(name)?.replace('; charset=utf-8', '');
      return value === undefined ? [] : [[name, value]];
    });
    return {
      headers: { Status: String(response.status), ...Object.fromEntries(headers) },
      body: await response.json(),
    };
  }

  const names = async ({ manager } = company): Promise<string[]> =>
    (await ok(manager.get('/v1/customers?pageSize=200', written.headers()))).items.map(
      ({ name }: View) => name,
    );

  it('are unavailable without NATS, and everything else works', async () => {
    expect(await world.anonymous.get('/health/ready')).toMatchObject({
      status: 200,
      body: { status: 'degraded', missing: ['nats'] },
    });
    await company.addCustomer();
    await nats.begin();
    await untilService('ready');
    client = await nats.client();
  });

  it('take effect once over HTTP and NATS, however often they are sent', async () => {
    const command = addCustomer('Only once');
    const first = await send(command);
    expect(first).toEqual({
      headers: {
        Status: '200',
        'Content-Type': 'application/json',
        ETag: '"0"',
        'Consistency-Token': expect.stringMatching(/^p/),
      },
      body: { id: command.data.customerId, revision: 0, replayed: false },
    });
    const again = await Promise.all([send(command), post({ body: command }), send(command)]);
    const replayed = { ...first?.body, replayed: true };
    const answered = { headers: { ...first?.headers, 'Idempotent-Replayed': 'true' }, body: replayed };
    expect(again).toEqual(again.map(() => answered));
    expect((await names()).filter((name) => name === 'Only once')).toHaveLength(1);
  });

  it('take effect once when nobody waited for the answer, and they are sent again', async () => {
    const command = addCustomer('Late');
    const named = headers();
    named.set('Authorization', bearer());
    const sent = { reply: 'nobody.listens.there', headers: named };
    client.publish('tessera.commands.AddCustomer', JSON.stringify(command), sent);
    await client.flush();
    const answers = [await send(command), await send(command)];
    expect(answers.map((answer) => answer?.headers.Status)).toEqual(['200', '200']);
    expect((await names()).filter((name) => name === 'Late')).toHaveLength(1);
  });

  describe('are refused as over HTTP', () => {
    const valid = addCustomer();
    const of = (body: object): Sent => ({ body: { ...addCustomer(), ...body } });
    const cases: Readonly<Record<string, () => Sent | Promise<Sent>>> = {
      'without a token': () => ({ body: valid, authorization: '' }),
      'with another scheme than a bearer token': () => ({ body: valid, authorization: 'Basic YTpi' }),
      'with a token that does not verify': () => ({ body: valid, authorization: 'Bearer x.y.z' }),
      'of someone without the role': () => ({ body: valid, authorization: bearer(company.technician) }),
      'for an account that one may not act for': () => of({ account: other.id }),
      'without a body': () => ({ body: new Uint8Array() }),
      'that are not JSON': () => ({ body: Buffer.from('{"id":') }),
      'that are not UTF-8': () => ({ body: Buffer.from([0x22, 0xff, 0x22]) }),
      'that set a prototype': () => ({ body: Buffer.from('{"__proto__": {"admin": true}}') }),
      'that are no object': () => ({ body: ['AddCustomer'] }),
      'with an id that is none': () => of({ id: 'my-command' }),
      'with a field that there is not': () => of({ unknown: true }),
      'with data of another shape': () => of({ data: { name: '' } }),
      'of a type that there is not': () => of({ type: 'Nonsense' }),
      'of a type that is not public': () => of({ type: 'SettleConnection' }),
      'about what there is not': () => of({ type: 'RejectShare', data: { shareId: randomUUID() } }),
      'at a revision that is not the one': async () =>
        of({
          type: 'ChangeCustomer',
          data: { customerId: await company.addCustomer(), name: 'Other' },
          expectedRevision: 7,
        }),
      'under an id that was another command': async () => {
        const first = addCustomer();
        await ok(company.administrator.post('/v1/commands', first));
        return of({ ...first, data: { ...first.data, name: 'Another' } });
      },
      'of more than a mebibyte': () => of({ data: { name: 'x'.repeat(1024 * 1024) } }),
    };

    it.each(Object.entries(cases))('%s', async (_, prepare) => {
      const { body, authorization } = await prepare();
      const overHttp = await post({ body, authorization });
      const type = (body as { readonly type?: string }).type ?? 'AddCustomer';
      const overNats = await send(body, authorization, type);
      expect(Number(overHttp.headers.Status)).toBeGreaterThanOrEqual(400);
      expect(overNats).toEqual(overHttp);
    });
  });

  it('lead to changes as in the description of messages', async () => {
    await send(addCustomer());
    const { items } = await ok(company.manager.get('/v1/changes?pageSize=200', written.headers()));
    expect(items.length).toBeGreaterThan(2);
    for (const change of items) checkMessage(change.type, change);
    const [change] = items;
    expect(() => checkMessage(change.type, { ...change, subject: {} })).toThrow('not as described');
  });

  it('must have the subject of their type', async () => {
    expect(await send(addCustomer(), bearer(), 'AddLocation')).toMatchObject({
      headers: { Status: '400' },
      body: { code: 'wrong-subject' },
    });
  });

  it('resume after an outage, during which everything else works', async () => {
    await nats.stop();
    await untilService('degraded');
    await company.addCustomer();
    await nats.begin();
    await untilService('ready');
    expect((await send(addCustomer()))?.headers.Status).toBe('200');
  });

  it('are answered before a service stops, or not accepted at all', async () => {
    const commands = Array.from({ length: 200 }, (_, n) => addCustomer(`Customer ${n}`));
    const sending = commands.map((command) => send(command, bearer(other.administrator)));
    await Promise.any(sending);
    expect(await world.stop()).toBe(0);
    const answers = await Promise.all(sending);
    await world.restart({ NATS_URL: nats.url, LOG_LEVEL: 'silent' });
    const kept = new Set(await names(other));
    const taken = commands.filter((_, n) => answers[n] !== undefined).map(({ data }) => data.name);
    expect(taken.length).toBeGreaterThan(0);
    expect(commands.map(({ data }) => data.name).filter((name) => kept.has(name))).toEqual(taken);
  });
});

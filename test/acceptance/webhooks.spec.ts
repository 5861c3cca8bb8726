// What happens, delivered to a receiver: signed, in order, until it takes it, and as its account has asked for.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { Receiver } from './receiver.ts';
import { type Company, ok, refusalOf, until, type View, World } from './world.ts';

const receiver = new Receiver();
let world: World;
let giver: Company;
let taker: Company;
let connection: string;
let url: string;
let webhook: string;
let secret: string;

beforeAll(async () => {
  url = await receiver.listen();
  world = await World.begin();
  giver = await world.company('service', 'Frigo North');
  taker = await world.company('service', 'Cold Hands');
  connection = await world.connect(giver, taker);
});

afterAll(async () => {
  await giver?.administrator.request('DELETE', `/v1/webhooks/${webhook}`, { body: {} });
  receiver.close();
  await world.end();
});

const path = (rest = '') => `/v1/webhooks/${webhook}${rest}`;

async function deliveries(query = ''): Promise<View[]> {
  return (await ok(giver.administrator.get(path(`/deliveries${query}`)))).items;
}

function verified({ headers, body }: { headers: Record<string, string>; body: string }, by: string): boolean {
  try {
    new Webhook(by).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

describe('a webhook', () => {
  it('is registered with a secret that is shown once', async () => {
    const key = randomUUID();
    const body = { url, types: ['share.requested', 'share.cancelled'], description: 'Planning' };
    const register = () => giver.administrator.post('/v1/webhooks', body, { 'idempotency-key': key });
    const answer = await register();
    expect(answer).toMatchObject({ status: 201, body: { secret: expect.stringMatching(/^whsec_/) } });
    ({ id: webhook, secret } = answer.body as unknown as { id: string; secret: string });
    expect((await register()).body).toEqual(answer.body);
    const shown = await ok(giver.administrator.get(path()));
    expect(shown).toMatchObject({ id: webhook, ...body, status: 'enabled' });
    expect(JSON.stringify([shown, await ok(giver.administrator.get('/v1/webhooks'))])).not.toContain(
      'whsec_',
    );
  });

  it('is refused with an address that is not delivered to', async () => {
    const register = (to: string) => giver.administrator.post('/v1/webhooks', { url: to });
    expect(await refusalOf(register('ftp://example.com/'))).toEqual({ status: 400, code: 'invalid-command' });
    expect(await refusalOf(register('https://me:mine@example.com/'))).toEqual({
      status: 422,
      code: 'webhook-url-refused',
    });
  });

  it('is sent the changes of its account, signed', async () => {
    const share = await taker.request(connection);
    const sent = await receiver.one('tessera.share.requested.v1', share);
    expect(verified(sent, secret)).toBe(true);
    const { items } = await ok(giver.administrator.get(`/v1/changes?subject=${share}`));
    expect(sent.event).toMatchObject({
      specversion: '1.0',
      id: items[0].id,
      subject: `share/${share}`,
      data: items[0],
    });
    expect(sent.headers['webhook-id']).toBe(items[0].id);
    const [delivery] = await until(deliveries, ([first]) => first?.status === 'delivered');
    expect(delivery).toMatchObject({ changeId: items[0].id, attempts: [{ responseStatus: 200 }] });
  });

  it('is sent a test, and both signatures for a day after its secret was rotated', async () => {
    const { secret: next } = await ok(giver.administrator.post(path('/rotate')));
    const { status, body } = await giver.administrator.post(path('/test'));
    expect(status).toBe(202);
    const test = await receiver.one('tessera.webhook.test.v1', webhook);
    expect(test.headers['webhook-id']).toBe(body.deliveryId);
    expect([verified(test, secret), verified(test, next)]).toEqual([true, true]);
    const { formerSecretUntil } = await ok(giver.administrator.get(path()));
    expect(Date.parse(formerSecretUntil) - (await world.now()).getTime()).toBeLessThanOrEqual(86_400_000);
    secret = next;
  });

  it('that fails for a day is disabled, its account notified, and it continues where it stopped', async () => {
    receiver.status = 503;
    const share = await taker.request(connection);
    await until(
      () => deliveries('?status=pending'),
      ([first]) => first?.attempts.length > 0,
    );
    await world.advance('PT12H');
    await until(
      () => deliveries('?status=pending'),
      ([first]) => first?.attempts.length > 1,
    );
    await world.advance('PT13H');
    const disabled = await until(
      () => ok(giver.administrator.get(path())),
      ({ status }) => status === 'disabled',
    );
    expect(disabled).toMatchObject({ disabled: { reason: 'failing', since: expect.any(String) } });
    const { items } = await until(
      () => ok(giver.administrator.get('/v1/inbox')),
      (inbox) => inbox.items[0]?.kind === 'webhook-disabled',
    );
    expect(items[0]).toMatchObject({ webhookId: webhook, text: expect.stringContaining('“Planning”') });

    await ok(taker.administrator.post(`/v1/shares/${share}/cancel`));
    receiver.status = 200;
    receiver.received.length = 0;
    await ok(giver.administrator.patch(path(), { enabled: true }));
    const last = await receiver.one('tessera.share.cancelled.v1', share);
    expect(receiver.received.map(({ event }) => event.type)).toEqual([
      'tessera.share.requested.v1',
      'tessera.share.cancelled.v1',
    ]);
    // A day has passed: the former secret is valid no more.
    expect([verified(last, secret), last.headers['webhook-signature']?.split(' ').length]).toEqual([true, 1]);
  });

  it('can retry one delivery, or replay everything after a cursor', async () => {
    // The last one has come, and may be recorded a moment later.
    const all = await until(
      deliveries,
      (items) => items[0]?.type === 'share.cancelled' && items.every(({ status }) => status === 'delivered'),
    );
    const oldest = all.at(-1) as View;
    receiver.received.length = 0;
    const retried = await giver.administrator.post(path(`/deliveries/${oldest.id}/retry`));
    expect(retried.status).toBe(202);
    await until(
      async () => receiver.received.length,
      (count) => count === 1,
    );
    expect(receiver.received[0]?.event.id).toBe(oldest.changeId);
    const replayed = await giver.administrator.post(path('/replay'), { cursor: oldest.cursor });
    expect(replayed.status).toBe(202);
    const later = all.slice(0, -1).filter(({ type }) => type !== 'webhook.test');
    await until(
      async () => receiver.received.length,
      (count) => count === 1 + later.length,
    );
    const again = receiver.received.slice(1).map(({ event }) => event.id);
    expect(again.toSorted()).toEqual(later.map(({ changeId }) => changeId).toSorted());
    const nowhere = giver.administrator.post(path('/replay'), { cursor: 'czzzzzzz' });
    expect(await refusalOf(nowhere)).toMatchObject({ status: 422, code: 'invalid-cursor' });
  });

  it('is removed with its deliveries', async () => {
    await ok(giver.administrator.request('DELETE', path(), { body: {} }));
    expect(await refusalOf(giver.administrator.get(path('/deliveries')))).toEqual({
      status: 404,
      code: 'not-found',
    });
    expect(await ok(giver.administrator.get('/v1/webhooks'))).toMatchObject({ items: [] });
  });
});

import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import { WebhookSecrets } from '#application';
import { ChangeFeed } from '#changes';
import { fromMillis, toMillis } from '#domain/kernel';
import type { RegisterWebhook } from '#domain/webhook';
import { notifications } from '#projections/inbox';
import type { ViewStore } from '#view-store';
import { until } from '../../test/tooling/until.ts';
import { silent, uid, World } from '../processes/testing/world.ts';
import { webhookDeliveries, webhookProgress } from './deliveries/index.ts';
import { WebhookDispatcher, type WebhookDispatcherOptions } from './dispatcher.ts';
import { FakeSender } from './testing/fake-sender.ts';

const [A, B] = [uid(1), uid(2)];
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const secrets = new WebhookSecrets(new Uint8Array(32));
const address = { street: 'Quay 1', city: 'Ghent' };

/** The store, which makes commits in another way. */
function withCommit(store: ViewStore, commit: ViewStore['commit']): ViewStore {
  return new Proxy(store, {
    get: (_, name: keyof ViewStore) => {
      if (name === 'commit') return commit;
      const member: unknown = store[name];
      return typeof member === 'function' ? member.bind(store) : member;
    },
  });
}

/** A dispatcher in a world with two accounts, by a clock that is moved by hand. */
class Office {
  readonly sender = new FakeSender();
  #dispatcher: WebhookDispatcher | undefined;
  #things = 100;

  private constructor(readonly world: World) {}

  static async open(): Promise<Office> {
    const office = new Office(await World.open());
    for (const account of [A, B]) await office.world.register(account, 'service');
    return office;
  }

  async start(options: Partial<WebhookDispatcherOptions> = {}): Promise<WebhookDispatcher> {
    const { store: reader, viewStore: store, views, commands } = this.world;
    this.#dispatcher = new WebhookDispatcher({
      reader,
      store,
      commands,
      changes: new ChangeFeed({ log: reader, views }),
      sender: this.sender,
      secrets,
      clock: { now: () => this.world.now },
      log: silent,
      pauses: {
        sleep: (ms, signal) => pause(Math.min(ms, 2), undefined, { signal }).catch(() => undefined),
        random: () => 0,
      },
      ...options,
    });
    await this.#dispatcher.start();
    return this.#dispatcher;
  }

  async stop(): Promise<void> {
    await this.#dispatcher?.stop();
    this.#dispatcher = undefined;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.world.close();
  }

  async register(data: Partial<RegisterWebhook['data']> = {}, account = A): Promise<string> {
    const webhookId = uid(++this.#things);
    const url = 'https://example.com/';
    await this.world.ask(account, 'RegisterWebhook', { webhookId, url, secretId: 's1', ...data });
    return webhookId;
  }

  /** Something happens to a new customer; gives its subject. */
  async happen(account = A): Promise<string> {
    const customerId = uid(++this.#things);
    await this.world.ask(account, 'AddCustomer', { customerId, name: 'K', address });
    return `customer/${customerId}`;
  }

  /** Something more happens to it. */
  async change(subject: string, account = A): Promise<void> {
    const customerId = subject.split('/')[1];
    await this.world.ask(account, 'ChangeCustomer', { customerId, name: `K ${++this.#things}` });
  }

  pass(ms: number): void {
    this.world.now = fromMillis(toMillis(this.world.now) + ms);
  }

  async deliveries(webhookId: string) {
    const query = { index: 'by-webhook', prefix: [webhookId], limit: 500 };
    return (await this.world.viewStore.find(webhookDeliveries, query)).items;
  }

  async statuses(webhookId: string): Promise<string[]> {
    return (await this.deliveries(webhookId)).map(({ status }) => status);
  }

  async events(type: string): Promise<unknown[]> {
    return (await this.world.history()).filter((event) => event.type === type).map(({ data }) => data);
  }
}

let office: Office;
afterEach(() => office.close());

describe('what happens', () => {
  it('is delivered to the webhooks of those it concerns, signed, as a CloudEvent', async () => {
    office = await Office.open();
    const webhookId = await office.register({ types: ['customer.added'] });
    await office.start();
    await office.happen(B);
    const subject = await office.happen();
    await office.change(subject);
    const last = await office.happen();
    await until(() => office.sender.received.length === 2);
    expect(office.sender.subjects()).toEqual([subject, last]);

    const [sent] = office.sender.received;
    if (sent === undefined) throw new Error('Nothing was sent.');
    const secret = secrets.of({ account: A, webhookId }, 's1');
    expect(() => new Webhook(secret).verify(sent.body, sent.headers)).not.toThrow();
    expect(() => new Webhook(secret).verify(`${sent.body} `, sent.headers)).toThrow();
    const event = HTTP.toEvent({ headers: sent.headers, body: sent.body });
    const [change] = (await office.world.history()).filter(({ type }) => type === 'CustomerAdded').slice(1);
    expect(event).toMatchObject({
      specversion: '1.0',
      id: change?.id,
      type: 'tessera.customer.added.v1',
      subject,
      data: { id: change?.id, type: 'customer.added', actor: { user: 'someone' }, data: { account: A } },
    });
    expect(sent.headers['webhook-id']).toBe(change?.id);
    await until(async () => (await office.statuses(webhookId)).length === 2);
    expect(await office.statuses(webhookId)).toEqual(['delivered', 'delivered']);
  });

  it('is delivered once, and what happened before a webhook was registered is not', async () => {
    office = await Office.open();
    await office.happen();
    const webhookId = await office.register();
    await office.start();
    const sent = [await office.happen(), await office.happen()];
    await until(async () => (await office.statuses(webhookId)).length === 2);
    await office.stop();
    await office.start();
    sent.push(await office.happen());
    await until(() => office.sender.received.length === 3);
    expect(office.sender.subjects()).toEqual(sent);
  });

  it('is delivered again, with the same id, where it was cut off before it was recorded', async () => {
    office = await Office.open();
    const webhookId = await office.register();
    const { viewStore } = office.world;
    const commit: ViewStore['commit'] = (asked) =>
      asked.writes.some(({ collection }) => collection === webhookDeliveries)
        ? Promise.reject(new Error('Cut off.'))
        : viewStore.commit(asked);
    await office.start({ store: withCommit(viewStore, commit) });
    await office.happen();
    await until(() => office.sender.received.length === 1);
    await office.stop();
    expect(await office.deliveries(webhookId)).toEqual([]);
    await office.start();
    await until(() => office.sender.received.length === 2);
    const [first, again] = office.sender.received;
    expect(again?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
  });

  it('about one thing is delivered in order: what fails holds back what comes after, and nothing else', async () => {
    office = await Office.open();
    const webhookId = await office.register();
    const subject = await office.happen();
    await office.change(subject);
    const other = await office.happen();
    let failing = true;
    office.sender.answer = (request) => ({ status: failing && request.subject === subject ? 500 : 200 });
    await office.start();
    await until(async () => (await office.statuses(webhookId)).includes('delivered'));
    await office.change(other);
    await until(() => office.sender.subjects().filter((one) => one === other).length === 2);
    expect(office.sender.subjects().filter((one) => one === subject)).toHaveLength(1);
    await until(async () => (await office.deliveries(webhookId)).length === 4);

    failing = false;
    // Also by another one, who finds what is held back.
    await office.stop();
    await office.start();
    office.pass(10_000);
    await until(async () => (await office.statuses(webhookId)).every((status) => status === 'delivered'));
    const types = office.sender.received.filter((one) => one.subject === subject).map(({ type }) => type);
    expect(types).toEqual([
      'tessera.customer.added.v1',
      'tessera.customer.added.v1',
      'tessera.customer.changed.v1',
    ]);
  });

  it('is delivered to others while a receiver is slow, which is sent only a few at once', async () => {
    office = await Office.open();
    await office.register({ url: 'https://slow.example.com/' });
    await office.register({ url: 'https://fast.example.com/' });
    office.sender.answer = ({ url }) =>
      url.includes('slow') ? new Promise(() => undefined) : { status: 200 };
    await office.start({ concurrency: 5 });
    const sent: string[] = [];
    for (let count = 0; count < 12; count += 1) sent.push(await office.happen());
    await until(() => office.sender.subjects('https://fast.example.com/').length === sent.length);
    expect(office.sender.subjects('https://fast.example.com/').toSorted()).toEqual(sent.toSorted());
    await until(() => office.sender.subjects('https://slow.example.com/').length === 4);
    await pause(10);
    expect(office.sender.subjects('https://slow.example.com/')).toHaveLength(4);
  });
});

describe('a receiver that is down', () => {
  it('is retried at growing pauses, and receives everything in the end', async () => {
    office = await Office.open();
    const webhookId = await office.register();
    office.sender.answer = () => ({ error: 'connection-failed' });
    await office.start();
    const subject = await office.happen();
    const pauses = [5, 30, 120, 600, 1_800, 3_600, 7_200];
    for (const [index, seconds] of pauses.entries()) {
      await until(async () => (await office.deliveries(webhookId))[0]?.attempts.length === index + 1);
      office.pass(seconds * 1_000 - 1);
      await pause(10);
      expect(office.sender.received).toHaveLength(index + 1);
      office.pass(1);
    }
    await until(async () => (await office.deliveries(webhookId))[0]?.attempts.length === pauses.length + 1);
    expect(await office.world.viewStore.get(webhookProgress, webhookId)).toMatchObject({
      failingSince: expect.any(String),
    });
    office.sender.answer = () => ({ status: 200 });
    const later = await office.happen();
    office.pass(5 * HOUR);
    await until(async () => (await office.statuses(webhookId)).join() === 'delivered,delivered');
    expect(new Set(office.sender.subjects())).toEqual(new Set([subject, later]));
    expect(new Set(office.sender.received.map(({ id }) => id)).size).toBe(2);
    await until(
      async () => (await office.world.viewStore.get(webhookProgress, webhookId))?.failingSince === undefined,
    );
  });

  it('for a day is disabled, its account is notified, and it goes on from there when it is enabled', async () => {
    office = await Office.open();
    const webhookId = await office.register();
    office.sender.answer = () => ({ status: 503 });
    await office.start();
    const since = office.world.now;
    const missed = [await office.happen()];
    await until(async () => (await office.deliveries(webhookId))[0]?.attempts.length === 1);
    office.pass(DAY - 1);
    await until(async () => (await office.deliveries(webhookId))[0]?.attempts.length === 2);
    expect(await office.events('WebhookDisabled')).toEqual([]);
    office.pass(1);
    await until(async () => (await office.events('WebhookDisabled')).length === 1);
    expect(await office.events('WebhookDisabled')).toEqual([
      { webhookId, account: A, reason: 'failing', since },
    ]);
    await office.world.caughtUp();
    const { items } = await office.world.views.find(notifications, { index: 'by-account', prefix: [A] });
    expect(items).toMatchObject([{ kind: 'webhook-disabled', webhookId }]);

    // Whoever comes next finds it disabled, and sends nothing.
    await office.stop();
    const attempts = office.sender.received.length;
    await office.start();
    missed.push(await office.happen());
    office.pass(DAY);
    await pause(20);
    expect(office.sender.received).toHaveLength(attempts);

    office.sender.answer = () => ({ status: 200 });
    office.sender.received.length = 0;
    await office.world.ask(A, 'ChangeWebhook', { webhookId, enabled: true });
    await until(() => office.sender.received.length >= 4);
    // That it was disabled, and enabled, is a change too.
    expect(office.sender.subjects().toSorted()).toEqual(
      [...missed, `webhook/${webhookId}`, `webhook/${webhookId}`].toSorted(),
    );
  });

  it('fails for good where others are delivered meanwhile, and is not disabled', async () => {
    office = await Office.open();
    const webhookId = await office.register();
    const poison = await office.happen();
    office.sender.answer = ({ subject }) => ({ status: subject === poison ? 400 : 200 });
    await office.start();
    await until(() => office.sender.received.length === 1);
    office.pass(HOUR);
    await office.happen();
    await until(async () => (await office.statuses(webhookId)).includes('delivered'));
    office.pass(DAY);
    await until(async () => (await office.statuses(webhookId)).includes('failed'));
    expect(await office.events('WebhookDisabled')).toEqual([]);
  });

  it('for good is disabled at once', async () => {
    office = await Office.open();
    const webhookId = await office.register();
    office.sender.answer = () => ({ status: 410 });
    await office.start();
    await office.happen();
    await until(async () => (await office.events('WebhookDisabled')).length === 1);
    expect(await office.events('WebhookDisabled')).toMatchObject([{ webhookId, reason: 'gone' }]);
  });

  it('is disabled also where that cannot be recorded at first', async () => {
    office = await Office.open();
    const webhookId = await office.register();
    office.sender.answer = () => ({ status: 410 });
    const { commands } = office.world;
    let refusals = 2;
    await office.start({
      commands: {
        send: (command) => {
          refusals -= 1;
          return refusals < 0 ? commands.send(command) : Promise.reject(new Error('It is away.'));
        },
      },
    });
    await office.happen();
    await until(async () => (await office.events('WebhookDisabled')).length === 1);
    expect(await office.events('WebhookDisabled')).toMatchObject([{ webhookId, reason: 'gone' }]);
  });
});

describe('what is asked for', () => {
  it('is a test, of one attempt, also where the webhook is disabled', async () => {
    office = await Office.open();
    const webhookId = await office.register();
    await office.start();
    await office.world.ask(A, 'ChangeWebhook', { webhookId, enabled: false });
    await office.world.ask(A, 'TestWebhook', { webhookId, deliveryId: uid(7) });
    await until(async () => (await office.statuses(webhookId)).join() === 'delivered');
    expect(office.sender.received).toMatchObject([
      { id: uid(7), type: 'tessera.webhook.test.v1', subject: `webhook/${webhookId}` },
    ]);
    office.sender.answer = () => ({ status: 500 });
    await office.world.ask(A, 'TestWebhook', { webhookId, deliveryId: uid(8) });
    await until(async () => (await office.statuses(webhookId)).includes('failed'));
    office.pass(DAY);
    await pause(10);
    expect(office.sender.received).toHaveLength(2);
  });

  it('is another attempt, of what waits or has ended', async () => {
    office = await Office.open();
    const webhookId = await office.register();
    office.sender.answer = () => ({ status: 500 });
    await office.start();
    await office.happen();
    await until(async () => (await office.deliveries(webhookId))[0]?.attempts.length === 1);
    const [{ id: deliveryId = '' } = {}] = await office.deliveries(webhookId);
    await office.world.ask(A, 'RetryWebhookDelivery', { webhookId, deliveryId });
    await until(async () => (await office.deliveries(webhookId))[0]?.attempts.length === 2);
    office.sender.answer = () => ({ status: 200 });
    await office.world.ask(A, 'RetryWebhookDelivery', { webhookId, deliveryId });
    await until(async () => (await office.statuses(webhookId)).join() === 'delivered');
    await office.world.ask(A, 'RetryWebhookDelivery', { webhookId, deliveryId });
    await until(async () => (await office.deliveries(webhookId))[0]?.attempts.length === 4);
    expect(new Set(office.sender.received.map(({ id }) => id)).size).toBe(1);
  });

  it('is a replay of what was sent after a position, with the ids it had', async () => {
    office = await Office.open();
    const webhookId = await office.register();
    await office.start();
    const first = await office.happen();
    const second = await office.happen();
    await until(async () => (await office.statuses(webhookId)).join() === 'delivered,delivered');
    const [before, after] = office.sender.received.map(({ id }) => id);
    const [delivery] = await office.deliveries(webhookId);
    await office.world.ask(A, 'ReplayWebhook', { webhookId, after: delivery?.position });
    await until(() => office.sender.received.length === 3);
    expect(office.sender.subjects()).toEqual([first, second, second]);
    expect(office.sender.received.map(({ id }) => id)).toEqual([before, after, after]);
    // It is made once, whoever goes on.
    await until(async () => (await office.world.viewStore.get(webhookProgress, webhookId))?.replay === 1);
    await office.stop();
    await office.start();
    const third = await office.happen();
    await until(() => office.sender.received.length === 4);
    expect(office.sender.subjects().at(-1)).toBe(third);
  });

  it('is another secret: for a day each delivery is signed with both', async () => {
    office = await Office.open();
    const webhookId = await office.register();
    await office.start();
    await office.world.ask(A, 'RotateWebhookSecret', { webhookId, secretId: 's2' });
    const genuine = (secretId: string) => {
      const { body = '', headers = {} } = office.sender.received.at(-1) ?? {};
      try {
        new Webhook(secrets.of({ account: A, webhookId }, secretId)).verify(body, headers);
        return true;
      } catch {
        return false;
      }
    };
    await until(() => office.sender.received.length === 1);
    expect([genuine('s1'), genuine('s2')]).toEqual([true, true]);
    office.pass(DAY + 1);
    await office.happen();
    await until(() => office.sender.received.length === 2);
    expect([genuine('s1'), genuine('s2')]).toEqual([false, true]);
  });

  it('is another URL, where what failed is tried at once', async () => {
    office = await Office.open();
    const webhookId = await office.register();
    office.sender.answer = ({ url }) => ({ status: url === 'https://example.com/' ? 500 : 200 });
    await office.start();
    await office.happen();
    await until(async () => (await office.deliveries(webhookId))[0]?.attempts.length === 1);
    await office.world.ask(A, 'ChangeWebhook', { webhookId, url: 'https://other.example.com/' });
    await until(async () => (await office.statuses(webhookId)).join() === 'delivered,delivered');
  });

  it('is its removal, with all of its deliveries', async () => {
    office = await Office.open();
    const webhookId = await office.register();
    await office.start();
    await office.happen();
    await until(async () => (await office.statuses(webhookId)).length === 1);
    await office.world.ask(A, 'RemoveWebhook', { webhookId });
    await until(async () => (await office.deliveries(webhookId)).length === 0);
    await until(async () => (await office.world.viewStore.get(webhookProgress, webhookId)) === undefined);
    await office.happen();
    await pause(10);
    expect(office.sender.received).toHaveLength(1);
  });
});

describe('the dispatcher', () => {
  it('removes what ended a month ago', async () => {
    office = await Office.open();
    const webhookId = await office.register();
    await office.start();
    await office.happen();
    await until(async () => (await office.statuses(webhookId)).join() === 'delivered');
    office.pass(30 * DAY + 1);
    await until(async () => (await office.deliveries(webhookId)).length === 0);
  });

  it('stops when another one has taken over', async () => {
    office = await Office.open();
    await office.register();
    let isLost = false;
    const former = await office.start({
      term: 1,
      lost: () => {
        isLost = true;
      },
    });
    await office.happen();
    await until(() => office.sender.received.length === 1);
    await office.start({ term: 2 });
    await office.happen();
    await until(() => isLost);
    await former.stop();
  });
});

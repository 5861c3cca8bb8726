import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { NatsServer, request, whyNoNats } from '../../../test/servers/nats.ts';
import { until } from '../../../test/tooling/until.ts';
import { Environment } from '../../environment.ts';
import { type NatsAddress, readNatsAddress } from './address.ts';
import { type NatsReply, type NatsTiming, NatsTransport } from './transport.ts';

const SUBJECT = 'greetings.*';

const skipped = await whyNoNats();
if (skipped) console.warn(skipped);

(skipped ? describe.skip : describe)('the transport to NATS', () => {
  let nats: NatsServer;
  let opened: NatsTransport[];
  let client: Promise<NatsConnection> | undefined;
  let log: [level: string, details: object, message: string][];

  beforeEach(async () => {
    nats = await NatsServer.notYetStarted();
    [opened, log, client] = [[], [], undefined];
  });
  afterEach(async () => {
    await (await client)?.close();
    await Promise.all(opened.map((transport) => transport.close()));
    expect(JSON.stringify(log)).not.toContain(nats.secret);
    await nats.dispose();
  });

  function open(
    answer: (message: Msg) => Promise<NatsReply>,
    timing: Partial<NatsTiming> = {},
    url = nats.url,
  ): NatsTransport {
    const env = new Environment({ NATS_URL: url });
    const note = (level: string) => (details: object, message: string) =>
      void log.push([level, details, message]);
    const transport = new NatsTransport(
      readNatsAddress(env) as NatsAddress,
      'greeters',
      { info: note('info'), warn: note('warn'), error: note('error') },
      { retry: 20, ...timing },
    );
    transport.addHandler(SUBJECT, answer as never);
    transport.listen(() => {});
    opened.push(transport);
    return transport;
  }

  const greets = (name: string) => async () => ({ headers: { Name: name }, body: '{}' });
  const greet = async () => {
    client ??= nats.client();
    return (await request(await client, 'greetings.hello', {}))?.headers.Name;
  };
  const levels = () => log.map(([level]) => level);

  it('starts before NATS, logs once that NATS is unavailable, and once that it is available', async () => {
    const transport = open(greets('one'));
    await until(() => log.length > 0);
    await nats.begin();
    await until(() => transport.isConnected);
    expect(await greet()).toBe('one');
    expect(levels()).toEqual(['error', 'info']);
  });

  it('comes back after each outage', async () => {
    await nats.begin();
    const transport = open(greets('one'));
    for (let outage = 0; outage < 2; outage++) {
      await until(() => transport.isConnected);
      await nats.stop();
      await until(() => !transport.isConnected);
      await nats.begin();
    }
    await until(async () => (await greet()) === 'one');
    expect(levels()).toEqual(['info', 'error', 'info', 'error', 'info']);
  });

  it('is not connected where it may not subscribe, and logs once why', async () => {
    await nats.begin();
    const transport = open(greets('one'), {}, nats.urlOfStranger);
    await until(() => log.length > 0);
    expect(log).toEqual([
      ['error', expect.objectContaining({ reason: expect.stringMatching(/permission/i) }), expect.anything()],
    ]);
    expect(transport.isConnected).toBe(false);
  });

  it('hands each message to one of several services', async () => {
    await nats.begin();
    const handled: string[] = [];
    const counting = (name: string) => (message: Msg) => {
      handled.push(message.string());
      return greets(name)();
    };
    const both = [open(counting('one')), open(counting('other'))];
    await until(() => both.every(({ isConnected }) => isConnected));
    const answered = new Set<string | undefined>();
    while (answered.size < 2) answered.add(await greet());
    expect(answered).toEqual(new Set(['one', 'other']));
    const before = handled.length;
    for (let n = 0; n < 20; n++) await greet();
    expect(handled).toHaveLength(before + 20);
  });

  it('answers messages in progress when it is closed, and accepts no others', async () => {
    await nats.begin();
    const { promise: goOn, resolve: finish } = Promise.withResolvers<void>();
    let started = 0;
    const transport = open(async () => {
      started++;
      await goOn;
      return greets('one')();
    });
    await until(() => transport.isConnected);
    const replies = [greet(), greet()];
    await until(() => started === 2);
    const closed = transport.close();
    let refused = false;
    await until(() => {
      const further = greet();
      void further.then((name) => (refused ||= name === undefined));
      replies.push(further);
      return refused;
    });
    finish();
    const answers = await Promise.all(replies);
    await closed;
    expect(answers.slice(0, 2)).toEqual(['one', 'one']);
    expect(answers.filter((name) => name !== undefined)).toHaveLength(started);
    expect(levels()).toEqual(['info']);
  });

  it('is closed in bounded time, whatever is under way', async () => {
    await nats.begin();
    const started = Promise.withResolvers<void>();
    const impatient = open(
      () => {
        started.resolve();
        return new Promise(() => {});
      },
      { drain: 20 },
    );
    await until(() => impatient.isConnected);
    void greet().catch(() => {});
    await started.promise;
    await impatient.close();
    expect(levels()).toEqual(['info', 'error']);
  });

  it('is closed while it tries to connect', async () => {
    const transport = open(greets('one'));
    await until(() => log.length > 0);
    await transport.close();
    await nats.begin();
    expect(await greet()).toBeUndefined();
  });
});

import { describe, expect, it } from '@jest/globals';
import type { Msg } from '@nats-io/transport-node';
import Fastify from 'fastify';
import type { Logger } from 'pino';
import type { Actor } from '#domain/kernel';
import { AccountLimit } from '../auth/account-limit.ts';
import { FailureLimit } from '../auth/failure-limit.ts';
import { Guard } from '../auth/guard.ts';
import type { TokenVerifier } from '../auth/tokens.ts';
import type { AnyCommand } from '../commands/any-command.ts';
import { jsonReader } from '../http/bodies.ts';
import { Load } from '../http/load-limit.ts';
import { ProblemFilter } from '../http/problem.filter.ts';
import { CommandMessages } from './command-messages.ts';

const ann: Actor = { account: 'a-1', user: 'ann', roles: ['manager'] };
const verifier = { cached: () => ann } as unknown as TokenVerifier;
const log = { info: () => {}, warn: () => {}, error: () => {} } as unknown as Logger;
const fastify = Fastify();
const readJson = jsonReader(fastify);
const accounts = new AccountLimit({ requests: 1_000, perMs: 10_000 });

function messages({ most = 10, send }: { most?: number; send?: () => Promise<never> } = {}) {
  const sent: unknown[] = [];
  const anyCommand = {
    send: async (body: unknown) => {
      sent.push(body);
      return (await send?.()) ?? { status: 200, headers: {}, body: { id: 'c-1' } };
    },
  } as unknown as AnyCommand;
  const guard = new Guard(verifier, new FailureLimit(), accounts, log);
  const controller = new CommandMessages(
    anyCommand,
    guard,
    new Load(most),
    new ProblemFilter(log),
    readJson,
    log,
  );
  const answer = async (
    body: unknown,
    { subject = 'tessera.commands.AddCustomer', reply = 'inbox' as string | undefined } = {},
  ) => {
    const data = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    const headers = { values: () => ['Bearer token'] };
    const answered = await controller.answer({ subject, reply, data, headers } as unknown as Msg);
    return { headers: answered.headers, body: answered.body && JSON.parse(answered.body) };
  };
  return { sent, answer };
}

describe('commands over NATS', () => {
  it('are executed, and answered with a status', async () => {
    const { answer, sent } = messages();
    const answered = await answer({ type: 'AddCustomer' });
    expect(answered).toMatchObject({
      headers: { Status: '200', 'Content-Type': 'application/json', 'RateLimit-Limit': '1000' },
      body: { id: 'c-1' },
    });
    expect(sent).toEqual([{ type: 'AddCustomer' }]);
  });

  it.each<[string, unknown, object, string]>([
    ['names another type than their subject', { type: 'AddLocation' }, {}, 'wrong-subject'],
    ['is no object', [], {}, 'malformed-request'],
    ['is no JSON', '{', {}, 'malformed-request'],
    ['sets a prototype', '{"__proto__": {}}', {}, 'malformed-request'],
    ['is too large', `"${'x'.repeat(1024 * 1024)}"`, {}, 'too-large'],
  ])('are refused when the message %s', async (_, body, options, code) => {
    const { answer, sent } = messages();
    const { headers, body: problem } = await answer(body, options);
    expect(problem).toMatchObject({ code });
    expect(headers).toMatchObject({
      Status: String(problem.status),
      'Content-Type': 'application/problem+json',
    });
    expect(sent).toEqual([]);
  });

  it('are not executed without a reply subject', async () => {
    const { answer, sent } = messages();
    await answer({ type: 'AddCustomer' }, { reply: '' });
    expect(sent).toEqual([]);
  });

  it('count in the load of the service, until they are answered', async () => {
    const waiting = Promise.withResolvers<never>();
    const { answer } = messages({ most: 1, send: () => waiting.promise });
    const first = answer({ type: 'AddCustomer' });
    const second = await answer({ type: 'AddCustomer' });
    expect(second).toMatchObject({
      headers: { Status: '503', 'Retry-After': '1' },
      body: { code: 'overloaded' },
    });
    waiting.reject(new Error('a fault of ours'));
    expect((await first).body).toMatchObject({ status: 500, code: 'internal-error' });
    expect((await answer({ type: 'AddCustomer' })).body).toMatchObject({ code: 'internal-error' });
  });
});

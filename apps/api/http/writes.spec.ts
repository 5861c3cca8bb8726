import { describe, expect, it } from '@jest/globals';
import type { CommandAnswer, CommandGateway, CommandRequest } from '#application';
import type { Position, Revision } from '#event-store';
import { consistencyToken } from './consistency.ts';
import type { Exchange } from './exchange.ts';
import { Writes } from './writes.ts';

const SHARE = '0193c2a4-7b00-7000-8000-000000000001';
const KEY = '0193c2a4-7b00-7000-8000-00000000000a';
const ANSWER: CommandAnswer = {
  id: SHARE,
  revision: 4 as Revision,
  position: 40 as Position,
  replayed: false,
};

function writing(answer: CommandAnswer = ANSWER) {
  const sent: CommandRequest[] = [];
  const gateway = {
    send: async (command: CommandRequest) => {
      sent.push(command);
      return answer;
    },
  } as unknown as CommandGateway;
  return { writes: new Writes(gateway, null as never), sent };
}

function exchange(headers: Readonly<Record<string, string>> = {}) {
  const replied: Record<string, string> = {};
  const statuses: number[] = [];
  const reply = {
    headers: (added: Readonly<Record<string, string>>) => Object.assign(replied, added),
    status: (status: number) => statuses.push(status),
  };
  const caller = { account: 'us', user: 'someone', roles: ['administrator'] };
  const http = {
    request: { headers: { 'content-type': 'application/json', ...headers }, body: { reason: 'No.' } },
    reply,
    caller,
  } as unknown as Exchange;
  return { http, replied, statuses };
}

const reject = (writes: Writes, http: Exchange) => writes.send(http, 'RejectShare', { shareId: SHARE });

describe('a write', () => {
  it('is a command with the caller’s idempotency key, at the required revision', async () => {
    const { writes, sent } = writing();
    const { http } = exchange({ 'idempotency-key': KEY.toUpperCase(), 'if-match': '"3"' });
    expect(await reject(writes, http)).toEqual({ id: SHARE, revision: 4 });
    expect(sent).toEqual([
      {
        id: KEY,
        repeatable: true,
        type: 'RejectShare',
        data: { shareId: SHARE, reason: 'No.' },
        actor: http.caller,
        expectedRevision: 3,
      },
    ]);
  });

  it('is a new command each time without a key', async () => {
    const { writes, sent } = writing();
    await reject(writes, exchange().http);
    await reject(writes, exchange({ 'if-match': '*' }).http);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(2);
    expect(sent.map(({ expectedRevision }) => expectedRevision)).toEqual([undefined, undefined]);
  });

  it('is answered with its revision and a consistency token', async () => {
    const { http, replied } = exchange();
    await reject(writing().writes, http);
    expect(replied).toEqual({ ETag: '"4"', 'Consistency-Token': consistencyToken(40 as Position) });
  });

  it('that is repeated is marked as replayed', async () => {
    const { http, replied } = exchange();
    await reject(writing({ ...ANSWER, replayed: true }).writes, http);
    expect(replied).toMatchObject({ 'Idempotent-Replayed': 'true' });
  });

  it('that is in effect is not answered 202', async () => {
    const { http, statuses } = exchange();
    await reject(writing().writes, http);
    expect(statuses).toEqual([]);
  });

  it('that is not in effect yet is answered 202 with its progress (R-V8)', async () => {
    const { http, statuses } = exchange();
    const progress = { phase: 'revoking', done: 500, of: 501 } as const;
    expect(await reject(writing({ ...ANSWER, progress }).writes, http)).toMatchObject({ progress });
    expect(statuses).toEqual([202]);
  });

  it.each([
    [{ 'idempotency-key': 'my-key' }, 'invalid-idempotency-key'],
    [{ 'if-match': '3' }, 'invalid-if-match'],
    [{ 'if-match': '"3", "4"' }, 'invalid-if-match'],
  ])('is refused for a header that is none of ours: %j', async (headers, code) => {
    const { writes, sent } = writing();
    await expect(reject(writes, exchange(headers as Record<string, string>).http)).rejects.toMatchObject({
      status: 400,
      code,
    });
    expect(sent).toEqual([]);
  });
});

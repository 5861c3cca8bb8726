import { describe, expect, it } from '@jest/globals';
import { Tessera } from './client.ts';
import { Consistency } from './consistency.ts';
import { ProblemError } from './problem.ts';
import { createTransport, type TransportOptions } from './transport.ts';

const URL = 'http://service/v1/customers';
const AT_ONCE = { firstDelay: 0, longestDelay: 0 };
const busy = () => new Response('{}', { status: 503 });
const good = (headers: Record<string, string> = {}) => Response.json({ id: 'c', revision: 0 }, { headers });

/** A transport to a service that answers as the script says, and what it was sent. */
function scripted(answers: readonly (() => Response | Promise<never>)[], options: TransportOptions = {}) {
  const sent: Request[] = [];
  const transport = createTransport({
    retry: AT_ONCE,
    ...options,
    fetch: async (request) => {
      sent.push(request);
      const answer = answers[sent.length - 1];
      if (answer === undefined) throw new Error('Sent more often than the script has answers.');
      return answer();
    },
  });
  return { sent, transport };
}

describe('a write', () => {
  it('is sent again under the same id, with the same body, until it is answered', async () => {
    const lost = () => Promise.reject(new TypeError('fetch failed'));
    const { sent, transport } = scripted([busy, lost, good]);
    const response = await transport(new Request(URL, { method: 'POST', body: '{"name":"A"}' }));
    expect(response.status).toBe(200);
    expect(await Promise.all(sent.map((request) => request.text()))).toEqual(Array(3).fill('{"name":"A"}'));
    expect(new Set(sent.map((request) => request.headers.get('idempotency-key'))).size).toBe(1);
  });

  it('keeps the id it is given', async () => {
    const { sent, transport } = scripted([good]);
    await transport(new Request(URL, { method: 'POST', headers: { 'idempotency-key': 'mine' } }));
    expect(sent[0]?.headers.get('idempotency-key')).toBe('mine');
  });

  it('is not sent again when it is refused', async () => {
    const refused = () => new Response('{}', { status: 409 });
    const { sent, transport } = scripted([refused]);
    expect((await transport(new Request(URL, { method: 'POST' }))).status).toBe(409);
    expect(sent).toHaveLength(1);
  });
});

describe('a request that the service cannot take', () => {
  it('is answered with the last refusal once the attempts are used up', async () => {
    const { sent, transport } = scripted([busy, busy], { retry: { ...AT_ONCE, attempts: 2 } });
    expect((await transport(new Request(URL))).status).toBe(503);
    expect(sent).toHaveLength(2);
  });

  it('is given up when the caller aborts, also while it waits to try again', async () => {
    const abort = new AbortController();
    const { transport } = scripted([busy], { retry: { firstDelay: 1e6, longestDelay: 1e6 } });
    const answer = transport(new Request(URL, { signal: abort.signal }));
    abort.abort(new Error('No longer wanted.'));
    await expect(answer).rejects.toThrow('No longer wanted.');
  });

  it('asks for the token before each attempt', async () => {
    const tokens = ['old', 'new'];
    const { sent, transport } = scripted([busy, good], { token: async () => tokens.shift() ?? '' });
    await transport(new Request(URL));
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer old', 'Bearer new']);
  });
});

describe('a read', () => {
  const written = (token: string) => () => good({ 'consistency-token': token });

  it('reflects the newest write before it', async () => {
    const { sent, transport } = scripted([written('p1a'), written('pz'), good]);
    await transport(new Request(URL, { method: 'POST' }));
    await transport(new Request(URL, { method: 'POST' }));
    await transport(new Request(URL));
    expect(sent[2]?.headers.get('consistency-token')).toBe('p1a');
    expect(sent[2]?.headers.get('prefer')).toBe('wait=10');
  });

  it('reflects the writes of others that share the consistency', async () => {
    const consistency = new Consistency();
    const other = scripted([written('p5')], { consistency });
    await other.transport(new Request(URL, { method: 'POST' }));
    const { sent, transport } = scripted([good], { consistency });
    await transport(new Request(URL));
    expect(sent[0]?.headers.get('consistency-token')).toBe('p5');
  });
});

describe('the client', () => {
  const answering = (...answers: (() => Response)[]) => {
    const sent: Request[] = [];
    const tessera = new Tessera({
      url: 'http://service',
      retry: AT_ONCE,
      fetch: async (request) => {
        sent.push(request);
        return answers[sent.length - 1]?.() ?? busy();
      },
    });
    return { sent, tessera };
  };

  it('asks what a write would do by the same request, with dryRun', async () => {
    const answer = { events: [], answer: { status: 200, body: { id: 's' } } };
    const { sent, tessera } = answering(() => Response.json(answer));
    const params = { path: { id: '01980000-0000-7000-8000-000000000001' } };
    const body = { reason: 'No.' };
    expect(await tessera.dryRun('post', '/v1/shares/{id}/reject', { params, body })).toEqual(answer);
    expect(sent[0]?.url).toBe(`http://service/v1/shares/${params.path.id}/reject?dryRun=true`);
    expect(await sent[0]?.json()).toEqual(body);
  });

  it('gives the items of a list page by page, only as far as they are taken', async () => {
    const page = (items: string[], nextPageToken?: string) => () =>
      Response.json({ items: items.map((id) => ({ id })), nextPageToken });
    const { sent, tessera } = answering(page(['a', 'b'], 'next'), page(['c'], 'more'));
    const ids: string[] = [];
    for await (const { id } of tessera.items('/v1/shares', { params: { query: { status: 'available' } } })) {
      ids.push(id);
      if (id === 'c') break;
    }
    expect(ids).toEqual(['a', 'b', 'c']);
    expect(sent.map(({ url }) => url)).toEqual([
      'http://service/v1/shares?status=available',
      'http://service/v1/shares?status=available&pageToken=next',
    ]);
  });

  it('throws what the service refused with', async () => {
    const problem = {
      type: '/problems/x',
      title: 'X',
      status: 409,
      detail: 'No.',
      code: 'share-not-requested',
    };
    const { tessera } = answering(
      () =>
        new Response(JSON.stringify(problem), {
          status: 409,
          headers: { 'content-type': 'application/problem+json' },
        }),
    );
    const refusal = await tessera.send('CancelShare', { shareId: 's' }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ProblemError);
    expect(refusal).toMatchObject({ code: 'share-not-requested', status: 409, problem });
  });

  it('says what a proxy in between answered', async () => {
    const { tessera } = answering(() => new Response('<h1>Blocked</h1>', { status: 403 }));
    await expect(tessera.get('/v1/accounts/me')).rejects.toMatchObject({
      problem: { status: 403, code: 'unknown', detail: '<h1>Blocked</h1>' },
    });
  });

  it('sends text as it is, and reads text where that is the answer', async () => {
    const { sent, tessera } = answering(
      () => Response.json({ id: 'i' }, { status: 202 }),
      () => new Response('row;reason', { headers: { 'content-type': 'text/csv' } }),
    );
    await tessera.post('/v1/catalogue/imports', {
      body: 'reference\nA',
      headers: { 'content-type': 'text/csv' },
    });
    expect(await sent[0]?.text()).toBe('reference\nA');
    expect(await tessera.get('/v1/catalogue/imports/{id}/errors', { params: { path: { id: 'i' } } })).toBe(
      'row;reason',
    );
  });

  it('reads lines that are JSON each as the text they are, and a file as it comes', async () => {
    const lines = '{"id":"a"}\n{"id":"b"}\n';
    const answer = () => new Response(lines, { headers: { 'content-type': 'application/x-ndjson' } });
    const { tessera } = answering(answer, answer);
    expect(await tessera.get('/v1/audit/export', {})).toBe(lines);
    const file = await tessera.file('/v1/audit/export', { params: { query: { format: 'ndjson' } } });
    expect([file.type, await file.text()]).toEqual(['application/x-ndjson', lines]);
  });
});

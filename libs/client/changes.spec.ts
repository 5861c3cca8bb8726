import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { followChanges } from './changes.ts';
import { createTransport } from './transport.ts';

const URL_OF_SERVICE = 'http://service';

/** A connection that sends these chunks and then breaks off, or stays open until it is aborted. */
function connection(chunks: readonly string[], { staysOpen = false } = {}) {
  return (request: Request) => {
    const left = chunks.map((chunk) => new TextEncoder().encode(chunk));
    const body = new ReadableStream<Uint8Array>({
      start: (controller) =>
        request.signal.addEventListener('abort', () => controller.error(request.signal.reason)),
      pull: (controller) => {
        const chunk = left.shift();
        if (chunk) controller.enqueue(chunk);
        else if (!staysOpen) controller.error(new TypeError('terminated'));
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  };
}

const message = (cursor: string, id: string) => `id: ${cursor}\ndata: ${JSON.stringify({ id })}\n\n`;

/** Connections one after the other, and what was asked for each. */
function service(...connections: readonly ((request: Request) => Response)[]) {
  const asked: { query: string; lastEventId: string | null }[] = [];
  const transport = async (request: Request) => {
    const answer = connections[asked.length];
    asked.push({ query: new URL(request.url).search, lastEventId: request.headers.get('last-event-id') });
    if (answer === undefined) throw new Error('Connected more often than the script says.');
    return answer(request);
  };
  return { asked, transport };
}

async function taken(changes: ReturnType<typeof followChanges>, count: number) {
  const found: string[] = [];
  for await (const { change, cursor } of changes) {
    found.push(`${change.id}@${cursor}`);
    if (found.length === count) break;
  }
  return found;
}

describe('following changes', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('goes on after the last change that was handled when a connection breaks off', async () => {
    const { asked, transport } = service(
      connection(['id: c0\n\n', message('c1', 'a'), message('c2', 'b').slice(0, 20)]),
      connection([message('c2', 'b') + message('c3', 'c')], { staysOpen: true }),
    );
    const changes = followChanges(URL_OF_SERVICE, transport, {
      types: ['share.requested', 'share.approved'],
    });
    expect(await taken(changes, 3)).toEqual(['a@c1', 'b@c2', 'c@c3']);
    const query = '?types=share.requested%2Cshare.approved';
    expect(asked).toEqual([
      { query, lastEventId: null },
      { query, lastEventId: 'c1' },
    ]);
  });

  it('goes on from where it was connected, also when nothing came', async () => {
    const { asked, transport } = service(
      connection(['id: c7\n\n']),
      connection([':\nid: c9\n\n']),
      connection([message('c10', 'a')], { staysOpen: true }),
    );
    expect(await taken(followChanges(URL_OF_SERVICE, transport, { cursor: 'now' }), 1)).toEqual(['a@c10']);
    expect(asked).toEqual([
      { query: '?cursor=now', lastEventId: null },
      { query: '', lastEventId: 'c7' },
      { query: '', lastEventId: 'c9' },
    ]);
  });

  it('ends when it is aborted, and closes its connection', async () => {
    const abort = new AbortController();
    let closed = false;
    const { transport } = service((request) => {
      request.signal.addEventListener('abort', () => {
        closed = true;
      });
      return connection([message('c1', 'a')], { staysOpen: true })(request);
    });
    const changes = followChanges(URL_OF_SERVICE, transport, { signal: abort.signal });
    expect((await changes.next()).value).toMatchObject({ cursor: 'c1' });
    const end = changes.next();
    abort.abort();
    expect(await end).toEqual({ done: true, value: undefined });
    expect(closed).toBe(true);
  });

  it('goes on when the service could not take the request for as long as it asks to wait', async () => {
    jest.useFakeTimers();
    const { asked, transport } = service(
      () => new Response('Starting.', { status: 503, headers: { 'retry-after': '30' } }),
      connection([message('c1', 'a')], { staysOpen: true }),
    );
    const changes = taken(followChanges(URL_OF_SERVICE, transport, {}), 1);
    await jest.advanceTimersByTimeAsync(29_000);
    expect(asked).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(await changes).toEqual(['a@c1']);
  });

  it('goes on over another connection when one has been silent for 45 seconds', async () => {
    jest.useFakeTimers();
    const { asked, transport } = service(
      connection([message('c1', 'a')], { staysOpen: true }),
      connection([message('c2', 'b')], { staysOpen: true }),
    );
    const changes = taken(followChanges(URL_OF_SERVICE, transport, {}), 2);
    await jest.advanceTimersByTimeAsync(44_000);
    expect(asked).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(await changes).toEqual(['a@c1', 'b@c2']);
    expect(asked[1]).toEqual({ query: '', lastEventId: 'c1' });
  });

  it('ends when it is aborted while it waits to connect again', async () => {
    const abort = new AbortController();
    const { asked, transport } = service(
      () => new Response('Starting.', { status: 503, headers: { 'retry-after': '30' } }),
    );
    const end = followChanges(URL_OF_SERVICE, transport, { signal: abort.signal }).next();
    setTimeout(() => abort.abort(), 10);
    expect(await end).toEqual({ done: true, value: undefined });
    expect(asked).toHaveLength(1);
  });

  it('throws when what came is no change', async () => {
    const { transport } = service(connection(['id: c1\ndata: <html>\n\n'], { staysOpen: true }));
    const changes = followChanges(URL_OF_SERVICE, transport, {});
    await expect(changes.next()).rejects.toThrow(SyntaxError);
  });

  it('throws when the token cannot be had', async () => {
    const transport = createTransport({
      token: () => Promise.reject(new Error('Signed out.')),
      fetch: () => Promise.reject(new Error('Nothing is to be sent.')),
    });
    await expect(followChanges(URL_OF_SERVICE, transport, {}).next()).rejects.toThrow('Signed out.');
  });

  it('throws what the service refuses with', async () => {
    const problem = { type: '', title: '', status: 400, detail: 'No.', code: 'invalid-cursor' };
    const { transport } = service(
      () =>
        new Response(JSON.stringify(problem), {
          status: 400,
          headers: { 'content-type': 'application/problem+json' },
        }),
    );
    const changes = followChanges(URL_OF_SERVICE, transport, { cursor: 'x' });
    await expect(changes.next()).rejects.toMatchObject({ code: 'invalid-cursor' });
  });
});

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createPlainServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { freePort } from '../../test/servers/free-port.ts';
import { HttpSender, type HttpSenderOptions } from './http-sender.ts';

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

async function listening(server: Server | ReturnType<typeof createPlainServer>): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ending.push(() => {
    (server as Partial<Server>).closeAllConnections?.();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

function receiver(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<number> {
  return listening(createServer(answer));
}

function send(url: string, options: Partial<HttpSenderOptions> = {}) {
  const sender = new HttpSender({ allowPrivate: true, ...options });
  ending.push(() => sender.close());
  const { signal } = new AbortController();
  return sender.send({ url, headers: { 'webhook-id': 'm1' }, body: '{"a":1}', signal });
}

describe('a request to a receiver', () => {
  it('has the body and the headers, and returns the status', async () => {
    const seen: unknown[] = [];
    const port = await receiver(async (request, response) => {
      seen.push(request.method, request.headers['webhook-id'], await text(request));
      response.writeHead(204).end();
    });
    expect(await send(`http://127.0.0.1:${port}/hook`)).toEqual({ status: 204 });
    expect(seen).toEqual(['POST', 'm1', '{"a":1}']);
  });

  it('returns when the receiver asks for a retry', async () => {
    const port = await receiver((_, response) => response.writeHead(429, { 'retry-after': '7' }).end());
    expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ status: 429, retryAfterMs: 7_000 });
  });

  it('follows no redirection', async () => {
    let visited = 0;
    const target = await receiver((_, response) => {
      visited += 1;
      response.end();
    });
    const port = await receiver((_, response) =>
      response.writeHead(307, { location: `http://127.0.0.1:${target}/` }).end(),
    );
    expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ status: 307 });
    expect(visited).toBe(0);
  });

  it('goes by the status, whatever becomes of the body', async () => {
    const port = await receiver((_, response) => {
      response.writeHead(200);
      response.write('x'.repeat(1_000_000));
    });
    expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ status: 200 });
  });

  it('ends in time where no answer comes', async () => {
    const port = await receiver(() => undefined);
    expect(await send(`http://127.0.0.1:${port}/`, { timeoutMs: 50 })).toEqual({ error: 'timed-out' });
  });

  it('returns an error where nobody listens, or nobody who speaks HTTP', async () => {
    expect(await send(`http://127.0.0.1:${await freePort()}/`)).toEqual({ error: 'connection-failed' });
    const plain = await receiver((_, response) => response.end());
    expect(await send(`https://127.0.0.1:${plain}/`)).toEqual({ error: 'connection-failed' });
  });

  it.each(['https://127.0.0.1', 'https://2130706433', 'https://[::ffff:127.0.0.1]', 'http://example.com'])(
    'is not made to %s',
    async (origin) => {
      let connections = 0;
      const server = createPlainServer(() => {
        connections += 1;
      });
      const port = await listening(server);
      const answer = await send(`${origin}:${port}/`, { allowPrivate: false });
      expect({ answer, connections }).toEqual({ answer: { error: 'address-refused' }, connections: 0 });
    },
  );

  it('is not made to a name that leads to a private address', async () => {
    let connections = 0;
    const server = createPlainServer(() => {
      connections += 1;
    });
    const port = await listening(server);
    const lookup = ((_name: string, _options: object, callback: (...found: unknown[]) => void) =>
      callback(null, [{ address: '127.0.0.1', family: 4 }])) as unknown as HttpSenderOptions['lookup'];
    const answer = await send(`https://hooks.example.com:${port}/`, { allowPrivate: false, lookup });
    expect({ answer, connections }).toEqual({ answer: { error: 'address-refused' }, connections: 0 });
  });
});

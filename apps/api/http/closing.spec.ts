import { EventEmitter, once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { closeInTime, type StopLimits } from './closing.ts';
import { transport } from './transport.ts';

describe('a server that is closed', () => {
  let fastify: FastifyInstance;
  let requests: EventEmitter;
  let answer: () => void;
  let clients: Socket[];

  beforeEach(() => {
    requests = new EventEmitter();
    clients = [];
  });

  /** @param limits so long by default that no test comes to them, however busy the machine is */
  async function listen(limits: Partial<StopLimits> = {}): Promise<void> {
    fastify = Fastify({ ...transport });
    closeInTime(fastify, { arrivalMs: 600_000, allMs: 600_000, ...limits });
    fastify.server.on('request', (request: IncomingMessage) => requests.emit('received', request));
    fastify.post('/slow', async () => {
      await new Promise<void>((resolve) => {
        answer = resolve;
        requests.emit('waiting');
      });
      return 'answered';
    });
    await fastify.listen({ host: '127.0.0.1', port: 0 });
  }
  afterEach(async () => {
    for (const client of clients) client.destroy();
    await fastify.close();
  });

  /** A client that has sent `sent`, and goes on reading. */
  async function client(sent: string): Promise<Socket> {
    const { port } = fastify.server.address() as AddressInfo;
    const accepted = once(fastify.server, 'connection');
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    clients.push(socket);
    await accepted;
    socket.write(sent);
    return socket;
  }

  const head = (length: number) =>
    `POST /slow HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;

  it('does not wait for idle connections, or incomplete headers', async () => {
    await listen();
    const silent = await client('');
    const half = await client('POST /slow HTTP/1.1\r\nHost:');
    const gone = Promise.all([once(silent, 'close'), once(half, 'close')]);
    await fastify.close();
    await gone;
  });

  it('waits only a little for the rest of a body', async () => {
    await listen({ arrivalMs: 50 });
    const received = once(requests, 'received');
    await client(`${head(100)}{"half":`);
    await received;
    await fastify.close();
  });

  it('answers what has arrived, and closes its connection then', async () => {
    await listen();
    const waiting = once(requests, 'waiting');
    const connection = await client(`${head(2)}{}`);
    await waiting;
    const closing = fastify.close();
    const answered = text(connection);
    answer();
    expect(await answered).toMatch(/^HTTP\/1.1 200 OK.*answered$/s);
    await closing;
  });

  it('refuses further requests', async () => {
    await listen();
    const waiting = once(requests, 'waiting');
    const connection = await client(`${head(2)}{}`);
    await waiting;
    const closing = fastify.close();
    const answered = text(connection);
    const received = once(requests, 'received');
    connection.write(`${head(2)}{}`);
    await received;
    answer();
    expect(await answered).toMatch(/200 OK.*answered.*503 .*"code":"stopping"/s);
    await closing;
  });

  it('does not wait for an answer for ever', async () => {
    await listen({ allMs: 50 });
    const waiting = once(requests, 'waiting');
    await client(`${head(2)}{}`);
    await waiting;
    await fastify.close();
    answer();
  });
});

import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { Load, limitLoad } from './load-limit.ts';

describe('a service with a limit of two requests', () => {
  let fastify: FastifyInstance;
  let url: string;
  let requests: EventEmitter;
  /** Those that wait to be answered. */
  let waiting: (() => void)[];

  beforeEach(async () => {
    requests = new EventEmitter();
    waiting = [];
    fastify = Fastify();
    limitLoad(fastify, new Load(2));
    fastify.addHook('onRequest', async () => void requests.emit('received'));
    fastify.all('/slow', async () => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        requests.emit('waiting');
      });
      return 'answered';
    });
    fastify.get('/health/live', async () => 'live');
    fastify.get('/metrics', async () => 'metrics');
    url = await fastify.listen({ host: '127.0.0.1', port: 0 });
  });
  afterEach(async () => {
    answerAll();
    await fastify.close();
  });

  const ask = (signal?: AbortSignal) => fetch(`${url}/slow`, { signal });

  function answerAll(): void {
    for (const answer of waiting.splice(0)) answer();
  }

  /** Asks twice; resolves when both have been let in. */
  async function fill(signal?: AbortSignal): Promise<readonly Promise<Response>[]> {
    const asked = [ask(signal), ask(signal)];
    while (waiting.length < 2) await once(requests, 'waiting');
    return asked;
  }

  it('refuses a third one at once, with Retry-After', async () => {
    const two = await fill();
    const third = await ask();
    expect([third.status, third.headers.get('retry-after')]).toEqual([503, '1']);
    expect(third.headers.get('content-type')).toContain('application/problem+json');
    expect(await third.json()).toMatchObject({ code: 'overloaded', status: 503 });
    answerAll();
    expect((await Promise.all(two)).map(({ status }) => status)).toEqual([200, 200]);
    await fill();
  });

  it('still answers health and metrics', async () => {
    await fill();
    for (const path of ['/health/live', '/metrics']) expect((await fetch(url + path)).status).toBe(200);
  });

  it('counts abandoned requests until they are done', async () => {
    const leaving = new AbortController();
    const left = Promise.allSettled(await fill(leaving.signal));
    leaving.abort();
    await left;
    expect((await ask()).status).toBe(503);
    answerAll();
    await fill();
  });

  it('does not count requests that are aborted before they are complete', async () => {
    for (let broken = 0; broken < 2; broken++) {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      const received = once(requests, 'received');
      socket.write(
        'POST /slow HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
      );
      await received;
      socket.destroy();
      await once(socket, 'close');
    }
    // Their end is noticed asynchronously.
    while (waiting.length < 2) await Promise.race([ask(), once(requests, 'waiting')]);
  });
});

import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { checkEach } from './checks.ts';
import { HttpProblem } from './problem.ts';

/** How long a stop waits, in milliseconds. */
export interface StopLimits {
  /** For the rest of requests that have begun to arrive. */
  readonly arrivalMs: number;
  /** For everything else: answers, and clients that are slow to take them. */
  readonly allMs: number;
}

const LIMITS: StopLimits = { arrivalMs: 3_000, allMs: 20_000 };

/**
 * Has the server close in bounded time, whatever its clients do. What has arrived is answered; connections that are
 * silent or only kept open are closed at once; a request that has arrived in part is waited for a little.
 */
export function closeInTime(fastify: FastifyInstance, { arrivalMs, allMs }: StopLimits = LIMITS): void {
  const { server } = fastify;
  const sockets = new Set<Socket>();
  const underWay = new Set<IncomingMessage>();
  let closing = false;

  server.on('connection', (socket: Socket) => {
    if (closing) socket.destroy();
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.prependListener('request', (request: IncomingMessage, response) => {
    underWay.add(request);
    response.once('close', () => {
      underWay.delete(request);
      // A connection that was still being answered when the service began to close is idle only now.
      if (closing) server.closeIdleConnections();
    });
  });
  checkEach(fastify, () => (closing ? stopping() : undefined));
  fastify.addHook('preClose', (done) => {
    closing = true;
    const busy = new Set([...underWay].map(({ socket }) => socket));
    for (const socket of sockets) if (!busy.has(socket)) socket.destroy();
    const timers = [
      setTimeout(() => {
        for (const { complete, socket } of underWay) if (!complete) socket.destroy();
      }, arrivalMs),
      setTimeout(() => server.closeAllConnections(), allMs),
    ];
    server.once('close', () => timers.forEach(clearTimeout));
    done();
  });
}

function stopping(): HttpProblem {
  return new HttpProblem(503, 'stopping', 'The service is stopping; nothing was done. Try again.', {
    retryAfterSeconds: 1,
  });
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { checkEach } from './checks.ts';
import { HttpProblem } from './problem.ts';

/** How long a stop waits, in milliseconds. */
export interface StopLimits {
  /** For the rest of requests that have arrived in part. */
  readonly arrivalMs: number;
  /** For everything else: answers, and clients that are slow to take them. */
  readonly allMs: number;
}

const LIMITS: StopLimits = { arrivalMs: 3_000, allMs: 20_000 };

/**
 * Closes the server in bounded time, whatever its clients do. Requests that have arrived are answered; idle connections
 * are closed at once; requests that have arrived in part get a short grace period.
 */
export function closeInTime(fastify: FastifyInstance, { arrivalMs, allMs }: StopLimits = LIMITS): void {
  const { server } = fastify;
  /** The response to the last request of each connection; earlier ones have finished when it has. */
  const last = new Map<Socket, ServerResponse | undefined>();
  let closing = false;

  server.on('connection', (socket: Socket) => {
    if (closing) socket.destroy();
    last.set(socket, undefined);
    socket.once('close', () => last.delete(socket));
  });
  server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    if (last.has(socket)) last.set(socket, response);
    if (closing) closeIdleAfter(response);
  });
  checkEach(fastify, () => (closing ? stopping() : undefined));
  fastify.addHook('preClose', (done) => {
    closing = true;
    const underWay = () => [...last].filter(([, response]) => isUnderWay(response));
    const busy = new Set(underWay().map(([socket]) => socket));
    for (const [socket, response] of last) {
      if (busy.has(socket)) closeIdleAfter(response as ServerResponse);
      else socket.destroy();
    }
    const timers = [
      setTimeout(() => {
        for (const [socket, response] of underWay()) if (!response?.req.complete) socket.destroy();
      }, arrivalMs),
      setTimeout(() => server.closeAllConnections(), allMs),
    ];
    server.once('close', () => timers.forEach(clearTimeout));
    done();
  });

  /** A connection that is still being answered when the service begins to close is idle only then. */
  function closeIdleAfter(response: ServerResponse): void {
    response.once('close', () => server.closeIdleConnections());
  }
}

function isUnderWay(response: ServerResponse | undefined): boolean {
  return response !== undefined && !response.writableFinished && !response.destroyed;
}

function stopping(): HttpProblem {
  return new HttpProblem(503, 'stopping', 'The service is stopping; nothing was done. Try again.', {
    retryAfterSeconds: 1,
  });
}

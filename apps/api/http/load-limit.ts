import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendProblem } from './problem.filter.ts';
import { HttpProblem } from './problem.ts';

/** Requests that may be under way at once, each with a body of up to a mebibyte. */
const MOST_UNDER_WAY = 2_000;

const RETRY_AFTER_SECONDS = 1;

/** Operators are told of it in any case. */
const ALWAYS = /^\/(?:health|metrics)\b/;

/** Of each request under way, how it is counted no more. */
const counted = new WeakMap<FastifyRequest, () => void>();

/** From now on the request only waits, and is bounded by whoever lets it wait. */
export function waitsIdly(request: FastifyRequest): void {
  counted.get(request)?.();
}

/**
 * Turns requests away while too many are under way: they are answered 503 at once. So a store that is slow costs
 * callers time, and the service no more memory than those that wait for it.
 * @param most by default 2,000
 */
export function limitLoad(fastify: FastifyInstance, most = MOST_UNDER_WAY): void {
  const underWay = new Set<FastifyRequest>();
  fastify.addHook('onRequest', (request, reply, done) => {
    if (ALWAYS.test(request.url)) {
      done();
    } else if (underWay.size < most) {
      underWay.add(request);
      counted.set(request, () => underWay.delete(request));
      done();
    } else {
      sendProblem(reply, overloaded());
    }
  });
  // Also for requests whose client has gone: until they are answered, they still cost capacity.
  fastify.addHook('onSend', (request, _reply, _payload, done) => {
    underWay.delete(request);
    done();
  });
}

function overloaded(): HttpProblem {
  return new HttpProblem(503, 'overloaded', 'Too many requests are under way; nothing was done. Try again.', {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}

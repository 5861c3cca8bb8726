import type { FastifyInstance, FastifyRequest } from 'fastify';
import { checkEach } from './checks.ts';
import { HttpProblem } from './problem.ts';

/** How many requests may be under way at once by default, each with a body of up to a mebibyte. */
export const REQUESTS_UNDER_WAY = 2_000;

const RETRY_AFTER_SECONDS = 1;

/** Operators are told of it in any case. */
const ALWAYS = /^\/(?:health|metrics)\b/;

/** How many requests are under way in this process, whichever way they came. */
export class Load {
  private underWay = 0;

  /** @param most that may be under way at once */
  constructor(private readonly most: number) {}

  /**
   * Counts one more.
   * @returns why it is turned away; it is not counted then
   */
  begin(): HttpProblem | undefined {
    if (this.underWay >= this.most) return overloaded();
    this.underWay++;
    return undefined;
  }

  end(): void {
    this.underWay--;
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** What the request counts in, while it does. */
    countedIn: Load | null;
  }
}

/** From now on the request only waits, and is bounded by whoever lets it wait. */
export function waitsIdly(request: FastifyRequest): void {
  countNoMore(request);
}

/**
 * Turns requests away while too many are under way: they are answered 503 at once. So a store that is slow costs
 * callers time, and the service no more memory than those that wait for it.
 */
export function limitLoad(fastify: FastifyInstance, load: Load): void {
  fastify.decorateRequest('countedIn', null);
  checkEach(fastify, (request) => {
    if (ALWAYS.test(request.url)) return undefined;
    const refusal = load.begin();
    if (refusal === undefined) request.countedIn = load;
    return refusal;
  });
  // Also for requests whose client has gone: until they are answered, they still cost capacity.
  fastify.addHook('onSend', (request, _reply, _payload, done) => {
    countNoMore(request);
    done();
  });
}

function countNoMore(request: FastifyRequest): void {
  if (request.countedIn === null) return;
  request.countedIn.end();
  request.countedIn = null;
}

function overloaded(): HttpProblem {
  return new HttpProblem(503, 'overloaded', 'Too many requests are under way; nothing was done. Try again.', {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}

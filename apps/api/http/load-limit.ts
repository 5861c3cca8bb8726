import type { FastifyInstance, FastifyRequest } from 'fastify';
import { checkEach } from './checks.ts';
import { HttpProblem } from './problem.ts';

/** How many requests may be under way at once by default, each with a body of up to a mebibyte. */
export const REQUESTS_UNDER_WAY = 2_000;

const RETRY_AFTER_SECONDS = 1;

/** Always served, for operators. */
const ALWAYS = /^\/(?:health|metrics)\b/;

/** The number of requests in progress in this process, over HTTP and NATS. */
export class Load {
  private underWay = 0;

  /** @param most that may be under way at once */
  constructor(private readonly most: number) {}

  /**
   * Counts one more.
   * @returns why it is refused; it is not counted then
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
 * Refuses requests with 503 while too many are in progress, so that a slow store costs callers time, but does not fill the
 * memory of the service.
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

import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import type { Actor } from '#domain/kernel';
import { HttpProblem } from '../http/problem.ts';

/** How many requests an account may make. */
export interface RateLimit {
  readonly requests: number;
  /** Within so many milliseconds, from the first of them on. */
  readonly perMs: number;
}

/** Far more than people make, and less than would take a process for itself. */
export const RATE_LIMIT: RateLimit = { requests: 20_000, perMs: 10_000 };

/** As many accounts are counted at once; of more, those that have not asked for the longest are forgotten. */
const ACCOUNTS = 10_000;

/** What an account may still ask, in the headers of draft-ietf-httpapi-ratelimit-headers-06. */
export type Allowance = Readonly<
  Record<'RateLimit-Limit' | 'RateLimit-Remaining' | 'RateLimit-Reset', number>
>;

/** What the library is handed for a request, whichever way it came. */
interface Counted {
  readonly key: string;
  readonly routeOptions: { readonly config?: undefined };
}

type Count = (request: Counted) => ReturnType<ReturnType<FastifyInstance['createRateLimit']>>;

/** Counts the requests of each account in this process, so that none takes it for itself. */
export class AccountLimit {
  private constructor(private readonly check: Count) {}

  /** @param fastify whose plugin counts; it needs no hook of it */
  static async of(fastify: FastifyInstance, { requests, perMs }: RateLimit): Promise<AccountLimit> {
    await fastify.register(rateLimit, {
      global: false,
      max: requests,
      timeWindow: perMs,
      cache: ACCOUNTS,
      keyGenerator: (request) => (request as unknown as Counted).key,
    });
    return new AccountLimit(fastify.createRateLimit() as unknown as Count);
  }

  /**
   * Counts one more request of the caller's account; of the caller itself where it has none.
   * @param tell is told what the account may still ask, also before the request is refused
   * @throws HttpProblem 429
   */
  async count({ account, user }: Actor, tell: (allowance: Allowance) => void): Promise<void> {
    const key = account === '' ? `user:${user}` : account;
    const counted = await this.check({ key, routeOptions: {} });
    if (counted.isAllowed) return;
    const { max, remaining, ttlInSeconds, isExceeded } = counted;
    tell({ 'RateLimit-Limit': max, 'RateLimit-Remaining': remaining, 'RateLimit-Reset': ttlInSeconds });
    if (!isExceeded) return;
    const detail =
      'The account has made too many requests in a short time; nothing was done. Wait, and try again.';
    throw new HttpProblem(429, 'too-many-requests', detail, { retryAfterSeconds: ttlInSeconds });
  }
}

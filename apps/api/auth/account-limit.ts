import type { Actor } from '#domain/kernel';
import { HttpProblem } from '../http/problem.ts';
import { FixedWindows } from './fixed-windows.ts';

/** How many requests an account may make. */
export interface RateLimit {
  readonly requests: number;
  /** Within so many milliseconds, from the first of them on. */
  readonly perMs: number;
}

/** Far more than people make, and less than would take a process for itself. */
export const RATE_LIMIT: RateLimit = { requests: 20_000, perMs: 10_000 };

/** What an account may still ask, in the headers of draft-ietf-httpapi-ratelimit-headers-06. */
export type Allowance = Readonly<
  Record<'RateLimit-Limit' | 'RateLimit-Remaining' | 'RateLimit-Reset', number>
>;

/** Counts the requests of each account in this process, so that none takes it for itself. */
export class AccountLimit {
  private readonly most: number;
  private readonly asked: FixedWindows;

  /** @param now milliseconds since any moment */
  constructor({ requests, perMs }: RateLimit, now?: () => number) {
    this.most = requests;
    this.asked = new FixedWindows(perMs, now);
  }

  /**
   * Counts one more request of the caller's account; of the caller itself where it has none.
   * @param tell is told what the account may still ask, also before the request is refused
   * @throws HttpProblem 429
   */
  count({ account, user }: Actor, tell: (allowance: Allowance) => void): void {
    const { most } = this;
    const { count, endsInMs } = this.asked.count(account === '' ? `user:${user}` : account);
    const retryAfterSeconds = Math.ceil(endsInMs / 1_000);
    tell({
      'RateLimit-Limit': most,
      'RateLimit-Remaining': Math.max(0, most - count),
      'RateLimit-Reset': retryAfterSeconds,
    });
    if (count <= most) return;
    const detail =
      'The account has made too many requests in a short time; nothing was done. Wait, and try again.';
    throw new HttpProblem(429, 'too-many-requests', detail, { retryAfterSeconds });
  }
}

import type { Actor } from '#domain/kernel';
import { HttpProblem } from '../http/problem.ts';
import { FixedWindows } from './fixed-windows.ts';

/** How many requests an account may make. */
export interface RateLimit {
  readonly requests: number;
  /** Within so many milliseconds, from the first of them on. */
  readonly perMs: number;
}

/** Far more than people make, and less than would take up a process. */
export const RATE_LIMIT: RateLimit = { requests: 20_000, perMs: 10_000 };

/** How many requests an account has left, in the headers of draft-ietf-httpapi-ratelimit-headers-06. */
export type Allowance = Readonly<
  Record<'RateLimit-Limit' | 'RateLimit-Remaining' | 'RateLimit-Reset', number>
>;

/** Counts the requests of each account in this process, so that none takes up all of its capacity. */
export class AccountLimit {
  private readonly most: number;
  private readonly windows: FixedWindows;

  /** @param now milliseconds since any moment */
  constructor({ requests, perMs }: RateLimit, now?: () => number) {
    this.most = requests;
    this.windows = new FixedWindows(perMs, now);
  }

  /**
   * Counts one more request of the caller's account; of the caller itself where it has none.
   * @param onAllowance called with the remaining allowance, also before the request is refused
   * @throws HttpProblem 429
   */
  count({ account, user }: Actor, onAllowance: (allowance: Allowance) => void): void {
    const { most } = this;
    const { count, endsInMs } = this.windows.count(account === '' ? `user:${user}` : account);
    const retryAfterSeconds = Math.ceil(endsInMs / 1_000);
    onAllowance({
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

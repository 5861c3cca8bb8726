import { fromMillis, type Instant, toMillis } from '#domain/kernel';
import type { DeliveryAttempt, WebhookDelivery } from './documents.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long after its first attempt a delivery is retried. */
export const TRIED_FOR_MS = 24 * HOUR;

/** The longest pauses after the first failure, the second, and so on; the last one again from then on. */
const PAUSES_MS = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
];
const LONGEST_RETRY_AFTER_MS = HOUR;
/** How many attempts a delivery lists. */
const KEPT_ATTEMPTS = 20;

/**
 * When a failed delivery is retried: after a growing pause, shortened by up to half at random, so that
 * deliveries that failed together are not retried together. The last attempt is 24 hours after the first; then `undefined`.
 * @param failures in a row, from 1
 * @param random from 0 inclusive to 1 exclusive
 * @param retryAfterMs what the receiver asked for; up to an hour of it is granted
 */
export function nextAttempt(
  first: Instant,
  failures: number,
  now: Instant,
  random: number,
  retryAfterMs = 0,
): Instant | undefined {
  const end = toMillis(first) + TRIED_FOR_MS;
  const at = toMillis(now);
  if (at >= end) return undefined;
  const longest = PAUSES_MS[Math.min(failures, PAUSES_MS.length) - 1] as number;
  const pause = Math.max(longest * (1 - random / 2), Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS));
  return fromMillis(Math.min(end, at + Math.ceil(pause)));
}

/** Any other answer is a failure, redirections too: they are not followed. */
export function isSuccess({ responseStatus }: Pick<DeliveryAttempt, 'responseStatus'>): boolean {
  return responseStatus !== undefined && responseStatus >= 200 && responseStatus < 300;
}

/** What the next step after an attempt depends on. */
export interface AttemptContext {
  readonly now: Instant;
  readonly random: number;
  readonly retryAfterMs?: number;
}

/** The delivery after one more attempt: delivered, failed for good, or to be tried again. */
export function afterAttempt(
  delivery: WebhookDelivery,
  attempt: DeliveryAttempt,
  { now, random, retryAfterMs }: AttemptContext,
): WebhookDelivery {
  const { nextAttemptAt: _, ...rest } = delivery;
  const attempts = [...delivery.attempts, attempt].slice(-KEPT_ATTEMPTS);
  const firstAttemptAt = delivery.firstAttemptAt ?? attempt.at;
  if (isSuccess(attempt))
    return { ...rest, attempts, firstAttemptAt, status: 'delivered', failures: 0, endedAt: now };
  const failures = delivery.failures + 1;
  const isLast = delivery.once || attempt.error === 'not-available';
  const next = isLast ? undefined : nextAttempt(firstAttemptAt, failures, now, random, retryAfterMs);
  const failed = { ...rest, attempts, firstAttemptAt, failures };
  return next === undefined
    ? { ...failed, status: 'failed', endedAt: now }
    : { ...failed, nextAttemptAt: next };
}

/** The delivery in another run of its webhook: earlier failures no longer count. */
export function restart(delivery: WebhookDelivery, run: number): WebhookDelivery {
  const { firstAttemptAt: _, nextAttemptAt: __, endedAt: ___, ...rest } = delivery;
  return { ...rest, run, status: 'pending', failures: 0 };
}

import { setTimeout as delay } from 'node:timers/promises';

const FIRST_MS = 100;
const LONGEST_MS = 30_000;

/** How to wait; tests pass their own implementation. */
export interface Pauses {
  /** Resolves after `ms`, or at once when `signal` aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** From 0 inclusive to 1 exclusive. */
  random(): number;
}

export const realPauses: Pauses = {
  sleep: (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined),
  random: Math.random,
};

/**
 * The milliseconds to wait after the `attempt`th failure in a row, counted from 1: doubled each time, up
 * to half a minute, with random jitter of up to half, so that callers that failed together do not retry together.
 */
export function backOff(attempt: number, random: () => number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return longest * (1 - random() / 2);
}

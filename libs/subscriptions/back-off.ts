import { setTimeout as delay } from 'node:timers/promises';

const FIRST_MS = 100;
const LONGEST_MS = 30_000;

/** How waiting is done; tests give their own. */
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
 * How many milliseconds to wait after the `attempt`th failure in a row, counted from 1: twice as long each time, up
 * to half a minute, of which up to a half is left to chance so that many who failed together do not return together.
 */
export function backOff(attempt: number, random: () => number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return longest * (1 - random() / 2);
}

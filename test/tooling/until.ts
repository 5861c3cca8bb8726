import { setTimeout as pause } from 'node:timers/promises';

const POLL_INTERVAL_MS = 5;

/**
 * Waits for a condition.
 * @param patienceMs catches hangs only
 * @throws Error it does not hold in time
 */
export async function until(condition: () => unknown, patienceMs = 120_000): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await condition())) {
    if (performance.now() > deadline)
      throw new Error(`The condition was not fulfilled in time: ${condition}`);
    await pause(POLL_INTERVAL_MS);
  }
}

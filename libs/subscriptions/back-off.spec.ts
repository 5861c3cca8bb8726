import { describe, expect, it } from '@jest/globals';
import { backOff, realPauses } from './back-off.ts';

describe('backOff', () => {
  it('doubles from a tenth of a second to half a minute', () => {
    const waits = [1, 2, 3, 8, 9, 10, 2_000].map((attempt) => backOff(attempt, () => 0));
    expect(waits).toStrictEqual([100, 200, 400, 12_800, 25_600, 30_000, 30_000]);
  });

  it('randomises up to half of it', () => {
    expect(backOff(1, () => 0.5)).toBe(75);
    expect(backOff(1, () => 0.999)).toBeGreaterThanOrEqual(50);
  });
});

describe('realPauses', () => {
  it('ends a sleep when the signal aborts', async () => {
    const controller = new AbortController();
    const sleep = realPauses.sleep(60_000, controller.signal);
    controller.abort();
    await sleep;
    await realPauses.sleep(60_000, controller.signal);
  });
});

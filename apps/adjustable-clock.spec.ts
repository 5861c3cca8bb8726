import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { fromMillis, toMillis } from '#domain/kernel';
import { AdjustableClock, ClockOutOfRange } from './adjustable-clock.ts';
import { InvalidConfig } from './environment.ts';

const HOUR_MS = 3_600_000;

describe('the clock of a development service', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tessera-clock-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const aheadMs = (clock: AdjustableClock) => toMillis(clock.now()) - Date.now();

  it('is the same in all processes once a move is answered, and after a restart', async () => {
    const [one, other] = [new AdjustableClock(directory), new AdjustableClock(directory)];
    expect(aheadMs(other)).toBeLessThan(HOUR_MS);
    await one.advance(HOUR_MS);
    await other.advance(HOUR_MS);
    for (const clock of [one, other, new AdjustableClock(directory)]) {
      expect(aheadMs(clock)).toBeGreaterThan(2 * HOUR_MS - 60_000);
    }
  });

  it('is read from memory, and from its file only after a moment', async () => {
    const clock = new AdjustableClock(directory);
    const steady = jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 1_000);
    clock.now();
    await writeFile(join(directory, 'development-clock'), String(HOUR_MS));
    expect(aheadMs(clock)).toBeLessThan(HOUR_MS / 2);
    steady.mockReturnValue(performance.now() + 1_000);
    expect(aheadMs(clock)).toBeGreaterThan(HOUR_MS / 2);
    steady.mockRestore();
  });

  it.each([Number.MAX_VALUE, 8.64e15, HOUR_MS * 24 * 366 * 7_000])(
    'is not moved out of the range of dates: %d ms',
    async (far) => {
      const clock = new AdjustableClock(directory);
      await expect(clock.advance(far)).rejects.toBeInstanceOf(ClockOutOfRange);
      expect(aheadMs(clock)).toBeLessThan(HOUR_MS);
      await clock.advance(HOUR_MS);
      expect(aheadMs(new AdjustableClock(directory))).toBeGreaterThan(HOUR_MS / 2);
    },
  );

  it('is set back and moves on from there, for all processes, but never past the present', async () => {
    const [one, other] = [new AdjustableClock(directory), new AdjustableClock(directory)];
    const ago = (hours: number) => fromMillis(Date.now() - hours * HOUR_MS);
    await one.setBack(ago(10));
    expect(aheadMs(other)).toBeLessThan(-9 * HOUR_MS);
    await other.moveTo(ago(5));
    await other.moveTo(ago(8));
    expect(aheadMs(one)).toBeGreaterThan(-6 * HOUR_MS);
    await one.moveTo(ago(-5));
    expect(one.isAhead).toBe(false);
    expect(aheadMs(one)).toBeLessThan(HOUR_MS);
  });

  it('catches up with the present where it is behind, and stays where it is ahead', async () => {
    const clock = new AdjustableClock(directory);
    await clock.setBack(fromMillis(Date.now() - HOUR_MS));
    await clock.catchUp();
    expect(aheadMs(new AdjustableClock(directory))).toBeGreaterThan(-60_000);
    await clock.advance(HOUR_MS);
    await clock.catchUp();
    expect(clock.isAhead).toBe(true);
    expect(aheadMs(clock)).toBeGreaterThan(HOUR_MS / 2);
  });

  it.each(['soon', '1e300', '-1e13'])('names its file where that contains no time: %s', async (text) => {
    await writeFile(join(directory, 'development-clock'), text);
    expect(() => new AdjustableClock(directory)).toThrow(InvalidConfig);
  });
});

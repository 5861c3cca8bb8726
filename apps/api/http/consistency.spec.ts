import { describe, expect, it } from '@jest/globals';
import { cursorAt } from '#contracts';
import { type Position, START } from '#event-store';
import { consistencyToken, positionOf, waitOf } from './consistency.ts';
import { HttpProblem } from './problem.ts';

describe('a consistency token', () => {
  it.each([START, 0, 1, 35, 36, 1_000_000, Number.MAX_SAFE_INTEGER])('stands for position %d', (position) => {
    expect(positionOf(consistencyToken(position as Position))).toBe(position);
  });

  it('may be the cursor of a change', () => {
    const position = 1_000 as Position;
    expect(positionOf(cursorAt(position))).toBe(position);
  });

  it.each(['', 'p', 'x1', 'p-1', 'p1 ', 'P1', 'p123456789012', 'p1.5'])('is not %j', (token) => {
    expect(() => positionOf(token)).toThrow(HttpProblem);
  });
});

describe('how long a read may wait', () => {
  it.each([
    [undefined, 2_000],
    ['', 2_000],
    ['respond-async', 2_000],
    ['wait=5', 5_000],
    ['respond-async, wait=5', 5_000],
    ['wait=0', 0],
    ['wait=60', 10_000],
    ['wait=99999', 2_000],
    ['wait=soon', 2_000],
  ])('Prefer: %s is %d ms', (prefer, milliseconds) => {
    expect(waitOf(prefer)).toBe(milliseconds);
  });
});

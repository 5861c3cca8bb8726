import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cursorAt } from '#contracts';
import { type Position, START } from '#event-store';
import { cursor, lastEventPosition } from './cursor.ts';

it('a cursor names the position it was made of', () => {
  fc.assert(
    fc.property(fc.integer({ min: START, max: Number.MAX_SAFE_INTEGER - 1 }), (position) => {
      expect(cursor.parse(cursorAt(position as Position))).toBe(position);
      expect(lastEventPosition(cursorAt(position as Position))).toBe(position);
    }),
  );
});

it.each(['', 'c', 'p5', 'c-1', 'C5', 'c5 ', 'czzzzzzzzzzz', 'now '])('%j is none', (text) => {
  expect(cursor.parse(text)).toBeUndefined();
  expect(() => lastEventPosition(text)).toThrow(
    expect.objectContaining({ status: 400, code: 'invalid-cursor' }),
  );
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromMillis, type Instant } from '#domain/kernel';
import { forkOf, forksAround } from './forks.ts';

const MINUTE = 60_000;
const BASE = Date.parse('2026-03-01T09:00:00.000Z');

/** Moments near each other and far from each other, in slots of the tree and between them. */
const moment: fc.Arbitrary<Instant> = fc
  .oneof(
    fc.integer({ min: 0, max: 90 }).map((minutes) => BASE + minutes * MINUTE),
    fc.integer({ min: 0, max: 400 }).map((days) => BASE + days * 24 * 60 * MINUTE),
    fc.integer({ min: 0, max: Date.parse('9999-12-31T23:59:59.999Z') }),
  )
  .map(fromMillis);

const interval = fc
  .tuple(moment, moment)
  .map(([one, other]) => (one <= other ? { since: one, until: other } : { since: other, until: one }));

describe('the forks of time', () => {
  it('around a moment are those at which what it lies in is kept', () => {
    fc.assert(
      fc.property(interval, moment, ({ since, until }, at) => {
        const { before, after, within } = forksAround(at);
        const fork = forkOf(since, until);
        const isIn = since <= at && at < until;
        const found =
          (before.includes(fork) && until > at) ||
          (after.includes(fork) && since <= at) ||
          (fork === within && since <= at && until > at);
        expect(found).toBe(isIn);
      }),
      { numRuns: 5_000 },
    );
  });

  it('are few, whatever the moment', () => {
    fc.assert(
      fc.property(moment, (at) => {
        const { before, after } = forksAround(at);
        expect(before.length + after.length).toBeLessThanOrEqual(31);
        expect(new Set([...before, ...after]).size).toBe(before.length + after.length);
      }),
    );
  });
});

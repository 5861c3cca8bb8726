import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MemoryLog } from '../../subscriptions/testing/memory-log.ts';
import { pagesFromEnd, pagesOf, weightOf } from './stream-pages.ts';

/** A stream of events that list so many items. */
function logOf(lists: readonly number[]): MemoryLog {
  const log = new MemoryLog();
  for (const length of lists) {
    log.record({ stream: 's', type: 'Told', data: { items: Array.from({ length }, () => 'item') } });
  }
  return log;
}

async function pagesFrom(log: MemoryLog, from: number, first?: number) {
  const pages = [];
  for await (const page of pagesOf(log, 's', from, first)) pages.push(page);
  return pages;
}

describe('the pages of a stream', () => {
  it('are also all of it from its end, in that order, and of like sizes', async () => {
    const lists = fc.array(fc.constantFrom(0, 1, 50, 500), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(lists, async (lengths) => {
        const pages = [];
        for await (const page of pagesFromEnd(logOf(lengths), 's')) pages.push(page);
        expect(pages.flat().map(({ revision }) => revision)).toEqual([...lengths.keys()].reverse());
        const mirrored = await pagesFrom(logOf(lengths.toReversed()), 0);
        expect(pages.map((page) => page.length)).toEqual(mirrored.map((page) => page.length));
      }),
    );
  });

  it('are all of it from a revision on, in order', async () => {
    const lists = fc.array(fc.constantFrom(0, 1, 50, 500), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(lists, fc.nat(70), fc.integer({ min: 1, max: 30 }), async (lengths, from, first) => {
        const found = (await pagesFrom(logOf(lengths), from, first)).flat();
        expect(found.map(({ revision }) => revision)).toEqual([...lengths.keys()].slice(from));
      }),
    );
  });

  it('are long where events are small, and short where they list much', async () => {
    const longest = async (length: number) => {
      const pages = await pagesFrom(logOf(Array.from({ length: 3_000 }, () => length)), 0);
      return Math.max(...pages.map((page) => page.length));
    };
    expect(await longest(0)).toBe(1_000);
    const heavy = await pagesFrom(logOf(Array.from({ length: 100 }, () => 500)), 0);
    const weights = heavy.map((page) => page.reduce((sum, event) => sum + weightOf(event), 0));
    expect(Math.max(...weights)).toBeLessThan(6_000);
  });
});

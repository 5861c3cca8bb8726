import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PersistentMap } from './index.ts';

type Entries = [string, number | undefined][];

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const value = fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined });
/** Each step goes on from one of the versions there are, not always the newest. */
const steps = fc.array(
  fc.record({ from: fc.nat(), entries: fc.array(fc.tuple(key, value), { maxLength: 4 }), read: fc.nat() }),
  { maxLength: 40 },
);

describe('a persistent map', () => {
  it('has in every version the entries of a copied map, in the same order, whichever version is read or extended', () => {
    fc.assert(
      fc.property(steps, (run) => {
        const versions = [{ map: PersistentMap.empty<string, number | undefined>(), copy: new Map() }];
        const one = (index: number) => versions[index % versions.length] as (typeof versions)[number];
        for (const { from, entries, read } of run) {
          const { map, copy } = one(from);
          versions.push({ map: map.with(entries as Entries), copy: new Map([...copy, ...entries]) });
          expect([...one(read).map]).toEqual([...one(read).copy]);
        }
        for (const { map, copy } of versions) {
          expect([...map]).toEqual([...copy]);
          expect([...map.keys()]).toEqual([...copy.keys()]);
          expect([...map.values()]).toEqual([...copy.values()]);
          expect(map.size).toBe(copy.size);
          for (const each of 'abcdefg') {
            expect([map.has(each), map.get(each)]).toEqual([copy.has(each), copy.get(each)]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('iterates over one version while others are read and created', () => {
    const first = PersistentMap.empty<string, number>().with([
      ['a', 1],
      ['b', 2],
    ]);
    const seen: [string, number][] = [];
    for (const entry of first) {
      seen.push(entry);
      const next = first.with([
        ['a', 9],
        ['b', 9],
        [`c${seen.length}`, 9],
      ]);
      expect(next.get('b')).toBe(9);
    }
    expect(seen).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
  });

  it('is the same version when nothing is added', () => {
    const map = PersistentMap.empty<string, number>().with([['a', 1]]);
    expect(map.with([])).toBe(map);
  });
});

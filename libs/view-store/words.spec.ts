import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { distinctWords, matchesAll, searchedSpellings } from './words.ts';

describe('words', () => {
  it('are stored once each, in order, without empty ones', () => {
    expect(distinctWords(['b', '', 'a', 'b'])).toStrictEqual(['a', 'b']);
  });

  it('are left out where another one, or another spelling, finds the same', () => {
    expect(distinctWords(['ab', 'a', 'abc', 'b', 'ac', 'a'])).toStrictEqual(['abc', 'ac', 'b']);
    expect(searchedSpellings([['ab', 'b', 'abc', 'bc', 'ac']])).toStrictEqual([['ab', 'ac', 'b']]);
    const some = fc.array(fc.stringMatching(/^[ab]{0,4}$/), { maxLength: 8 });
    fc.assert(
      fc.property(
        some,
        some.filter((wanted) => wanted.some((word) => word !== '')),
        (words, wanted) => {
          const isFound = matchesAll(words, [wanted.filter((word) => word !== '')]);
          expect(matchesAll(distinctWords(words), searchedSpellings([wanted]))).toBe(isFound);
        },
      ),
    );
  });

  it('can be searched up to 16 at once, each in any of its spellings', () => {
    const many = Array.from({ length: 20 }, (_, index) => [`w${index}`]);
    expect(searchedSpellings(many)).toStrictEqual(many.slice(0, 16));
    expect(searchedSpellings([['b', 'a', 'b', '']])).toStrictEqual([['a', 'b']]);
  });

  it.each([
    [[['chil'], ['mul']], true],
    [[['chil'], ['x']], false],
    [[['x', 'mul']], true],
    [[['hiller']], false],
    [[[]], false],
  ])('%j begin words of what is found: %p', (wanted, found) => {
    expect(matchesAll(['chiller', 'muller'], wanted)).toBe(found);
  });
});

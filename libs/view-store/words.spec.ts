import { describe, expect, it } from '@jest/globals';
import { distinctWords, haveAll, lookedFor } from './words.ts';

describe('words', () => {
  it('are stored once each, in order, without empty ones', () => {
    expect(distinctWords(['b', '', 'a', 'b'])).toStrictEqual(['a', 'b']);
  });

  it('can be searched up to 16 at once, each in any of its spellings', () => {
    const many = Array.from({ length: 20 }, (_, index) => [`w${index}`]);
    expect(lookedFor(many)).toStrictEqual(many.slice(0, 16));
    expect(lookedFor([['b', 'a', 'b', '']])).toStrictEqual([['a', 'b']]);
  });

  it.each([
    [[['chil'], ['mul']], true],
    [[['chil'], ['x']], false],
    [[['x', 'mul']], true],
    [[['hiller']], false],
    [[[]], false],
  ])('%j begin words of what is found: %p', (wanted, found) => {
    expect(haveAll(['chiller', 'muller'], wanted)).toBe(found);
  });
});

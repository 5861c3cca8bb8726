import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wordsOf } from './words.ts';

describe('wordsOf', () => {
  it.each([
    ['Chiller', ['chiller']],
    ['R-410A', ['410a', 'r']],
    ["  two  words, two's ", ['s', 'two', 'words']],
    ['Müller MULLER Mu\u0308ller', ['muller']],
    ['ÅNGSTRÖM İstanbul', ['angstrom', 'istanbul']],
    ['ﬁlter №5 ①', ['1', 'filter', 'no5']],
    ['ΟΔΟΣ οδοσ', ['οδοσ']],
    ['東京 タワー', ['タワー', '東京']],
    ['', []],
    ['-- / __', []],
  ])('%j', (text, words) => {
    expect(wordsOf(text)).toStrictEqual(words.toSorted());
  });

  it('finds in its words the same words again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const words = wordsOf(text);
        expect(wordsOf(words.join(' '))).toStrictEqual(words);
      }),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { similarName } from './index.ts';

describe('names that differ by a typing error (R-P5)', () => {
  it.each([
    ['Bakkerij Janssens', 'Bakkerij Jansens'],
    ['Bakkerij Janssens NV', 'BAKKERIJ JANSSNES'],
    ['Slagerij Peeters', 'Slagerij Pieters'],
    ['Brouwerij Vermeulen', 'Bruwerij Vermulen'],
    ['Koelhuis Janssens', 'Koelhuis Jansen'],
    ['De Smet', 'DeSmet'],
    ['Kälte Größ', 'Kalte Gröss'],
    ['Frigo Salu', 'Frigo Slu'],
    ['Kälte Nord GmbH', 'Kälte Nord GmhB'],
    ['KBC NV', 'KBC N'],
  ])('%s and %s are one', (one, other) => {
    expect(similarName(one, other)).toBe(true);
  });

  it.each([
    ['Hotel Maes', 'Hotel Claes'],
    ['Brouwerij Maes', 'Brouwerij Claes'],
    ['Hal 1 Noordzee', 'Hal 2 Noordzee'],
    ['KBC', 'KLC'],
    ['KBC NV', 'KLC N'],
    ['Frost Noord', 'Frost Zuid'],
    ['Bakkerij', 'Slagerij'],
    ['***', '+++'],
  ])('%s and %s are two', (one, other) => {
    expect(similarName(one, other)).toBe(false);
  });

  it('is symmetric, and recognises every name with one letter left out, doubled, or swapped with the next', () => {
    const name = fc.stringMatching(/^[a-z]{6,9} ([a-z]{4,9}|gmbh|sarl|salu|limited)$/);
    fc.assert(
      fc.property(name, name, (one, other) => expect(similarName(one, other)).toBe(similarName(other, one))),
    );
    fc.assert(
      fc.property(name, fc.nat(), fc.constantFrom('', 'double', 'swap'), (written, at, slip) => {
        const index = at % (written.length - 1);
        const [one = '', next = ''] = written.slice(index, index + 2);
        const instead = slip === 'swap' ? [next, one] : [slip === 'double' ? one + one : '', next];
        const slipped = written.slice(0, index) + instead.join('') + written.slice(index + 2);
        expect(similarName(written, slipped)).toBe(true);
      }),
    );
  });
});

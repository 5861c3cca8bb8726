import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldedWords } from '#domain/catalogue';
import { codeWords, vatNumberWords, wordsOf } from './search.ts';

/** Whether what is asked for is found by these words, as the view stores look. */
const finds = (query: string, words: readonly string[]) => {
  const wanted = foldedWords(query);
  return wanted.length > 0 && wanted.every((one) => words.some((word) => word.startsWith(one)));
};

describe('words of a text (R-K7)', () => {
  it.each([
    ['sorensen', 'Sørensen & Søn'],
    ['SØRENSEN', 'Sorensen'],
    ['strasse', 'Lange Straße 4'],
    ['Straße', 'Lange Strasse 4'],
    ['lodz', 'Łódź'],
    ['kolelager', 'Kølelager'],
    ['bv koel', 'Koelwerk B.V.'],
    ['chateau bra', 'Brasserie du Château'],
    ['東京', '東京 タワー'],
  ])('%s finds %s', (query, text) => {
    expect(finds(query, wordsOf(text))).toBe(true);
  });

  it.each(['%', '-- / __', '★', ' '])('%p, without letters or digits, finds nothing', (query) => {
    expect(finds(query, wordsOf('Anything at all', '★★★'))).toBe(false);
  });
});

describe('words of a reference or a number', () => {
  it.each(['AC-01', 'ac01', 'ac 01', '01', 'ac'])('%s finds AC-01', (query) => {
    expect(finds(query, codeWords('AC-01'))).toBe(true);
  });
});

describe('words of a VAT number (R-K7)', () => {
  it.each(['BE 0111.222.333', 'be0111222333', '0111222333', 'BE 0111 222 333', '111222333', 'be 011'])(
    '%s finds it, however it is written',
    (query) => {
      const address = { country: 'BE' };
      for (const vatNumber of ['BE 0111.222.333', 'be0111222333', 'BE-0111-222-333', '0111.222.333']) {
        expect([vatNumber, finds(query, vatNumberWords({ vatNumber, address }))]).toStrictEqual([
          vatNumber,
          true,
        ]);
      }
    },
  );

  it('is not found by another number, and not where it is invalid', () => {
    const words = vatNumberWords({ vatNumber: 'BE 0111.222.333' });
    expect(finds('BE 0111.222.334', words)).toBe(false);
    expect(finds('NL 0111.222.333', words)).toBe(false);
    expect(vatNumberWords({ vatNumber: '-' })).toStrictEqual([]);
    expect(vatNumberWords({})).toStrictEqual([]);
  });

  it('is found with spaces anywhere after the first letter of its country', () => {
    const digits = fc.stringMatching(/^[1-9][0-9]{8}$/);
    const separators = fc.array(fc.constantFrom('', ' ', '.', '-', '/'), { minLength: 12, maxLength: 12 });
    const written = (signs: string, between: readonly string[]) =>
      Array.from(signs, (sign, index) => (index === 0 ? sign : sign + (between[index] ?? ''))).join('');
    fc.assert(
      fc.property(
        fc.constantFrom('BE0', 'NL', 'DE'),
        digits,
        separators,
        separators,
        (country, number, one, other) => {
          const words = vatNumberWords({ vatNumber: written(country + number, one) });
          expect(finds(written(country + number, other), words)).toBe(true);
        },
      ),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchesAll } from '#view-store';
import {
  type Address,
  addressWords,
  cityKey,
  cityWords,
  foldedWords,
  sameAddress,
  searchedWords,
  streetKey,
} from './index.ts';
import { formsOf, shortWord } from './short-forms.ts';

/** Whether what is asked for is found by these words, as the view stores look. */
function finds(query: string, words: readonly string[]): boolean {
  const wanted = searchedWords(query);
  return wanted.length > 0 && matchesAll(words, wanted);
}

const at = (street: string): Address => ({ street, city: 'Brussel' });

/** Words of streets and towns, with what stands between them. */
const WORDS = (
  'kerk straat Kerkstraat str. Strasse Hauptstraße haupt St. Sint Sankt pieters Pieterspl. plein Pln rue r. av. ' +
  'avenue grand Grote gr. steenweg stw. Leuvensestwg bd boulevard de la 1 12 12a B bte bus 3 allee wall'
).split(' ');
const written = fc
  .array(fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(' ', '-', ', ', '  ', ' ')), {
    minLength: 1,
    maxLength: 7,
  })
  .map((parts) => parts.flat().slice(0, -1).join(''));

/** The same street or town as written by somebody else: other forms of its words, together or apart. */
const rewrittenOf = (keyOf: (text: string) => string) =>
  fc
    .tuple(written, fc.array(fc.tuple(fc.nat(10), fc.constantFrom(' ', '-', '. ', '')), { minLength: 20 }))
    .map(([text, others]) => {
      const words = foldedWords(text).map((word, place) => {
        const [chosen, gap] = others[place] ?? [0, ' '];
        const forms = formsOf(word);
        return `${forms[chosen % forms.length]}${gap}`;
      });
      return [text, words.join('')] as const;
    })
    .filter(([text, other]) => keyOf(text) === keyOf(other));

describe('searching by an address (R-K7)', () => {
  it.each([
    ['Hauptstraße 5', 'Hauptstr. 5'],
    ['Hauptstraße 5', 'Hauptstr 5'],
    ['Hauptstraße 5', 'Haupt-Str. 5'],
    ['Hauptstr. 5', 'Haupt-Str. 5'],
    ['Hauptstraße 5', 'HAUPT STRASSE, 5'],
    ['Kerkstraat 12', 'Kerkstr. 12'],
    ['Avenue Louise 8', '8, Av. Louise'],
    ['Boulevard Anspach 1', 'Bd Anspach 1'],
    ['Boulevard Anspach 1', 'Blvd. Anspach, 1'],
    ['Sint-Pietersplein 3', 'St. Pietersplein 3'],
    ['Sint-Pietersplein 3', 'St Pieters-plein 3'],
    ['Rue Haute 12a', '12a, R. Haute'],
    ['Chaussée de Charleroi 6', 'Ch. de Charleroi 6'],
    ['Leuvensesteenweg 12', 'Leuvense Stwg. 12'],
    ['Prins Hendrikplein 4', 'Prins Hendrik Pln 4'],
    ['West 34th Street 350', '350 West 34th St.'],
    ['Old Post Road 5', 'Old Post Rd 5'],
    ['Science Center Drive 5', '5 Science Center Dr.'],
    ['Kouter 12, bus 3', 'Kouter 12 bte 3'],
  ])('%s and %s find each other', (one, other) => {
    expect(finds(one, addressWords(at(other)))).toBe(true);
    expect(finds(other, addressWords(at(one)))).toBe(true);
  });

  it.each([
    ['Hauptstr. 5', 'Hauptstrasse'],
    ['Hauptstr. 5', 'Hauptstras'],
    ['Haupt Straße 5', 'hauptstr'],
    ['Kerkstraat 12', 'Kerkstr.'],
    ['Dorpsstraat 1', 'Dorpsstr'],
    ['Avenue Louise 8', 'Av. Louise'],
    ['Av. Louise 8', 'avenue'],
    ['Bd Anspach 1', 'boulev'],
    ['Boulevard Anspach 1', 'Bd Anspach Brussel'],
    ['Sint-Pietersplein 3', 'St. Pieterspl'],
    ['St. Pietersplein 3', 'pieters plein 3 brussel'],
  ])('%s is found by %s', (street, query) => {
    expect(finds(query, addressWords(at(street)))).toBe(true);
  });

  it.each([
    ['Groningerweg 1', 'Grand'],
    ['Stadionweg 1', 'Street'],
    ['Kerkstraat 1', 'Kerklaan'],
    ['Kerkstraat 1', 'Kerkstr. 2'],
    ['Avondster 1', 'Avenue'],
    ['Kerkstraat 1', 'Sint Kerkstraat'],
  ])('%s is not found by %s', (street, query) => {
    expect(finds(query, addressWords(at(street)))).toBe(false);
  });

  it.each([
    ['B-9000', undefined, '9000'],
    ['9000', 'BE', 'B-9000'],
    ['9000', 'België', 'be 9000'],
    ['9000', undefined, 'B-9000'],
    ['1012 AB', 'NL', '1012ab'],
    ['1012AB', undefined, 'NL-1012 AB'],
  ])('the postal code %s in %s is found by %s', (postalCode, country, query) => {
    expect(finds(query, addressWords({ ...at('Kouter 1'), postalCode, country }))).toBe(true);
  });

  it('a postal code of another country, or a longer one, is not found by one with its country', () => {
    const words = (postalCode: string) =>
      addressWords({ street: 'Kouter 1', postalCode, city: 'Gent', country: 'FR' });
    expect(finds('B-9000', words('9000'))).toBe(false);
    expect(finds('F-9000', words('90001'))).toBe(false);
    expect(finds('F-9000', words('9000'))).toBe(true);
  });

  it('finds every street and town that compares as equal', () => {
    fc.assert(
      fc.property(rewrittenOf(streetKey), ([one, other]) => {
        expect(sameAddress(at(one), at(other))).toBe(true);
        expect(finds(one, addressWords(at(other)))).toBe(true);
        expect(finds(other, addressWords(at(one)))).toBe(true);
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(rewrittenOf(cityKey), ([one, other]) => {
        expect(finds(one, cityWords(other))).toBe(true);
      }),
    );
  });

  it('knows every form of a word, and no other', () => {
    expect(formsOf('bd').sort()).toStrictEqual(['bd', 'bld', 'boul', 'boulevard', 'blvd', 'bvd'].sort());
    fc.assert(
      fc.property(written, (text) => {
        for (const word of foldedWords(text)) {
          const forms = formsOf(word);
          expect(forms).toContain(word);
          expect(new Set(forms.map(shortWord))).toEqual(new Set([shortWord(word)]));
        }
      }),
    );
  });
});

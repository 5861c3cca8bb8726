import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Address, countryKey, countryOf, postalCodeKey, sameAddress, streetKey } from './index.ts';
import { anyText, rewritten } from './testing/written.ts';

describe('comparing streets (R-K7)', () => {
  it.each([
    ['Kerkstraat 1', 'Kerkstr. 1'],
    ['Kerkstraat 1', 'KERKSTRAAT, 1'],
    ['Leuvensesteenweg 12', 'Leuvense stwg. 12'],
    ['Julianalaan 3', 'Julianaln 3'],
    ['Prins Hendrikplein 4', 'Prins Hendrikpln. 4'],
    ['Burgemeester Jansenlaan 5', 'burg. jansenln 5'],
    ['Sint-Jansstraat 2', 'St. Jansstr. 2'],
    ['Hauptstraße 7', 'HAUPTSTR. 7'],
    ['Haupt Straße 7', 'Hauptstrasse 7'],
    ['Königsallee 9', 'konigsallee 9'],
    ['Avenue Louise 8', 'Av. Louise 8'],
    ['Avenue Louise 8', '8, avenue Louise'],
    ['Boulevard du Midi 1', 'Bd du Midi 1'],
    ['Chaussée de Charleroi 6', 'Ch. de Charleroi 6'],
    ['Rue Haute 12 a', '12a, R. Haute'],
    ['Main Street 10', '10 Main St'],
    ['West 34th Street 350', '350 West 34th St.'],
    ['Old Post Road 5', 'Old Post Rd. 5'],
    ['Science Center Drive 5', 'Science Center Dr 5'],
    ['Kouter 12, bus 3', 'Kouter 12 bte 3'],
  ])('%s and %s are one', (one, other) => {
    expect(streetKey(one)).toBe(streetKey(other));
  });

  it.each([
    ['Kerkstraat 1', 'Kerkstraat 11'],
    ['Kerkstraat 1 1', 'Kerkstraat 11'],
    ['Kerkstraat 1', 'Kerklaan 1'],
    ['Kerkstraat 12', 'Kerkstraat 12 r'],
    ['Chaussée de Wavre 1', 'Chemin de Wavre 1'],
    ['1 Meistraat 5', '5 Meistraat 1'],
    ['-', '?'],
  ])('%s and %s are two', (one, other) => {
    expect(streetKey(one)).not.toBe(streetKey(other));
  });
});

describe('comparing postal codes and countries (R-K7)', () => {
  it.each([
    ['B-9000', '9000', 'be'],
    ['BE 9000', '9000', 'be'],
    ['D-50667', '50667', 'de'],
    ['NL-1012 ab', '1012ab', 'nl'],
    ['1012 AB', '1012ab', undefined],
    ['B1 1AA', 'b11aa', undefined],
    ['10065', '10065', undefined],
    [' ', undefined, undefined],
  ])('%s is %s in %s', (postalCode, code, country) => {
    expect(postalCodeKey(postalCode)).toBe(code);
    expect(countryOf({ postalCode })).toBe(country);
  });

  it.each([
    ['BE', 'België'],
    ['be', 'Belgique'],
    ['NL', 'The Netherlands'],
    ['GB', 'United Kingdom'],
    ['US', 'U.S.A.'],
  ])('%s is %s', (code, name) => {
    expect(countryKey(name)).toBe(countryKey(code));
  });
});

describe('comparing addresses (R-K2)', () => {
  const at: Address = { street: 'Kerkstraat 1', postalCode: '9000', city: 'Gent', country: 'BE' };

  it('uses street, number, postal code and country', () => {
    expect(sameAddress(at, { ...at, street: 'Kerkstr. 1', postalCode: 'B-9000', city: 'Gand' })).toBe(true);
    expect(sameAddress(at, { ...at, postalCode: '9050' })).toBe(false);
  });

  it('uses the city when a postal code is missing', () => {
    const { postalCode: _, ...without } = at;
    expect(sameAddress(without, at)).toBe(true);
    expect(sameAddress(without, { ...without, city: 'Brugge' })).toBe(false);
    expect(sameAddress(without, { ...at, city: 'Brugge' })).toBe(false);
  });

  it('distinguishes two countries', () => {
    const { country: _, ...somewhere } = at;
    expect(sameAddress(at, { ...at, country: 'NL' })).toBe(false);
    expect(sameAddress(at, { ...somewhere, postalCode: 'D-9000' })).toBe(false);
    expect(sameAddress(at, somewhere)).toBe(true);
  });

  it('is reflexive and symmetric, however an address is written', () => {
    const address = fc.record({ street: anyText, postalCode: anyText, city: anyText, country: anyText });
    fc.assert(
      fc.property(address, address, (one, other) => {
        expect(sameAddress(one, one)).toBe(true);
        expect(sameAddress(one, other)).toBe(sameAddress(other, one));
      }),
    );
    fc.assert(
      fc.property(rewritten, rewritten, ([street, itsStreet], [city, itsCity]) => {
        expect(sameAddress({ street, city }, { street: itsStreet, city: itsCity })).toBe(true);
      }),
    );
  });
});

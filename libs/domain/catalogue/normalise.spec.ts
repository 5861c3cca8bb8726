import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normaliseAddress, normaliseName, normaliseText, normaliseVat } from './index.ts';

/** Text of any script, with what people put around and between words. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('Koel', 'B.V.', 'bv', 'GmbH', '&', 'Co', 'é', 'ß', 'S.', 'İ', '.', ' '))
    .map((parts) => parts.join(' ')),
);

describe('names as they compare (R-P5)', () => {
  it.each([
    ['Frost & Co. B.V.', 'frost'],
    ['FROST', 'frost'],
    ['Kälte-Müller GmbH & Co. KG', 'kalte muller'],
    ["Boulangerie de l'Été S.A.R.L.", 'boulangerie de l ete'],
    ['Straße 7', 'strasse 7'],
    ['Łódź Sp. z o.o.', 'lodz sp z oo'],
    ['St. Gallen AG', 'st gallen'],
    ['AB', 'ab'],
    ['B.V.', 'bv'],
    ['Холод', 'холод'],
  ])('%s is %s', (name, normalised) => {
    expect(normaliseName(name)).toBe(normalised);
  });

  it('keeps different companies apart', () => {
    expect(normaliseName('Frost Gent')).not.toBe(normaliseName('Frost Brugge'));
  });

  it('are the same once more', () => {
    fc.assert(
      fc.property(text, (name) => {
        const once = normaliseName(name);
        expect(normaliseName(once)).toBe(once);
      }),
    );
  });
});

describe('VAT numbers as they compare (R-P5)', () => {
  it.each([
    ['BE 0123.456.789', 'BE0123456789'],
    ['nl-123456789-b01', 'NL123456789B01'],
    ['', ''],
  ])('%s is %s', (vat, normalised) => {
    expect(normaliseVat(vat)).toBe(normalised);
  });

  it('are the same once more, and nothing but capitals and digits', () => {
    fc.assert(
      fc.property(text, (vat) => {
        const once = normaliseVat(vat);
        expect(once).toMatch(/^[A-Z0-9]*$/);
        expect(normaliseVat(once)).toBe(once);
      }),
    );
  });
});

describe('addresses as they compare (R-P5)', () => {
  const address = { street: 'Kouter 12, bus 3', postalCode: '1234 AB', city: 'Gent' };

  it('are a street and a postal code, however they are written', () => {
    expect(normaliseAddress(address)).toBe('kouter 12 bus 3, 1234ab');
    expect(normaliseAddress({ street: ' KOUTER 12 bus 3 ', postalCode: '1234ab', city: 'Gand' })).toBe(
      normaliseAddress(address),
    );
  });

  it('fall back to the city', () => {
    expect(normaliseAddress({ street: 'Kouter 12', city: 'Évora' })).toBe('kouter 12, evora');
    expect(normaliseAddress({ street: 'Kouter 12', postalCode: ' ', city: 'Évora' })).toBe(
      'kouter 12, evora',
    );
  });

  it('are the same once more', () => {
    fc.assert(
      fc.property(text, text, text, (street, postalCode, city) => {
        const written = { street, postalCode, city };
        const plain = {
          street: normaliseText(street),
          postalCode: normaliseText(postalCode),
          city: normaliseText(city),
        };
        expect(normaliseAddress(plain)).toBe(normaliseAddress(written));
      }),
    );
  });
});

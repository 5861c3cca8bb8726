import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { companyKey, foldText, labelKey, nameKey, sameName } from './index.ts';
import { anyText, rewritten } from './testing/written.ts';

describe('comparing text (R-K7)', () => {
  it.each([
    ['Sørensen', 'sorensen'],
    ['Kølelager Å/S', 'kolelager a s'],
    ['Straße 7', 'strasse 7'],
    ['STRASSE 7', 'strasse 7'],
    ['Łódź', 'lodz'],
    ['Œuvre & Æther', 'oeuvre aether'],
    ['DIYARBAKIR', 'diyarbakir'],
    ['Dıyarbakır İ', 'diyarbakir i'],
    ['Ελληνικός ΕΛΛΗΝΙΚΟΣ', 'ελληνικοσ ελληνικοσ'],
    ['Boulangerie  de l’Été', 'boulangerie de l ete'],
    ['B.V. St. Gallen', 'bv st gallen'],
    ['Холод', 'холод'],
    ['%', ''],
  ])('%s is %s', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it('keeps vowels that a script writes as marks', () => {
    expect(foldText('की')).not.toBe(foldText('का'));
    expect(foldText('が')).not.toBe(foldText('か'));
  });

  it('ignores how the text is written', () => {
    fc.assert(fc.property(rewritten, ([one, other]) => expect(foldText(other)).toBe(foldText(one))));
  });

  it('is idempotent, and leaves letters, digits and single spaces only', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = foldText(text);
        expect(foldText(once)).toBe(once);
        expect(once).toMatch(/^(?:[\p{L}\p{M}\p{N}]+(?: [\p{L}\p{M}\p{N}]+)*)?$/u);
      }),
    );
  });
});

describe('comparing names (R-K7)', () => {
  it('compares unchanged names of which folding leaves nothing', () => {
    expect(sameName('***', '+++')).toBe(false);
    expect(sameName(' ***', '*** ')).toBe(true);
    expect(sameName('***', '')).toBe(false);
  });

  it('distinguishes what folding keeps', () => {
    expect(sameName('Frost Gent', 'Frost Brugge')).toBe(false);
    expect(sameName('Frost BV', 'Frost')).toBe(false);
    expect(sameName('Frost BV', 'FROST b.v.')).toBe(true);
  });

  it.each([
    ['Frost & Co. B.V.', 'frost'],
    ['Kälte-Müller GmbH & Co. KG', 'kalte muller'],
    ["Boulangerie de l'Été S.A.R.L.", 'boulangerie de l ete'],
    ['Łódź Sp. z o.o.', 'lodz sp z oo'],
    ['St. Gallen AG', 'st gallen'],
    ['AB', 'ab'],
    ['B.V.', 'bv'],
    ['***', '***'],
  ])('the company %s is %s', (name, company) => {
    expect(companyKey(name)).toBe(company);
  });

  it.each([
    ['name', nameKey],
    ['company', companyKey],
    ['label', labelKey],
  ])('a %s is the same once more', (_, keyOf) => {
    fc.assert(fc.property(anyText, (text) => expect(keyOf(keyOf(text))).toBe(keyOf(text))));
  });
});

describe('comparing labels (R-K3)', () => {
  it.each([
    ['Niveau 1', 'NIVEAU  1'],
    ['Niveau 1', 'niveau1'],
    ['Straße', 'STRASSE'],
  ])('%s and %s are one', (one, other) => {
    expect(labelKey(one)).toBe(labelKey(other));
  });

  it.each([
    ['Niveau 1', 'Niveau -1'],
    ['A', 'A+'],
    ['Hal 1 2', 'Hal 12'],
    ['AC-1', 'AC1'],
    ['Été', 'Ete'],
    ['Hal 2', 'Hal²'],
  ])('%s and %s are two', (one, other) => {
    expect(labelKey(one)).not.toBe(labelKey(other));
  });
});

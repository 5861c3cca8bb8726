import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isPlaceholderNumber, isPlaceholderVatNumber, serialNumberKey } from './index.ts';

describe('placeholders (R-K5)', () => {
  it.each([
    ...[
      '',
      ' ',
      '-',
      '/',
      '--',
      '?',
      '...',
      '%',
      '0',
      '0000',
      '00-00',
      '---',
      '1111',
      'xxx',
      'X',
      'N/A',
      'n.a.',
    ],
    ...[
      'none',
      'UNKNOWN',
      'onbekend',
      'Geen',
      'n.v.t.',
      'nvt',
      'niet van toepassing',
      'inconnu',
      'Néant',
      's/o',
    ],
    ...['unbekannt', 'keine Angabe', 'k.A.', 'Entfällt', 'TBD'],
  ])('%j is none', (value) => {
    expect(isPlaceholderNumber(value)).toBe(true);
    expect(isPlaceholderVatNumber(value)).toBe(true);
    expect(serialNumberKey(value)).toBeUndefined();
  });

  it.each(['A1', '1', 'SN-0001', '0001', 'E00', 'Geen2', '12'])('%j is a number', (value) => {
    expect(isPlaceholderNumber(value)).toBe(false);
  });

  it.each(['BE0000000000', 'NL 000.000.000 B00', 'BE'.padEnd(12, '0')])('%j is no VAT number', (value) => {
    expect(isPlaceholderVatNumber(value)).toBe(true);
  });

  it('are all texts without a letter or digit', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[-\s./_?!%*#&()]*$/), (value) =>
        expect(isPlaceholderNumber(value)).toBe(true),
      ),
    );
  });
});

describe('comparing serial numbers (R-K7)', () => {
  it('ignores spacing and case', () => {
    expect(serialNumberKey('SN 12/3')).toBe('sn123');
    expect(serialNumberKey('sn-123')).toBe('sn123');
    expect(serialNumberKey(undefined)).toBeUndefined();
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareVatNumbers, vatNumberKey, vatNumberSpellings } from './index.ts';

const belgian = { country: 'BE' };

describe('comparing VAT numbers (R-K7)', () => {
  it.each([
    ['BE 0111.222.333', {}, 'BE0111222333', {}, 'same'],
    ['BE 0111.222.333', {}, '0111222333', belgian, 'same'],
    ['111222333', belgian, 'BE0111222333', {}, 'same'],
    ['BTW BE 0111.222.333', {}, 'TVA: BE0111222333', {}, 'same'],
    ['0111222333', { postalCode: 'B-9000' }, 'be0111222333', {}, 'same'],
    ['nl-123456789-b01', {}, 'NL123456789B01', {}, 'same'],
    ['CHE-123.456.789 MWST', {}, 'CHE123456789', {}, 'same'],
    ['FRAB123456789', {}, 'FR AB 123 456 789', {}, 'same'],
    ['EL123456789', {}, '123456789', { country: 'Greece' }, 'same'],
    ['BE0111222333', {}, 'BE0111222334', {}, 'different'],
    ['BE0111222333', {}, 'NL0111222333', {}, 'different'],
    ['0111222333', {}, '0111222334', {}, 'different'],
    ['0111222333', {}, 'BE0111222333', {}, 'unknown'],
    ['-', belgian, '/', belgian, 'unknown'],
    ['n/a', belgian, 'BE0111222333', belgian, 'unknown'],
    ['', belgian, 'BE0000000000', belgian, 'unknown'],
  ] as const)('%s %j and %s %j: %4$s', (one, its, other, theirs, verdict) => {
    const [left, right] = [
      { vatNumber: one, address: its },
      { vatNumber: other, address: theirs },
    ];
    expect([compareVatNumbers(left, right), compareVatNumbers(right, left)]).toStrictEqual([
      verdict,
      verdict,
    ]);
  });

  it('equal numbers have one key', () => {
    const number = fc.stringMatching(/^(?:BE|NL|)0?[1-9]{3}\.?[0-9]{3} ?[0-9]{3}$/);
    const holder = fc.record({ vatNumber: number, address: fc.constantFrom(belgian, { country: 'NL' }, {}) });
    fc.assert(
      fc.property(holder, holder, (one, other) => {
        const same = compareVatNumbers(one, other) === 'same';
        if (same) expect(vatNumberKey(one.vatNumber)).toBe(vatNumberKey(other.vatNumber));
      }),
    );
  });
});

describe('the spellings of a VAT number without spaces (R-K7)', () => {
  it.each([
    ['BE 0111.222.333', {}, ['111222333', '0111222333', 'be111222333', 'be0111222333']],
    ['0111.222.333', belgian, ['111222333', '0111222333', 'be111222333', 'be0111222333']],
    ['111222333', {}, ['111222333', '0111222333']],
    ['NL001234567B01', {}, ['1234567b01', '01234567b01', 'nl1234567b01', 'nl01234567b01', 'nl001234567b01']],
    ['n/a', belgian, []],
    [undefined, belgian, []],
  ])('%j at %j', (vatNumber, address, spellings) => {
    expect(vatNumberSpellings({ ...(vatNumber && { vatNumber }), address })).toStrictEqual(spellings);
  });
});

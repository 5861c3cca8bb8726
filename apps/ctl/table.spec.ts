import { describe, expect, it } from '@jest/globals';
import { record, table } from './table.ts';

describe('a table', () => {
  it('has headings, columns, and numbers to the right', () => {
    const rows = [
      ['shares', 12_345, undefined],
      ['inbox', 7, 'behind'],
    ];
    expect(table(['view', 'lag', 'state'], rows).split('\n')).toEqual([
      'VIEW       LAG  STATE',
      'shares  12,345  -',
      'inbox        7  behind',
    ]);
  });

  it('escapes control characters in names', () => {
    expect(table(['name'], [['\u001b[2J\u202eevil\n']])).toBe('NAME\n\u{FFFD}[2J\u{FFFD}evil\u{FFFD}');
  });
});

it('a record has a line for each field', () => {
  expect(record({ state: 'live', position: 1_200 })).toBe('state     live\nposition  1,200');
});

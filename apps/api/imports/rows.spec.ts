import { describe, expect, it } from '@jest/globals';
import { cellsOf, checkRow } from './rows.ts';

const REQUIRED = {
  customer_name: 'Ice Works',
  location_name: 'Cold store',
  location_street: 'Quay 1',
  location_city: 'Antwerp',
  reference: 'CS-1',
};

function check(fields: Readonly<Record<string, unknown>>) {
  return checkRow({ row: 7, fields: { ...REQUIRED, ...fields }, cells: [] });
}

function faults(fields: Readonly<Record<string, unknown>>) {
  const checked = check(fields);
  return 'errors' in checked ? checked.errors.map(({ row, column, code }) => `${row} ${column} ${code}`) : [];
}

describe('a row of a catalogue file', () => {
  it('needs no more than its required columns', () => {
    expect(check({})).toEqual({
      row: {
        row: 7,
        customer: { name: 'Ice Works' },
        location: { name: 'Cold store', address: { street: 'Quay 1', city: 'Antwerp' } },
        reference: 'CS-1',
        properties: {},
      },
    });
  });

  it('is an installation with where it stands', () => {
    const checked = check({
      ...{ customer_number: '42', vat_number: 'BE1', customer_street: 'Main 1', customer_city: 'Ghent' },
      ...{ customer_postal_code: '9000', country: 'BE', location_postal_code: '2000', building: 'Hall' },
      ...{ customer_reference: 'X9', serial_number: 'S1', brand: 'B', model: 'M', type: 'heat-pump' },
      ...{ refrigerant: 'R-32', charge_kg: ' 1.5 ', capacity_kw: '12', hermetically_sealed: 'Yes' },
      commissioned_on: '2020-02-29',
    });
    expect(checked).toEqual({
      row: {
        row: 7,
        customer: {
          name: 'Ice Works',
          vatNumber: 'BE1',
          customerNumber: '42',
          address: { street: 'Main 1', postalCode: '9000', city: 'Ghent', country: 'BE' },
        },
        location: {
          name: 'Cold store',
          address: { street: 'Quay 1', postalCode: '2000', city: 'Antwerp', country: 'BE' },
        },
        building: 'Hall',
        reference: 'CS-1',
        customerReference: 'X9',
        properties: {
          ...{ serialNumber: 'S1', brand: 'B', model: 'M', type: 'heat-pump', refrigerant: 'R-32' },
          ...{ chargeKg: 1.5, capacityKw: 12, hermeticallySealed: true, commissionedOn: '2020-02-29' },
        },
      },
    });
  });

  it.each([
    [{ reference: '  ' }, ['7 reference required']],
    [{ reference: undefined, customer_name: null }, ['7 customer_name required', '7 reference required']],
    [{ charge_kg: '1,5' }, ['7 charge_kg wrong-type']],
    [{ charge_kg: '-1' }, ['7 charge_kg too-small']],
    [{ charge_kg: true }, ['7 charge_kg wrong-type']],
    [{ type: 'fridge' }, ['7 type not-one-of']],
    [{ hermetically_sealed: 'maybe' }, ['7 hermetically_sealed wrong-type']],
    [{ commissioned_on: '2021-02-29' }, ['7 commissioned_on not-a-date']],
    [{ brand: 'x'.repeat(101) }, ['7 brand too-long']],
    [{ colour: 'red' }, ['7 colour unknown-field']],
    [{ customer_street: 'Main 1' }, ['7 customer_city required']],
    [{ customer_postal_code: '9000' }, ['7 customer_street required', '7 customer_city required']],
  ])('is refused column by column: %j', (fields, expected) => {
    expect(faults(fields)).toEqual(expected);
  });

  it('may have a comma in its numbers where its file has semicolons', () => {
    const decimal = (charge_kg: string, decimalComma: boolean) => {
      const checked = checkRow({ row: 7, fields: { ...REQUIRED, charge_kg }, cells: [], decimalComma });
      return 'row' in checked ? checked.row.properties.chargeKg : checked.errors.map(({ detail }) => detail);
    };
    expect(decimal('1,5', true)).toBe(1.5);
    expect(decimal('1.5', true)).toBe(1.5);
    expect(decimal('1.500,5', true)).toEqual(['charge_kg must be a number.']);
    expect(decimal('1,5', false)).toEqual([
      'charge_kg must be a number. Write a decimal point: a decimal comma is accepted only in files whose fields are separated by semicolons.',
    ]);
  });

  it.each([',', ';'] as const)('says the same in cells between %s', (separator) => {
    const fields = {
      ...REQUIRED,
      ...{ customer_number: '42', vat_number: 'BE1', customer_street: 'Main 1', customer_city: 'Ghent' },
      ...{
        country: 'BE',
        building: 'Hall',
        customer_reference: 'X9',
        serial_number: 'S1',
        type: 'heat-pump',
      },
      ...{
        charge_kg: separator === ';' ? '1,5' : '1.5',
        hermetically_sealed: 'true',
        commissioned_on: '2020-02-29',
      },
    };
    const columns = Object.keys(fields);
    const checked = checkRow({ row: 7, fields, cells: [], decimalComma: separator === ';' });
    const cells = 'row' in checked ? cellsOf(checked.row, { columns, separator }) : [];
    expect(cells).toEqual(Object.values(fields));
  });

  it('that could not be read is refused as that', () => {
    const error = { row: 7, column: '', code: 'malformed-json', detail: 'The line is not a JSON object.' };
    expect(checkRow({ row: 7, fields: {}, cells: [], error })).toEqual({ errors: [error] });
  });
});

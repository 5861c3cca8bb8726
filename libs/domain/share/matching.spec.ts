import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Address, CustomerDetails, LocationDetails } from '#domain/catalogue';
import {
  amongRivals,
  areTwoCustomers,
  areTwoMachines,
  type CustomerOutcome,
  LINKING_SCORE,
  matchCustomer,
  matchInstallation,
  matchLocation,
  type OwnCustomer,
  type OwnInstallation,
  type OwnLocation,
  type PackagedCustomer,
} from './index.ts';

const quay: Address = { street: 'Kaai 1', postalCode: '9000', city: 'Gent', country: 'BE' };
const lane: Address = { street: 'Laan 2', postalCode: '8000', city: 'Brugge', country: 'BE' };
const copy = { copiedFrom: { shareId: 's', id: 'theirs' } };

/** What a match comes to: the one that is linked, or suggested where it is created. */
function outcome(
  match: { found: { id?: string; installationId?: string }; score: number; reason: string } | undefined,
) {
  if (match === undefined) return 'create';
  const id = match.found.id ?? match.found.installationId;
  return `${match.score >= LINKING_SCORE ? 'link' : 'create, perhaps'} ${id} by ${match.reason}`;
}

describe('R-P5: whether a customer of the package is one of the account’s own', () => {
  const theirs: PackagedCustomer = {
    id: 'theirs',
    name: 'Bakkerij Maes BV',
    vatNumber: 'BE 0111.222.333',
    address: quay,
  };
  const own = (id: string, details: Partial<CustomerDetails>, more = {}): OwnCustomer => ({
    id,
    details: { name: 'Other', address: lane, ...details },
    ...more,
  });
  const match = (source: Partial<PackagedCustomer>, ...candidates: OwnCustomer[]) =>
    outcome(matchCustomer({ ...theirs, ...source }, candidates));

  it.each([
    ['its copy', {}, own('k', {}, copy), 'link k by copied-before'],
    ['its VAT number', {}, own('k', { vatNumber: 'BE0111222333' }), 'link k by vat-number'],
    [
      'its VAT number without the country, in Belgium',
      { vatNumber: '0111222333' },
      own('k', { vatNumber: 'BE 0111.222.333', name: 'Bakkerij Maes', address: quay }),
      'link k by vat-number',
    ],
    [
      'its name and address',
      {},
      own('k', { name: 'BAKKERIJ MAES', address: quay }),
      'link k by name-and-address',
    ],
    [
      'its name, a letter off, and address',
      {},
      own('k', { name: 'Bakkerij Mae', address: { ...quay, street: 'Kaai, 1' } }),
      'link k by similar-name-and-address',
    ],
    ['its name elsewhere', {}, own('k', { name: 'Bakkerij Maes' }), 'create, perhaps k by name'],
    ['a similar name elsewhere', {}, own('k', { name: 'Bakkerij Mae' }), 'create'],
    ['its address alone', {}, own('k', { address: quay }), 'create, perhaps k by address'],
    ['nothing', {}, own('k', {}), 'create'],
    [
      'another VAT number, whatever else',
      {},
      own('k', { ...theirs, vatNumber: 'BE0111222334' }, copy),
      'create',
    ],
    ['a VAT number that is none, as its own', { vatNumber: '-' }, own('k', { vatNumber: '/' }), 'create'],
    [
      'a name that is none',
      { name: '-', vatNumber: undefined },
      own('k', { name: '/', address: quay }),
      'create, perhaps k by address',
    ],
    [
      'its name at an address that is none',
      { address: { street: '-', city: 'Gent' } },
      own('k', { name: 'Bakkerij Maes', address: { street: '-', city: 'Gent' } }),
      'create, perhaps k by name',
    ],
  ])('%s', (_, source, candidate, expected) => {
    expect(match(source, candidate, own('another', {}))).toBe(expected);
  });

  it('prefers the likeliest, and of equals always the same', () => {
    const named = { name: 'Bakkerij Maes', address: quay };
    expect(match({}, own('b', named), own('a', named), own('c', { name: 'Bakkerij Maes' }))).toBe(
      'link a by name-and-address',
    );
    expect(match({}, own('a', named), own('b', { vatNumber: 'BE0111222333' }))).toBe('link b by vat-number');
  });

  it('links to none where it may as well be another', () => {
    const source = { vatNumber: undefined };
    const one = own('a', { name: 'Bakkerij Maes', address: quay, vatNumber: 'BE0111222333' });
    expect(match(source, one, own('b', { ...one.details, vatNumber: 'BE0111222334' }))).toBe(
      'create, perhaps a by name-and-address',
    );
    expect(
      match(
        source,
        own('a', { name: 'Bakkerij Mae', address: quay }),
        own('b', { name: 'Bakkerij Mas', address: quay }),
      ),
    ).toBe('create, perhaps a by similar-name-and-address');
  });

  it('never links two VAT numbers that differ, and always a customer to itself', () => {
    const details = fc.record(
      {
        name: fc.constantFrom('Maes', 'MAES BV', 'Bakkerij Maes', 'Bakkerij Mae', '-'),
        address: fc.constantFrom(quay, lane, { street: '-', city: 'Gent' }),
        vatNumber: fc.constantFrom('BE0111222333', '0111222333', 'BE0111222334', 'n/a'),
      },
      { requiredKeys: ['name', 'address'] },
    );
    fc.assert(
      fc.property(details, details, (source, mine) => {
        const found = match({ vatNumber: undefined, ...source }, own('k', mine));
        const numbers = [source, mine].map(({ vatNumber = '' }) =>
          vatNumber.replace(/\D/g, '').replace(/^0+/, ''),
        );
        if (numbers[0] !== '' && numbers[1] !== '' && numbers[0] !== numbers[1]) expect(found).toBe('create');
      }),
    );
    fc.assert(
      fc.property(details, (mine) => {
        if (mine.name !== '-' && mine.address.street !== '-') {
          expect(match({ vatNumber: undefined, ...mine }, own('k', mine))).toMatch(/^link k /);
        }
      }),
    );
  });
});

describe('R-P5: whether a location of the package is one of the account’s own', () => {
  const theirs = { id: 'theirs', name: 'Magazijn', address: quay };
  const own = (id: string, details: Partial<LocationDetails>, more = {}): OwnLocation => ({
    id,
    customerId: 'k',
    details: { name: 'Other', address: lane, ...details },
    ...more,
  });
  const match = (customer: CustomerOutcome, ...candidates: OwnLocation[]) =>
    outcome(matchLocation(theirs, candidates, customer));
  const linked = { kind: 'own', customerId: 'k' } as const;
  const stranger = { customerId: 'stranger' };

  it.each([
    ['its copy', own('l', {}, copy), 'link l by copied-before'],
    ['its name and address', own('l', { name: 'magazijn', address: quay }), 'link l by name-and-address'],
    [
      'its name with the town',
      own('l', { name: 'Magazijn Gent', address: quay }),
      'link l by name-and-address',
    ],
    ['its address, whatever it is called', own('l', { address: quay }), 'link l by address'],
    ['its name elsewhere', own('l', { name: 'Magazijn' }), 'create, perhaps l by name'],
    [
      'a copy under another customer',
      own('l', {}, { ...copy, ...stranger }),
      'create, perhaps l by copied-before',
    ],
    [
      'its name and address under another',
      own('l', { ...theirs }, stranger),
      'create, perhaps l by name-and-address',
    ],
  ])('under a customer that is linked: %s', (_, candidate, expected) => {
    expect(match(linked, candidate, own('another', {}))).toBe(expected);
  });

  it('under a customer that is linked: of two at its address the one of its name, or none', () => {
    const [north, south] = [
      own('n', { name: 'North', address: quay }),
      own('s', { name: 'South', address: quay }),
    ];
    expect(match(linked, north, south)).toBe('create, perhaps n by address');
    expect(match(linked, north, south, own('m', { name: 'Magazijn', address: quay }))).toBe(
      'link m by name-and-address',
    );
  });

  it('is created where its customer is created', () => {
    const created = { kind: 'created' } as const;
    expect(match(created, own('l', { ...theirs }))).toBe('create, perhaps l by name-and-address');
    expect(match(created, own('l', { address: quay }))).toBe('create, perhaps l by address');
    expect(match(created, own('l', {}, copy))).toBe('create, perhaps l by copied-before');
  });

  it('where no customer is known, is the only one at its address, if the name fits', () => {
    const unknown = { kind: 'unknown' } as const;
    const there = own('l', { name: 'MAGAZIJN Gent', address: quay });
    expect(match(unknown, there, own('another', {}))).toBe('link l by name-and-address');
    expect(match(unknown, there, own('m', { address: quay }, stranger))).toBe(
      'create, perhaps l by name-and-address',
    );
    expect(match(unknown, own('l', { name: 'Kantoor', address: quay }))).toBe('create, perhaps l by address');
    expect(match(unknown, own('l', { name: 'Magazijn' }))).toBe('create');
    expect(match(unknown, own('l', {}, copy))).toBe('link l by copied-before');
  });
});

describe('R-P5: whether an installation of the package is one of the account’s own', () => {
  const own = (installationId: string, properties: OwnInstallation['properties']): OwnInstallation => ({
    installationId,
    properties,
  });
  const match = (properties: OwnInstallation['properties'], ...candidates: OwnInstallation[]) =>
    outcome(matchInstallation({ installationId: 'i', properties }, candidates));

  it.each([
    ['itself', {}, own('i', {}), 'link i by token'],
    [
      'an equal serial number',
      { serialNumber: 'SN 12-3' },
      own('j', { serialNumber: 'sn123' }),
      'link j by serial-number',
    ],
    [
      'an equal serial number of one brand',
      { serialNumber: '1001', brand: 'Mitsubishi' },
      own('j', { serialNumber: '1001', brand: 'MITSUBISHI Electric' }),
      'link j by serial-number',
    ],
    [
      'an equal serial number of one brand, written in full by the other',
      { serialNumber: '1001', brand: 'Mitsubishi Electric' },
      own('j', { serialNumber: '1001', brand: 'Mitsubishi' }),
      'link j by serial-number',
    ],
    [
      'an equal serial number of an unknown brand',
      { serialNumber: '1001', brand: 'Daikin' },
      own('j', { serialNumber: '1001', brand: 'n/a' }),
      'link j by serial-number',
    ],
    [
      'an equal serial number of another brand',
      { serialNumber: '1001', brand: 'Daikin' },
      own('j', { serialNumber: '1001', brand: 'Carrier' }),
      'create',
    ],
    [
      'an equal serial number of another brand of that house',
      { serialNumber: '1001', brand: 'Mitsubishi Heavy' },
      own('j', { serialNumber: '1001', brand: 'Mitsubishi Electric' }),
      'create',
    ],
    ['serial numbers that are none', { serialNumber: 'n/a' }, own('j', { serialNumber: 'n/a' }), 'create'],
    ['another serial number', { serialNumber: '1001' }, own('j', { serialNumber: '1002' }), 'create'],
    ['no serial number', {}, own('j', {}), 'create'],
  ])('%s', (_, properties, candidate, expected) => {
    expect(match(properties, candidate)).toBe(expected);
  });

  it('prefers the one of its brand, and of equals always the same', () => {
    const serialNumber = '1001';
    expect(
      match(
        { serialNumber, brand: 'Trane' },
        own('a', { serialNumber }),
        own('b', { serialNumber, brand: 'Trane' }),
      ),
    ).toBe('link b by serial-number');
    expect(match({ serialNumber }, own('b', { serialNumber }), own('a', { serialNumber }))).toBe(
      'link a by serial-number',
    );
  });
});

describe('R-P5: how likely a match is', () => {
  const bakery = { id: 'theirs', name: 'Bakkerij Maes', vatNumber: 'BE0111222333', address: quay };
  const customer = (details: Partial<CustomerDetails>, more = {}) =>
    matchCustomer(bakery, [{ id: 'k', details: { name: 'Other', address: lane, ...details }, ...more }])
      ?.score;
  const store = { id: 'theirs', name: 'Magazijn', address: quay };
  const location = (details: Partial<LocationDetails>, more = {}) => {
    const own = { id: 'l', customerId: 'k', details: { name: 'Other', address: lane, ...details }, ...more };
    return matchLocation(store, [own], { kind: 'own', customerId: 'k' })?.score;
  };
  const machine = (id: string, brand?: string) =>
    matchInstallation({ installationId: 'i', properties: { serialNumber: '1001', brand: 'Daikin' } }, [
      { installationId: id, properties: { serialNumber: '1001', brand } },
    ])?.score;

  it.each([
    ['a customer copied before', customer({}, copy), 1],
    ['a VAT number, with name and address', customer({ ...bakery }), 0.99],
    ['a VAT number, with the name alone', customer({ name: bakery.name, vatNumber: bakery.vatNumber }), 0.98],
    ['a VAT number, with the address alone', customer({ address: quay, vatNumber: bakery.vatNumber }), 0.98],
    ['a customer’s name and address', customer({ name: bakery.name, address: quay }), 0.95],
    ['a name a letter off, and address', customer({ name: 'Bakkerij Mae', address: quay }), 0.85],
    ['a customer’s name', customer({ name: bakery.name }), 0.6],
    ['a customer’s address', customer({ address: quay }), 0.4],
    ['a location copied before', location({}, copy), 1],
    ['a location’s name and address', location({ ...store }), 0.97],
    ['a location’s address', location({ address: quay }), 0.9],
    ['a location’s name', location({ name: store.name }), 0.5],
    [
      'the one location at its address, where no customer is known',
      matchLocation(store, [{ id: 'l', customerId: 'k', details: { ...store } }], { kind: 'unknown' })?.score,
      0.9,
    ],
    ['the very installation', machine('i'), 1],
    ['a serial number of one brand', machine('j', 'Daikin'), 0.95],
    ['a serial number', machine('j'), 0.9],
  ])('%s', (_, score, expected) => {
    expect(score).toBe(expected);
  });
});

describe('R-P5: what of a package can be linked to one of the account’s own, where several match it', () => {
  it.each([
    ['nothing else does', [], 0.9],
    ['it is the likelier', [0.85], 0.9],
    ['another is as likely', [0.9], 0.7],
    ['another is likelier', [0.4, 0.95], 0.7],
  ])('%s', (_, claims, score) => {
    const match = { found: 'k', score: 0.9, reason: 'name-and-address' } as const;
    expect(amongRivals(match, claims)).toEqual({ ...match, score });
  });

  it('are certainly two: customers of two VAT numbers, machines of two brands', () => {
    const customer = (vatNumber?: string) => ({ id: 'theirs', name: 'Maes', vatNumber, address: quay });
    expect(areTwoCustomers(customer('BE 0111.222.333'), customer('BE0444555666'))).toBe(true);
    expect(areTwoCustomers(customer('BE 0111.222.333'), customer('0111222333'))).toBe(false);
    expect(areTwoCustomers(customer('BE 0111.222.333'), customer())).toBe(false);
    const machine = (brand?: string) => ({
      installationId: 'i',
      token: 't',
      reference: 'AC-01',
      properties: { serialNumber: '1001', brand },
    });
    expect(areTwoMachines(machine('Daikin'), machine('Carrier'))).toBe(true);
    expect(areTwoMachines(machine('Mitsubishi'), machine('Mitsubishi Electric'))).toBe(false);
    expect(areTwoMachines(machine('Daikin'), machine())).toBe(false);
  });
});

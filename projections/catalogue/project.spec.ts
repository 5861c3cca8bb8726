import { describe, expect, it } from '@jest/globals';
import { streetKey } from '#domain/catalogue';
import { recorder, Views } from '../testing.ts';
import { buildings, catalogueProjection, customers, locations } from './index.ts';

const address = { street: 'Dorpsstraat 12', postalCode: '1234 AB', city: 'Ede' };

function catalogue() {
  const record = recorder();
  const customer = record('customer-k1', {
    type: 'CustomerAdded',
    data: {
      customerId: 'k1',
      account: 'a',
      details: {
        name: 'Bakkerij De Korenaar B.V.',
        address,
        vatNumber: 'NL 0012.34.567 B01',
        customerNumber: '77',
      },
    },
  });
  const location = record('location-l1', {
    type: 'LocationAdded',
    data: {
      locationId: 'l1',
      account: 'a',
      customerId: 'k1',
      details: { name: 'Filiaal Ede', address },
      copiedFrom: { shareId: 's', id: 'theirs' },
    },
  });
  const building = record('building-b1', {
    type: 'BuildingAdded',
    data: { buildingId: 'b1', account: 'a', locationId: 'l1', customerId: 'k1', details: { name: 'Hal 2' } },
  });
  return { record, customer, location, building };
}

describe('the catalogue view', () => {
  it('keeps each entry with where it belongs and what it was copied from (R-T4)', () => {
    const { customer, location, building } = catalogue();
    const views = new Views(catalogueProjection).apply(customer, location, building);
    expect(views.get(customers, 'k1')).toStrictEqual({
      id: 'k1',
      account: 'a',
      details: customer.data.details,
      revision: customer.revision,
    });
    expect(views.get(locations, 'l1')).toStrictEqual({
      id: 'l1',
      account: 'a',
      customerId: 'k1',
      details: location.data.details,
      copiedFrom: { shareId: 's', id: 'theirs' },
      revision: location.revision,
    });
    expect(views.get(buildings, 'b1')).toStrictEqual({
      id: 'b1',
      account: 'a',
      locationId: 'l1',
      customerId: 'k1',
      details: { name: 'Hal 2' },
      revision: building.revision,
    });
  });

  it('applies changes, and removes cleared fields', () => {
    const { record, customer, location, building } = catalogue();
    const views = new Views(catalogueProjection).apply(
      customer,
      location,
      building,
      record('customer-k1', {
        type: 'CustomerChanged',
        data: { customerId: 'k1', account: 'a', changes: { name: 'De Korenaar', vatNumber: null } },
      }),
      record('location-l1', {
        type: 'LocationChanged',
        data: { locationId: 'l1', account: 'a', changes: { region: 'EU' } },
      }),
      record('building-b1', {
        type: 'BuildingChanged',
        data: { buildingId: 'b1', account: 'a', changes: { name: 'Hal 3' } },
      }),
    );
    expect(views.get(customers, 'k1')).toMatchObject({
      details: { name: 'De Korenaar', address, customerNumber: '77' },
      revision: 1,
    });
    expect(views.get(customers, 'k1')?.details).not.toHaveProperty('vatNumber');
    expect(views.get(locations, 'l1')?.details).toStrictEqual({ name: 'Filiaal Ede', address, region: 'EU' });
    expect(views.get(buildings, 'b1')?.details).toStrictEqual({ name: 'Hal 3' });
  });

  it('finds what is alike, however it is written (R-P5)', () => {
    const { customer, location, building } = catalogue();
    const views = new Views(catalogueProjection).apply(customer, location, building);
    const street = streetKey('DORPSSTR.  12');
    expect(views.find(customers, 'by-customer-number', ['a', '77'])).toStrictEqual(['k1']);
    expect(views.find(customers, 'by-vat-key', ['a', '1234567B01'])).toStrictEqual(['k1']);
    expect(views.find(customers, 'by-company', ['a', 'bakkerij de korenaar'])).toStrictEqual(['k1']);
    expect(views.find(customers, 'by-postal-address', ['a', street, '1234ab'])).toStrictEqual(['k1']);
    expect(views.find(customers, 'by-town-address', ['a', street, 'ede'])).toStrictEqual(['k1']);
    expect(views.find(locations, 'by-postal-address', ['a', street, '1234ab'])).toStrictEqual(['l1']);
    expect(views.find(locations, 'by-town-address', ['a', street, 'ede'])).toStrictEqual(['l1']);
    expect(views.find(locations, 'by-street', ['a', 'k1', street])).toStrictEqual(['l1']);
    expect(views.find(buildings, 'by-label', ['a', 'l1', 'hal2'])).toStrictEqual(['b1']);
    expect(views.find(locations, 'by-copy-source', ['a', 'theirs'])).toStrictEqual(['l1']);
  });

  it('lists by name within an account, a customer, a location, and nobody sees another account', () => {
    const { record, customer, location, building } = catalogue();
    const second = record('location-l2', {
      type: 'LocationAdded',
      data: { locationId: 'l2', account: 'a', customerId: 'k1', details: { name: 'depot', address } },
    });
    const theirs = record('location-l3', {
      type: 'LocationAdded',
      data: { locationId: 'l3', account: 'b', customerId: 'k9', details: { name: 'Depot', address } },
    });
    const views = new Views(catalogueProjection).apply(customer, location, building, second, theirs);
    expect(views.find(locations, 'by-name', ['a'])).toStrictEqual(['l2', 'l1']);
    expect(views.find(locations, 'by-customer', ['a', 'k1'])).toStrictEqual(['l2', 'l1']);
    expect(views.find(buildings, 'by-location', ['a', 'l1'])).toStrictEqual(['b1']);
    expect(views.find(buildings, 'by-location', ['b', 'l1'])).toStrictEqual([]);
  });

  it('is searched by names, numbers and address', () => {
    const { customer } = catalogue();
    const views = new Views(catalogueProjection).apply(customer);
    const { scope, words } = customers.text?.(views.all(customers)[0] as never) ?? {};
    expect(scope).toBe('a');
    expect(words).toEqual(
      expect.arrayContaining(
        'bakkerij de korenaar bv 77 nl001234567b01 567b01 dorpsstraat 12 1234 ab ede'.split(' '),
      ),
    );
  });

  it('stays as it is when events are delivered again, and ignores unknown entries and other events', () => {
    const { record, customer } = catalogue();
    const changed = record('customer-k1', {
      type: 'CustomerChanged',
      data: { customerId: 'k1', account: 'a', changes: { name: 'Other' } },
    });
    const views = new Views(catalogueProjection).apply(customer, changed);
    const before = views.get(customers, 'k1');
    expect(views.apply(customer, changed).get(customers, 'k1')).toBe(before);

    expect(new Views(catalogueProjection).apply(changed).all(customers)).toStrictEqual([]);
    const cancelled = record('connection-c', { type: 'ConnectionCancelled', data: { connectionId: 'c' } });
    expect(catalogueProjection.project(cancelled)).toStrictEqual([]);
  });
});

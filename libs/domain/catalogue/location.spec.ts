import { describe, expect, it } from '@jest/globals';
import { type Changes, fold } from '#domain/kernel';
import { commandsOf, scenario } from '#domain/kernel/testing';
import type { CustomerState, LocationCommand, LocationDetails, LocationEvent } from './index.ts';
import { customer, location } from './index.ts';

const ask = commandsOf<LocationCommand>();
const address = { street: 'Markt 5', city: 'Gent' };
const details = { name: 'Oven', address, region: 'BE-VLG' };
const customerOf = (account: string, customerId = 'k1'): { customer: CustomerState } => ({
  customer: fold(customer, customer.initial, [
    { type: 'CustomerAdded', data: { customerId, account, details: { name: 'Maes', address } } },
  ]),
});
const add = ask('frost', 'AddLocation', { locationId: 'l1', customerId: 'k1', ...details });
const added: LocationEvent = {
  type: 'LocationAdded',
  data: { locationId: 'l1', account: 'frost', customerId: 'k1', details },
};
const change = (account: string, changes: Changes<LocationDetails> & { customerId?: string }) =>
  ask(account, 'ChangeLocation', { locationId: 'l1', ...changes });
const changed = (changes: Changes<LocationDetails>): LocationEvent => ({
  type: 'LocationChanged',
  data: { locationId: 'l1', account: 'frost', changes },
});
const given = scenario(location).given;

describe('adding a location', () => {
  it('records it under a customer of the account', () => {
    given().when(add, customerOf('frost')).then(added);
  });

  it('R-T4 records the share a copy was taken from', () => {
    const copiedFrom = { shareId: 's1', id: 'l9' };
    const copy = ask('frost', 'AddLocation', { ...add.data, copiedFrom });
    const copied = { ...added, data: { ...added.data, copiedFrom } } as LocationEvent;
    given().when(copy, customerOf('frost')).then(copied);
  });

  it('changes nothing the second time', () => {
    given(added).when(add, customerOf('frost')).thenNothing();
  });

  it.each<[string, { customer: CustomerState } | undefined]>([
    ['of another account', customerOf('rime')],
    ['that does not exist', { customer: customer.initial }],
    ['other than the one named', customerOf('frost', 'k2')],
    ['that nobody looked up', undefined],
  ])('R-P2 refuses a customer %s', (_, facts) => {
    given().when(add, facts).thenRefused('impossible', 'customer-not-found');
  });

  it('refuses an id in use, alike for its owner and for a stranger', () => {
    const other = ask('frost', 'AddLocation', { ...add.data, name: 'Shop' });
    const stranger = ask('rime', 'AddLocation', add.data);
    given(added).when(other, customerOf('frost')).thenRefused('conflict', 'id-in-use');
    given(added).when(stranger, customerOf('rime')).thenRefused('conflict', 'id-in-use');
  });
});

describe('changing a location', () => {
  it('records only what changes', () => {
    given(added)
      .when(change('frost', { name: 'Bakery', region: 'BE-VLG' }))
      .then(changed({ name: 'Bakery' }));
  });

  it('clears a region', () => {
    given(added)
      .when(change('frost', { region: null }))
      .then(changed({ region: null }));
  });

  it('changes nothing the second time', () => {
    given(added, changed({ region: null }))
      .when(change('frost', { region: null }))
      .thenNothing();
  });

  it('accepts its own customer and refuses to move to another: a location never moves', () => {
    given(added)
      .when(change('frost', { customerId: 'k1', name: 'Bakery' }))
      .then(changed({ name: 'Bakery' }));
    given(added)
      .when(change('frost', { customerId: 'k2', name: 'Bakery' }))
      .thenRefused('conflict', 'location-never-moves');
  });

  it('R-G2 refuses the location of another account, which learns nothing', () => {
    given(added)
      .when(change('rime', { name: 'Bakery' }))
      .thenRefused('not-found', 'not-found');
    given(added)
      .when(change('rime', { customerId: 'k2' }))
      .thenRefused('not-found', 'not-found');
    given()
      .when(change('frost', { name: 'Bakery' }))
      .thenRefused('not-found', 'not-found');
  });

  it('cannot precede the addition', () => {
    expect(() => location.evolve(location.initial, changed({ name: 'Bakery' }))).toThrow('cannot follow');
  });
});

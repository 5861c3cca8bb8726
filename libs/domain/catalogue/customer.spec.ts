import { describe, expect, it } from '@jest/globals';
import { type Changes, fold, hasRole, type Role } from '#domain/kernel';
import { commandsOf, scenario } from '#domain/kernel/testing';
import type { CustomerCommand, CustomerDetails, CustomerEvent } from './index.ts';
import { customer, customerRoles, isKeptBy } from './index.ts';

const ask = commandsOf<CustomerCommand>();
const address = { street: 'Kaai 1', postalCode: '9000', city: 'Gent' };
const details = { name: 'Bakkerij Maes', address, vatNumber: 'BE0123456789', labels: ['gold'] };
const add = ask('frost', 'AddCustomer', { customerId: 'k1', ...details });
const added: CustomerEvent = { type: 'CustomerAdded', data: { customerId: 'k1', account: 'frost', details } };
const copiedFrom = { shareId: 's1', id: 'k9' };
const copied: CustomerEvent = {
  type: 'CustomerAdded',
  data: { customerId: 'k1', account: 'frost', details, copiedFrom },
};
const change = (account: string, changes: Changes<CustomerDetails>) =>
  ask(account, 'ChangeCustomer', { customerId: 'k1', ...changes });
const changed = (changes: Changes<CustomerDetails>): CustomerEvent => ({
  type: 'CustomerChanged',
  data: { customerId: 'k1', account: 'frost', changes },
});
const given = scenario(customer).given;

describe('adding a customer', () => {
  it('records it for the account that adds it', () => {
    given().when(add).then(added);
  });

  it('R-K5 does not store an invalid VAT number', () => {
    const { vatNumber: _, ...without } = details;
    given()
      .when(ask('frost', 'AddCustomer', { customerId: 'k1', ...details, vatNumber: 'n/a' }))
      .then({ type: 'CustomerAdded', data: { ...added.data, details: without } } as CustomerEvent);
  });

  it('R-T4 records the share a copy was taken from', () => {
    given()
      .when(ask('frost', 'AddCustomer', { customerId: 'k1', copiedFrom, ...details }))
      .then(copied);
  });

  it('changes nothing the second time', () => {
    given(added).when(add).thenNothing();
  });

  it('refuses an id in use, alike for its owner and for a stranger', () => {
    const other = ask('frost', 'AddCustomer', { customerId: 'k1', ...details, name: 'Slagerij Maes' });
    const stranger = ask('rime', 'AddCustomer', { customerId: 'k1', ...details });
    given(added).when(other).thenRefused('conflict', 'id-in-use');
    given(added).when(stranger).thenRefused('conflict', 'id-in-use');
  });
});

describe('changing a customer', () => {
  it('records only what changes', () => {
    given(added)
      .when(change('frost', { name: 'Bakkerij Maes', language: 'nl', vatNumber: null, contact: null }))
      .then(changed({ language: 'nl', vatNumber: null }));
  });

  it('changes nothing the second time', () => {
    given(added, changed({ vatNumber: null }))
      .when(change('frost', { vatNumber: null }))
      .thenNothing();
  });

  it('R-K5 clears the VAT number when given an invalid one', () => {
    given(added)
      .when(change('frost', { vatNumber: '-' }))
      .then(changed({ vatNumber: null }));
    given(added, changed({ vatNumber: null }))
      .when(change('frost', { vatNumber: '000' }))
      .thenNothing();
  });

  it('changes nothing when an address says the same in another order', () => {
    const same = { city: 'Gent', street: 'Kaai 1', postalCode: '9000' };
    given(added)
      .when(change('frost', { address: same }))
      .thenNothing();
  });

  it('R-T4 lets a copy be changed by its new owner', () => {
    given(copied)
      .when(change('frost', { name: 'Maes' }))
      .then(changed({ name: 'Maes' }));
  });

  it('R-G2 refuses the customer of another account, which learns nothing', () => {
    given(added)
      .when(change('rime', { name: 'Maes' }))
      .thenRefused('not-found', 'not-found');
    given()
      .when(change('frost', { name: 'Maes' }))
      .thenRefused('not-found', 'not-found');
  });
});

describe('keeping customers', () => {
  it('is for managers and administrators, not for technicians', () => {
    const roles: Role[] = ['technician', 'manager', 'administrator', 'service', 'system'];
    const allowed = roles.filter((role) => hasRole({ roles: [role] }, customerRoles.AddCustomer));
    expect(allowed).toEqual(['manager', 'administrator', 'service', 'system']);
  });

  it('is kept by the account that added it', () => {
    const state = fold(customer, customer.initial, [added]);
    expect(isKeptBy(state, 'frost')).toBe(true);
    expect(isKeptBy(state, 'rime')).toBe(false);
    expect(isKeptBy(customer.initial, 'frost')).toBe(false);
  });

  it('cannot precede the addition', () => {
    expect(() => customer.evolve(customer.initial, changed({ name: 'Maes' }))).toThrow('cannot follow');
  });
});

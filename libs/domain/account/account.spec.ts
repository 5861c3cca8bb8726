import { describe, expect, it } from '@jest/globals';
import { hasRole } from '#domain/kernel';
import { commandsOf, scenario } from '#domain/kernel/testing';
import type { AccountCommand, AccountEvent, CompanyDetails } from './index.ts';
import { account, accountRoles } from './index.ts';

const ask = commandsOf<AccountCommand>();
const company: CompanyDetails = {
  name: 'Frost & Co BV',
  vatNumber: 'BE0123456789',
  street: 'Kaai 1',
  postalCode: '9000',
  city: 'Gent',
  country: 'BE',
};
const frost = { accountId: 'frost', kind: 'service', name: 'Frost', company } as const;
const registered: AccountEvent = { type: 'AccountRegistered', data: frost };
const moved = { ...company, street: 'Kaai 2' };

describe('registering an account', () => {
  it('records the company', () => {
    scenario(account)
      .given()
      .when(ask('platform', 'RegisterAccount', frost))
      .then(registered);
  });

  it('changes nothing the second time, whatever the order of its fields', () => {
    const { company: details, ...rest } = frost;
    const again = ask('platform', 'RegisterAccount', { company: details, ...rest });
    scenario(account).given(registered).when(again).thenNothing();
  });

  it('refuses an id of another company', () => {
    const other = ask('platform', 'RegisterAccount', { ...frost, kind: 'connect' });
    scenario(account).given(registered).when(other).thenRefused('conflict', 'already-exists');
  });

  it('is for operators of the platform alone', () => {
    expect(hasRole({ roles: ['operator'] }, accountRoles.RegisterAccount)).toBe(true);
    expect(hasRole({ roles: ['administrator', 'service'] }, accountRoles.RegisterAccount)).toBe(false);
  });
});

describe('changing the details of an account', () => {
  const change = ask('frost', 'ChangeAccountDetails', { accountId: 'frost', company: moved });
  const changed: AccountEvent = {
    type: 'AccountDetailsChanged',
    data: { accountId: 'frost', name: 'Frost', company: moved },
  };

  it('records all details as they are after the change', () => {
    scenario(account).given(registered).when(change).then(changed);
  });

  it('changes nothing the second time', () => {
    scenario(account).given(registered, changed).when(change).thenNothing();
  });

  it('changes nothing when no detail is given', () => {
    const nothing = ask('frost', 'ChangeAccountDetails', { accountId: 'frost' });
    scenario(account).given(registered).when(nothing).thenNothing();
  });

  it('R-S10 shows another account nothing', () => {
    const stranger = ask('rime', 'ChangeAccountDetails', { accountId: 'frost', company: moved });
    scenario(account).given(registered).when(stranger).thenRefused('not-found', 'not-found');
    scenario(account).given().when(stranger).thenRefused('not-found', 'not-found');
  });
});

describe('the history of an account', () => {
  it('cannot begin with a change', () => {
    const changed: AccountEvent = {
      type: 'AccountDetailsChanged',
      data: { accountId: 'frost', name: 'Frost', company },
    };
    expect(() => account.evolve(account.initial, changed)).toThrow('AccountDetailsChanged cannot follow');
  });
});

import { describe, expect, it } from '@jest/globals';
import type { CompanyDetails } from '#domain/account';
import { recorder, Views } from '../testing.ts';
import { accounts, accountsProjection } from './index.ts';

const company: CompanyDetails = {
  name: 'Koelwerk BV',
  vatNumber: 'NL001234567B01',
  street: 'Havenstraat 1',
  postalCode: '3011 AA',
  city: 'Rotterdam',
  country: 'NL',
};

function koelwerk() {
  const record = recorder();
  const registered = record('account-a', {
    type: 'AccountRegistered',
    data: { accountId: 'a', kind: 'service', name: 'Koelwerk', company },
  });
  const changed = record('account-a', {
    type: 'AccountDetailsChanged',
    data: { accountId: 'a', name: 'Koelwerk Noord', company: { ...company, city: 'Groningen' } },
  });
  return { record, registered, changed };
}

describe('the accounts view', () => {
  it('shows kind, name and company of a registered account', () => {
    const { registered } = koelwerk();
    const views = new Views(accountsProjection).apply(registered);
    expect(views.all(accounts)).toStrictEqual([
      { id: 'a', kind: 'service', name: 'Koelwerk', company, revision: registered.revision },
    ]);
  });

  it('follows a change of details and keeps the kind', () => {
    const { registered, changed } = koelwerk();
    const views = new Views(accountsProjection).apply(registered, changed);
    expect(views.get(accounts, 'a')).toStrictEqual({
      id: 'a',
      kind: 'service',
      name: 'Koelwerk Noord',
      company: { ...company, city: 'Groningen' },
      revision: changed.revision,
    });
  });

  it('lists by name, ignoring case', () => {
    const { record, registered } = koelwerk();
    const other = record('account-b', {
      type: 'AccountRegistered',
      data: { accountId: 'b', kind: 'connect', name: 'airco & zn', company },
    });
    const views = new Views(accountsProjection).apply(registered, other);
    expect(views.find(accounts, 'by-name', [])).toStrictEqual(['b', 'a']);
  });

  it('stays as it is when events are delivered again, or late', () => {
    const { registered, changed } = koelwerk();
    const views = new Views(accountsProjection).apply(registered, changed);
    const before = views.get(accounts, 'a');
    expect(views.apply(registered, changed).get(accounts, 'a')).toBe(before);
  });

  it('ignores a change to an unknown account, and other events', () => {
    const { record, changed } = koelwerk();
    const cancelled = record('connection-c', { type: 'ConnectionCancelled', data: { connectionId: 'c' } });
    expect(new Views(accountsProjection).apply(changed).all(accounts)).toStrictEqual([]);
    expect(accountsProjection.project(cancelled)).toStrictEqual([]);
  });
});

// The directory of accounts: name, kind and company details, for everything that shows an account or decides about one.
import { defineProjection } from '../define.ts';
import { update, upsert } from '../reflecting.ts';
import { accounts } from './document.ts';

export const accountsProjection = defineProjection({
  name: 'accounts',
  version: 3,
  collections: [accounts],
  on: {
    AccountRegistered: (event) => {
      const { accountId, kind, name, company } = event.data;
      return [upsert(accounts, accountId, event, () => ({ id: accountId, kind, name, company }))];
    },
    AccountDetailsChanged: (event) => {
      const { accountId, name, company } = event.data;
      return [update(accounts, accountId, event, (account) => ({ ...account, name, company }))];
    },
  },
});

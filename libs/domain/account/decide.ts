import { conflict, type Decider, notFound, type Role, sameData, unreachable } from '#domain/kernel';
import type { AccountCommand, ChangeAccountDetails, RegisterAccount } from './commands.ts';
import type { AccountEvent } from './events.ts';
import { evolve } from './fold.ts';
import type { AccountState } from './state.ts';

/** The roles that may send each command. */
export const accountRoles: Readonly<Record<AccountCommand['type'], readonly Role[]>> = {
  RegisterAccount: ['operator'],
  ChangeAccountDetails: ['administrator'],
};

/** The companies on the platform; streams `account-<account id>`. */
export const account: Decider<AccountState, AccountCommand, AccountEvent> = {
  category: 'account',
  initial: { status: 'none' },
  evolve,
  decide(command, state) {
    switch (command.type) {
      case 'RegisterAccount':
        return register(command, state);
      case 'ChangeAccountDetails':
        return changeDetails(command, state);
      default:
        return unreachable(command);
    }
  },
};

function register({ data }: RegisterAccount, state: AccountState): AccountEvent[] {
  if (state.status === 'none') return [{ type: 'AccountRegistered', data }];
  const { status: _, ...registered } = state;
  if (sameData(data, registered)) return [];
  throw conflict('already-exists', `Account ${data.accountId} exists already with other details.`);
}

function changeDetails({ actor, data }: ChangeAccountDetails, state: AccountState): AccountEvent[] {
  if (state.status === 'none' || actor.account !== state.accountId) throw notFound('account');
  const { accountId } = state;
  const details = { name: data.name ?? state.name, company: data.company ?? state.company };
  if (sameData(details, { name: state.name, company: state.company })) return [];
  return [{ type: 'AccountDetailsChanged', data: { accountId, ...details } }];
}

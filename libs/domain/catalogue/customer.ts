import {
  applyChanges,
  type Decider,
  effectiveChanges,
  outOfPlace,
  type Role,
  unreachable,
} from '#domain/kernel';
import type { AddCustomer, ChangeCustomer, CustomerCommand } from './commands.ts';
import { catalogueEditors, type Entry, isNew, ownEntry } from './entry.ts';
import type { CustomerAdded, CustomerEvent } from './events.ts';
import { isPlaceholderVatNumber } from './vat-number.ts';

export type CustomerState = Entry<CustomerAdded['data']>;

/** The roles that may send each command. */
export const customerRoles: Readonly<Record<CustomerCommand['type'], readonly Role[]>> = {
  AddCustomer: catalogueEditors,
  ChangeCustomer: catalogueEditors,
};

/** The customers in accounts' catalogues; streams `customer-<customer id>`. */
export const customer: Decider<CustomerState, CustomerCommand, CustomerEvent> = {
  category: 'customer',
  initial: { status: 'none' },
  evolve(state, event) {
    switch (event.type) {
      case 'CustomerAdded':
        return { status: 'kept', ...event.data };
      case 'CustomerChanged':
        if (state.status === 'none') return outOfPlace(event, state.status);
        return { ...state, details: applyChanges(state.details, event.data.changes) };
      default:
        return unreachable(event);
    }
  },
  decide(command, state) {
    switch (command.type) {
      case 'AddCustomer':
        return add(command, state);
      case 'ChangeCustomer':
        return change(command, state);
      default:
        return unreachable(command);
    }
  },
};

function add({ actor, data }: AddCustomer, state: CustomerState): CustomerEvent[] {
  const { customerId, copiedFrom, vatNumber, ...others } = data;
  const details = {
    ...others,
    ...(vatNumber !== undefined && !isPlaceholderVatNumber(vatNumber) && { vatNumber }),
  };
  const added = { customerId, account: actor.account, details, ...(copiedFrom && { copiedFrom }) };
  return isNew(state, added) ? [{ type: 'CustomerAdded', data: added }] : [];
}

function change({ actor, data }: ChangeCustomer, state: CustomerState): CustomerEvent[] {
  const { customerId, ...given } = data;
  // An invalid VAT number clears the stored one (R-K5).
  const requested =
    given.vatNumber && isPlaceholderVatNumber(given.vatNumber) ? { ...given, vatNumber: null } : given;
  const { account, details } = ownEntry(state, actor.account, 'customer');
  const changes = effectiveChanges(details, requested);
  return changes ? [{ type: 'CustomerChanged', data: { customerId, account, changes } }] : [];
}

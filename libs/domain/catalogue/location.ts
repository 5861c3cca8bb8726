import {
  applyChanges,
  conflict,
  type Decider,
  effectiveChanges,
  outOfPlace,
  type Role,
  unreachable,
} from '#domain/kernel';
import type { AddLocation, ChangeLocation, LocationCommand } from './commands.ts';
import type { CustomerState } from './customer.ts';
import { catalogueEditors, type Entry, isKeptBy, isNew, ownEntry, parentNotFound } from './entry.ts';
import type { LocationAdded, LocationEvent } from './events.ts';

export type LocationState = Entry<LocationAdded['data']>;

/** The facts for adding: the customer that the command names. */
export type LocationFacts = { readonly customer: CustomerState } | undefined;

/** The roles that may send each command. */
export const locationRoles: Readonly<Record<LocationCommand['type'], readonly Role[]>> = {
  AddLocation: catalogueEditors,
  ChangeLocation: catalogueEditors,
};

/** The locations in accounts' catalogues; streams `location-<location id>`. */
export const location: Decider<LocationState, LocationCommand, LocationEvent, LocationFacts> = {
  category: 'location',
  initial: { status: 'none' },
  evolve(state, event) {
    switch (event.type) {
      case 'LocationAdded':
        return { status: 'kept', ...event.data };
      case 'LocationChanged':
        if (state.status === 'none') return outOfPlace(event, state.status);
        return { ...state, details: applyChanges(state.details, event.data.changes) };
      default:
        return unreachable(event);
    }
  },
  decide(command, state, facts) {
    switch (command.type) {
      case 'AddLocation':
        return add(command, state, facts);
      case 'ChangeLocation':
        return change(command, state);
      default:
        return unreachable(command);
    }
  },
};

function add({ actor, data }: AddLocation, state: LocationState, facts: LocationFacts): LocationEvent[] {
  const { locationId, customerId, copiedFrom, ...details } = data;
  const { account } = actor;
  const customer = facts?.customer;
  if (!isKeptBy(customer, account) || customer.customerId !== customerId) {
    throw parentNotFound('customer');
  }
  const added = { locationId, account, customerId, details, ...(copiedFrom && { copiedFrom }) };
  return isNew(state, added) ? [{ type: 'LocationAdded', data: added }] : [];
}

function change({ actor, data }: ChangeLocation, state: LocationState): LocationEvent[] {
  const { locationId, customerId, ...requested } = data;
  const own = ownEntry(state, actor.account, 'location');
  if (customerId !== undefined && customerId !== own.customerId) {
    throw conflict('location-never-moves', 'A location never moves to another customer.');
  }
  const changes = effectiveChanges(own.details, requested);
  return changes ? [{ type: 'LocationChanged', data: { locationId, account: own.account, changes } }] : [];
}

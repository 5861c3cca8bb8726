import {
  applyChanges,
  conflict,
  type Decider,
  effectiveChanges,
  outOfPlace,
  type Role,
  unreachable,
} from '#domain/kernel';
import type { AddBuilding, BuildingCommand, ChangeBuilding } from './commands.ts';
import { catalogueEditors, type Entry, isKeptBy, isNew, ownEntry, parentNotFound } from './entry.ts';
import type { BuildingAdded, BuildingEvent } from './events.ts';
import type { LocationState } from './location.ts';

/** A named building; a location's implicit one needs no stream. */
export type BuildingState = Entry<BuildingAdded['data']>;

/** The facts for adding: the location that the command names. */
export type BuildingFacts = { readonly location: LocationState } | undefined;

/** The roles that may send each command. */
export const buildingRoles: Readonly<Record<BuildingCommand['type'], readonly Role[]>> = {
  AddBuilding: catalogueEditors,
  ChangeBuilding: catalogueEditors,
};

/** The named buildings in accounts' catalogues; streams `building-<building id>`. */
export const building: Decider<BuildingState, BuildingCommand, BuildingEvent, BuildingFacts> = {
  category: 'building',
  initial: { status: 'none' },
  evolve(state, event) {
    switch (event.type) {
      case 'BuildingAdded':
        return { status: 'kept', ...event.data };
      case 'BuildingChanged':
        if (state.status === 'none') return outOfPlace(event, state.status);
        return { ...state, details: applyChanges(state.details, event.data.changes) };
      default:
        return unreachable(event);
    }
  },
  decide(command, state, facts) {
    switch (command.type) {
      case 'AddBuilding':
        return add(command, state, facts);
      case 'ChangeBuilding':
        return change(command, state);
      default:
        return unreachable(command);
    }
  },
};

function add({ actor, data }: AddBuilding, state: BuildingState, facts: BuildingFacts): BuildingEvent[] {
  const { buildingId, locationId, copiedFrom, ...details } = data;
  const { account } = actor;
  const location = facts?.location;
  if (!isKeptBy(location, account) || location.locationId !== locationId) {
    throw parentNotFound('location');
  }
  const { customerId } = location;
  const added = { buildingId, account, locationId, customerId, details, ...(copiedFrom && { copiedFrom }) };
  return isNew(state, added) ? [{ type: 'BuildingAdded', data: added }] : [];
}

function change({ actor, data }: ChangeBuilding, state: BuildingState): BuildingEvent[] {
  const { buildingId, locationId, ...requested } = data;
  const own = ownEntry(state, actor.account, 'building');
  if (locationId !== undefined && locationId !== own.locationId) {
    throw conflict('building-never-moves', 'A building stays at its location.');
  }
  const changes = effectiveChanges(own.details, requested);
  return changes ? [{ type: 'BuildingChanged', data: { buildingId, account: own.account, changes } }] : [];
}

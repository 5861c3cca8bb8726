import { applyChanges, outOfPlace, unreachable } from '#domain/kernel';
import type { Activity, InstallationEvent } from './events.ts';
import { liveGrants, withExtension, withGrant, withWithdrawal } from './grants.ts';
import {
  type InstallationState,
  type KeptPlacement,
  type LogbookEntry,
  placementOf,
  type RegisteredInstallation,
} from './state.ts';

export const initial: InstallationState = { status: 'none' };

export function evolve(state: InstallationState, event: InstallationEvent): InstallationState {
  if (state.status === 'registered') return evolveRegistered(state, event);
  if (event.type !== 'InstallationRegistered') return outOfPlace(event, state.status);
  const { installationId, account, token, properties, placement } = event.data;
  return {
    status: 'registered',
    installationId,
    token,
    registeredAs: { properties, placement },
    properties,
    placements: { [account]: { placement, archived: false } },
    tree: { root: account, grants: [] },
    blockedGrants: [],
    logbook: [],
  };
}

function evolveRegistered(state: RegisteredInstallation, event: InstallationEvent): RegisteredInstallation {
  switch (event.type) {
    case 'InstallationRegistered':
      return outOfPlace(event, state.status);
    case 'InstallationPropertiesChanged':
      return { ...state, properties: applyChanges(state.properties, event.data.changes) };
    case 'InstallationMoved':
      return keep(state, event.data.account, { placement: event.data.placement });
    case 'InstallationArchived':
      return keep(state, event.data.account, { archived: true });
    case 'InstallationRestored':
      return keep(state, event.data.account, { archived: false });
    case 'ActivityAdded': {
      const { activityId, account, activity } = event.data;
      const entry: LogbookEntry = { activityId, account, status: 'kept', activity };
      return { ...state, logbook: [...state.logbook, entry] };
    }
    case 'ActivityChanged': {
      const { activityId, changes } = event.data;
      return rewrite(state, activityId, (entry) =>
        entry.status === 'kept'
          ? { ...entry, activity: applyChanges<Activity>(entry.activity, changes) }
          : entry,
      );
    }
    case 'ActivityRemoved': {
      const { activityId, account } = event.data;
      return rewrite(state, activityId, () => ({ activityId, account, status: 'removed' }));
    }
    case 'InstallationAccessGranted': {
      const { grant, placement } = event.data;
      const placements = { ...state.placements, [grant.holder]: { placement, archived: false } };
      return { ...state, tree: withGrant(state.tree, grant), placements };
    }
    case 'InstallationAccessExtended': {
      const { grantId, until } = event.data;
      return { ...state, tree: withExtension(state.tree, grantId, until) };
    }
    case 'InstallationAccessWithdrawn': {
      const { grantId, holder, cause, withdrawnAt } = event.data;
      const tree = withWithdrawal(state.tree, grantId, { cause, withdrawnAt });
      const withdrawn = { ...state, tree };
      return liveGrants(tree, holder).length > 0 ? withdrawn : keep(withdrawn, holder, { archived: true });
    }
    case 'InstallationAccessBlocked':
      return { ...state, blockedGrants: [...state.blockedGrants, event.data.grantId] };
    default:
      return unreachable(event);
  }
}

/** The state with the account's own placement changed. */
function keep(
  state: RegisteredInstallation,
  account: string,
  changes: Partial<KeptPlacement>,
): RegisteredInstallation {
  const kept = { ...placementOf(state, account), ...changes };
  return { ...state, placements: { ...state.placements, [account]: kept } };
}

/** The state with one entry of its logbook changed. */
function rewrite(
  state: RegisteredInstallation,
  activityId: string,
  change: (entry: LogbookEntry) => LogbookEntry,
): RegisteredInstallation {
  const logbook = state.logbook.map((entry) => (entry.activityId === activityId ? change(entry) : entry));
  return { ...state, logbook };
}

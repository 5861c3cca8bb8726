import { account } from '#domain/account';
import {
  documentIssuer,
  type InstallationCommand,
  type InstallationFacts,
  type InstallationState,
} from '#domain/installation';
import type { Aggregates } from '../core/aggregates.ts';
import { resolveSpot } from './placing.ts';

/** What deciding on an installation needs to know of its account's catalogue, and of whoever issues a document. */
export function installationFacts(aggregates: Aggregates) {
  return async (command: InstallationCommand, state: InstallationState): Promise<InstallationFacts> => {
    switch (command.type) {
      case 'RegisterInstallation':
        return { placement: await resolveSpot(aggregates, command.actor.account, command.data) };
      case 'ChangeInstallation': {
        const { locationId, buildingId } = command.data;
        if (locationId === undefined && buildingId === undefined) return undefined;
        const spot = { locationId, buildingId };
        return { placement: await resolveSpot(aggregates, command.actor.account, spot) };
      }
      case 'AddActivity':
        return { issuer: await issuerOf(command.actor.account, state, aggregates) };
      default:
        return undefined;
    }
  };
}

/** Whose company details a document drawn up by `performer` now carries (R-A4). */
async function issuerOf(performer: string, state: InstallationState, aggregates: Aggregates) {
  const issuer = state.status === 'none' ? performer : documentIssuer(state.tree, performer);
  const details = await aggregates.state(account, issuer);
  return details.status === 'none' ? undefined : { account: issuer, company: details.company };
}

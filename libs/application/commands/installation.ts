import { account } from '#domain/account';
import {
  documentIssuer,
  type InstallationCommand,
  type InstallationFacts,
  type InstallationState,
  installationByClock,
  sharesToCheck,
  withEnds,
} from '#domain/installation';
import type { Instant } from '#domain/kernel';
import { share } from '#domain/share';
import type { Aggregates } from '../core/aggregates.ts';
import { resolveSpot } from './placing.ts';

/** The facts for decisions on an installation: of its account's catalogue, and the issuer of a document. */
export function installationFacts(aggregates: Aggregates) {
  return async (command: InstallationCommand, recorded: InstallationState): Promise<InstallationFacts> => {
    const ends = await endsOf(recorded, command.now, aggregates);
    const facts = await factsOf(command, byClock(recorded, ends, command.now), aggregates);
    return ends.size === 0 ? facts : { ...facts, ends };
  };
}

async function factsOf(
  command: InstallationCommand,
  state: InstallationState,
  aggregates: Aggregates,
): Promise<InstallationFacts> {
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
}

/** The ends of shares whose access has expired here (R-E4). */
async function endsOf(
  state: InstallationState,
  now: Instant,
  aggregates: Aggregates,
): Promise<ReadonlyMap<string, Instant>> {
  const ends = new Map<string, Instant>();
  if (state.status === 'none') return ends;
  for (const shareId of sharesToCheck(state.tree, now)) {
    const found = await aggregates.state(share, shareId);
    const expiresAt = found.kind === 'none' ? undefined : found.summary.expiresAt;
    if (expiresAt !== undefined) ends.set(shareId, expiresAt);
  }
  return ends;
}

function byClock(
  state: InstallationState,
  ends: ReadonlyMap<string, Instant>,
  now: Instant,
): InstallationState {
  if (state.status === 'none' || ends.size === 0) return state;
  return installationByClock({ ...state, tree: withEnds(state.tree, ends) }, now);
}

/** Whose company details a document drawn up by `performer` now carries (R-A4). */
async function issuerOf(performer: string, state: InstallationState, aggregates: Aggregates) {
  const issuer = state.status === 'none' ? performer : documentIssuer(state.tree, performer);
  const details = await aggregates.state(account, issuer);
  return details.status === 'none' ? undefined : { account: issuer, company: details.company };
}

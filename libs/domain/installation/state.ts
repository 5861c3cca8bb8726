import type { Activity, InstallationProperties, Placement } from './events.ts';
import type { GrantTree } from './grants.ts';

/** An account's placement of the installation, and whether the account has archived it. */
export interface KeptPlacement {
  readonly placement: Placement;
  readonly archived: boolean;
}

/** An entry of the logbook with its author; for a removed entry only the fact that its id is used. */
export type LogbookEntry = { readonly activityId: string; readonly account: string } & (
  | { readonly status: 'kept'; readonly activity: Activity }
  | { readonly status: 'removed' }
);

export interface RegisteredInstallation {
  readonly status: 'registered';
  readonly installationId: string;
  readonly token: string;
  /** As it was registered: distinguishes a repeated registration from another one with the same id. */
  readonly registeredAs: { readonly properties: InstallationProperties; readonly placement: Placement };
  readonly properties: InstallationProperties;
  /** By account; a former holder keeps its own (R-V5). */
  readonly placements: Readonly<Record<string, KeptPlacement>>;
  readonly tree: GrantTree;
  /** Revoked before they were granted. */
  readonly blockedGrants: readonly string[];
  /** As recorded, oldest first: a list, because adding to a copy of one stays cheap however long it gets. */
  readonly logbook: readonly LogbookEntry[];
}

export type InstallationState = { readonly status: 'none' } | RegisteredInstallation;

/** The placement of an account that has, or had, access: every holder has placed the installation. */
export function placementOf(state: RegisteredInstallation, account: string): KeptPlacement {
  const kept = state.placements[account];
  if (kept === undefined) throw new Error(`${account} keeps no placement of ${state.installationId}.`);
  return kept;
}

/** The logbook's entry, kept or removed. */
export function findEntry(state: RegisteredInstallation, activityId: string): LogbookEntry | undefined {
  return state.logbook.find((entry) => entry.activityId === activityId);
}

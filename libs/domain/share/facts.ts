import type { AccountKind } from '#domain/account';
import type { ConnectionState } from '#domain/connection';
import type { RevocationWindow } from './commands.ts';
import type { LeftOut } from './events.ts';
import type { PlacingTarget } from './step.ts';

/** For `RequestShare`: the connection it names. */
export interface RequestFacts {
  readonly connection: ConnectionState;
}

/**
 * For `ApproveShare`: the connection and the other party, the deployment's window, and the evaluated selection
 * (R-A2, R-A3).
 */
export interface ApprovalFacts {
  readonly connection: ConnectionState;
  readonly requesterKind: AccountKind;
  readonly window: RevocationWindow;
  /** How many installations of the selection may be shared. */
  readonly shareable: number;
  readonly leftOut: readonly LeftOut[];
}

/** For `ProcessShare`: those of the step's `namedTargets` that exist and are the requester's own. */
export interface ProcessingFacts {
  readonly targets: ReadonlyMap<string, PlacingTarget>;
}

/** The facts of other streams for a decision; the other commands need none. */
export type ShareFacts = RequestFacts | ApprovalFacts | ProcessingFacts | undefined;

/** The facts of the kind that has `key`; read only where the decision needs them. */
export function known<Key extends string>(
  facts: ShareFacts,
  key: Key,
): Extract<ShareFacts, Record<Key, unknown>> {
  if (facts === undefined || !(key in facts)) throw new Error(`The facts of this decision lack: ${key}.`);
  return facts as Extract<ShareFacts, Record<Key, unknown>>;
}

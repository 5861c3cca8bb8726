import {
  type Actor,
  conflict,
  hasRole,
  type Instant,
  notFound,
  type RefusalContext,
  type Role,
  requireRole,
} from '#domain/kernel';
import type { ShareAction, ShareCommand } from './commands.ts';
import {
  approveShare,
  cancelForEndedConnection,
  cancelShare,
  rejectShare,
  requestShare,
} from './evaluation.ts';
import { announceShareExpiry, expireShare, extendShare, shareByClock, summaryByClock } from './expiry.ts';
import { collectPackageBatch, completePackage, startPreparation } from './preparing.ts';
import { completeStep, finishShare, processShare, recordPlacedItems } from './processing.ts';
import { sideOf, statusFor } from './query.ts';
import { notNow } from './refusals.ts';
import { recordWithdrawnItems, revokeShare } from './revoking.ts';
import type { ActionRow, CommandRow } from './row.ts';
import type { ExistingShare, ShareState } from './state.ts';
import type { ShareSummary } from './summary.ts';

/** Every command of a share. */
export const shareCommands = {
  RequestShare: requestShare,
  ApproveShare: approveShare,
  RejectShare: rejectShare,
  CancelShare: cancelShare,
  ProcessShare: processShare,
  FinishShare: finishShare,
  RevokeShare: revokeShare,
  ExtendShare: extendShare,
  StartPreparation: startPreparation,
  CollectPackageBatch: collectPackageBatch,
  CompletePackage: completePackage,
  RecordPlacedItems: recordPlacedItems,
  CompleteStep: completeStep,
  RecordWithdrawnItems: recordWithdrawnItems,
  AnnounceShareExpiry: announceShareExpiry,
  ExpireShare: expireShare,
  CancelForEndedConnection: cancelForEndedConnection,
} as const satisfies {
  readonly [Type in ShareCommand['type']]: CommandRow<Extract<ShareCommand, { type: Type }>>;
};

/** The roles that may send each command; what processes record is allowed to the system only. */
export const shareRoles = Object.fromEntries(
  Object.entries(shareCommands).map(([type, { roles }]) => [type, roles]),
) as Readonly<Record<ShareCommand['type'], readonly Role[]>>;

/** The rows of the parties' actions, in the order they are listed. */
const actionRows = Object.values(shareCommands).filter((row) => row.kind === 'action');

/** Who acts, and when. */
export type ActingAt = { readonly actor: Actor; readonly now: Instant };

/** What `who` may do with the share at `now`; nothing for an account that is not a party (R-S1). */
export function allowedActions(
  summary: ShareSummary,
  who: Pick<Actor, 'account' | 'roles'>,
  now: Instant,
): ShareAction[] {
  const side = sideOf(summary, who.account);
  const current = summaryByClock(summary, now);
  return actionRows
    .filter((row) => row.side === side && hasRole(who, row.roles) && row.possible(current, now))
    .map(({ action }) => action);
}

/** The context of a refusal: the share's status, as the caller reads it, and what the caller may do (R-S10). */
export function refusalContext({ actor, now }: ActingAt, summary: ShareSummary): RefusalContext {
  return {
    currentStatus: statusFor(summaryByClock(summary, now), actor.account),
    allowedActions: allowedActions(summary, actor, now),
  };
}

/** The same for any state; empty for an account that is not a party. */
export function shareRefusalContext(state: ShareState, acting: ActingAt): RefusalContext | undefined {
  if (state.kind === 'none' || sideOf(state.summary, acting.actor.account) === undefined) return undefined;
  return refusalContext(acting, state.summary);
}

export function requireExisting(state: ShareState): ExistingShare {
  if (state.kind === 'none') throw notFound('share');
  return state;
}

type AnyAction = Pick<ActionRow<never>, 'side' | 'roles' | 'possible' | 'refusals'>;

/**
 * The share, if the account's side may take the action.
 * @throws Refusal `not-found` to an account that is no party (R-S10)
 */
export function requireSide(row: AnyAction, account: string, state: ShareState): ExistingShare {
  const existing = requireExisting(state);
  const side = sideOf(existing.summary, account);
  if (side === undefined) throw notFound('share');
  if (side === row.side) return existing;
  throw conflict(row.refusals.otherSide, `Only the ${row.side} of the share may do this.`);
}

/**
 * The share, if the caller may take the action, now or in another status: for what shows the action's effects.
 * @throws Refusal as the action would
 */
export function requireAllowed(row: AnyAction, { actor }: ActingAt, state: ShareState): ExistingShare {
  requireRole(actor, row.roles);
  return requireSide(row, actor.account, state);
}

/**
 * The share, if the caller may take the action now: the same checks for a preview or a plan as for the action itself.
 * @throws Refusal the one that the action would throw
 */
export function requirePossible(row: AnyAction, acting: ActingAt, state: ShareState): ExistingShare {
  const existing = shareByClock(requireAllowed(row, acting, state), acting.now);
  if (row.possible(existing.summary, acting.now)) return existing;
  throw notNow(row.refusals.notNow, existing, acting.actor.account);
}

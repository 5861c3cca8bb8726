import { setImmediate as nextTurn } from 'node:timers/promises';
import { account } from '#domain/account';
import { building, customer, isKeptBy, location } from '#domain/catalogue';
import { connection } from '#domain/connection';
import { installation, leftOutReason } from '#domain/installation';
import { unreachable } from '#domain/kernel';
import {
  type ApprovalFacts,
  awaitsEvaluation,
  type LeftOut,
  namedTargets,
  type PlacingTarget,
  type RevocationWindow,
  type ShareCommand,
  type ShareFacts,
  type ShareState,
} from '#domain/share';
import type { Aggregates } from '../core/aggregates.ts';
import type { Selections } from '../ports.ts';
import { selectionNotFound } from '../selection.ts';

type ApproveShare = Extract<ShareCommand, { type: 'ApproveShare' }>;
type ProcessShare = Extract<ShareCommand, { type: 'ProcessShare' }>;

/** What deciding on a share needs to know of its connection, the selection, or the requester's own catalogue. */
export function shareFacts(aggregates: Aggregates, selections: Selections, window: RevocationWindow) {
  return async (command: ShareCommand, state: ShareState): Promise<ShareFacts> => {
    switch (command.type) {
      case 'RequestShare':
        return { connection: await aggregates.state(connection, command.data.connectionId) };
      case 'ApproveShare':
        return approvalFacts(command, state, aggregates, selections, window);
      case 'ProcessShare':
        return { targets: await ownTargets(command, aggregates) };
      default:
        return undefined;
    }
  };
}

/**
 * What of the selection may be shared (R-A2, R-A3), judged from replayed installations. At installation level every
 * one counts; above, it is enough to know that something remains: the package is collected later (R-S7).
 */
async function approvalFacts(
  { actor, data }: ApproveShare,
  state: ShareState,
  aggregates: Aggregates,
  selections: Selections,
  window: RevocationWindow,
): Promise<ApprovalFacts | undefined> {
  if (state.kind === 'none' || !awaitsEvaluation(state.summary)) return undefined;
  if (state.summary.provider !== actor.account) return undefined;
  const { requester, connectionId } = state.summary;
  const requesterAccount = await aggregates.state(account, requester);
  if (requesterAccount.status === 'none')
    throw new Error(`Account ${requester} of a share is not registered.`);
  const requesterKind = requesterAccount.kind;
  const terms = { provider: actor.account, requester, requesterKind, accessType: data.accessType };

  if (data.level !== 'installation') await requireOwn(data.level, data.selection, actor.account, aggregates);
  const leftOut: LeftOut[] = [];
  let shareable = 0;
  let after: string | undefined;
  do {
    const page = await selections.candidates(actor.account, data.level, data.selection, after);
    for (const installationId of page.installations) {
      const code = leftOutReason(await aggregates.state(installation, installationId), terms);
      if (code === undefined) shareable++;
      else leftOut.push({ installationId, code });
    }
    after = page.next;
    // Thousands of candidates must not keep other commands waiting.
    await nextTurn();
  } while (after !== undefined && (data.level === 'installation' || shareable === 0));
  return {
    connection: await aggregates.state(connection, connectionId),
    requesterKind,
    window,
    shareable,
    leftOut,
  };
}

async function requireOwn(
  level: 'customer' | 'location',
  selection: readonly string[],
  owner: string,
  aggregates: Aggregates,
): Promise<void> {
  const decider = level === 'customer' ? customer : location;
  const missing: number[] = [];
  for (const [index, id] of selection.entries()) {
    const found = await aggregates.state<{ status: 'none' } | { status: string; account: string }>(
      decider,
      id,
    );
    if (!('account' in found) || found.account !== owner) missing.push(index);
  }
  if (missing.length > 0) throw selectionNotFound(level, missing);
}

/** Those of the step's targets that exist in the requester's own catalogue (R-P2). */
async function ownTargets(
  { actor, data }: ProcessShare,
  aggregates: Aggregates,
): Promise<Map<string, PlacingTarget>> {
  const targets = new Map<string, PlacingTarget>();
  for (const { kind, id } of namedTargets(data)) {
    if (targets.has(id)) continue;
    const target = await ownTarget(kind, id, actor.account, aggregates);
    if (target !== undefined) targets.set(id, target);
  }
  return targets;
}

async function ownTarget(
  kind: PlacingTarget['kind'],
  id: string,
  owner: string,
  aggregates: Aggregates,
): Promise<PlacingTarget | undefined> {
  switch (kind) {
    case 'customer': {
      const found = await aggregates.state(customer, id);
      return isKeptBy(found, owner) ? { kind } : undefined;
    }
    case 'location': {
      const found = await aggregates.state(location, id);
      return isKeptBy(found, owner) ? { kind, customerId: found.customerId } : undefined;
    }
    case 'building': {
      const found = await aggregates.state(building, id);
      if (!isKeptBy(found, owner)) return undefined;
      return { kind, customerId: found.customerId, locationId: found.locationId };
    }
    default:
      return unreachable(kind);
  }
}

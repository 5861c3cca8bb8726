import { building, customer, isKeptBy, location } from '#domain/catalogue';
import { connection } from '#domain/connection';
import { explainAccess, installation } from '#domain/installation';
import { unreachable } from '#domain/kernel';
import {
  type ApprovalFacts,
  awaitsEvaluation,
  namedTargets,
  type PlacingTarget,
  type RevocationWindow,
  type ShareCommand,
  type ShareFacts,
  type ShareState,
} from '#domain/share';
import { type ApprovalSources, approvalFacts } from '../approval.ts';
import type { Aggregates } from '../core/aggregates.ts';
import { replayedStates, type Selections } from '../core/selections.ts';

type ApproveShare = Extract<ShareCommand, { type: 'ApproveShare' }>;
type ProcessShare = Extract<ShareCommand, { type: 'ProcessShare' }>;

/** The facts for decisions on a share: its connection, the selection, or the requester's own catalogue. */
export function shareFacts(aggregates: Aggregates, selections: Selections, window: RevocationWindow) {
  return async (command: ShareCommand, state: ShareState): Promise<ShareFacts> => {
    switch (command.type) {
      case 'RequestShare':
        return { connection: await aggregates.state(connection, command.data.connectionId) };
      case 'ApproveShare':
        return factsToApprove(command, state, { aggregates, selections, window });
      case 'ProcessShare':
        return { targets: await ownTargets(command, aggregates) };
      default:
        return undefined;
    }
  };
}

/** From replayed installations: at installation level all of them; above, it is enough to know that one remains (R-S7). */
async function factsToApprove(
  command: ApproveShare,
  state: ShareState,
  sources: ApprovalSources,
): Promise<ApprovalFacts | undefined> {
  if (state.kind === 'none' || !awaitsEvaluation(state.summary)) return undefined;
  const { summary } = state;
  if (summary.provider !== command.actor.account) return undefined;
  const eachCounts = command.data.level === 'installation';
  return approvalFacts(command, summary, sources, replayedStates(sources.aggregates), () => eachCounts);
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
    case 'installation': {
      const found = await aggregates.state(installation, id);
      const isKept = found.status === 'registered' && explainAccess(found.tree, owner, 'archive').allowed;
      return isKept ? { kind } : undefined;
    }
    default:
      return unreachable(kind);
  }
}

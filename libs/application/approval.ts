import { customer, location } from '#domain/catalogue';
import { connection } from '#domain/connection';
import { installationByClock, type RegisteredInstallation } from '#domain/installation';
import { type Instant, impossible, type Refusal } from '#domain/kernel';
import type {
  ApprovalFacts,
  ApproveShare,
  LeftOut,
  RevocationWindow,
  ShareSummary,
  TransferLevel,
} from '#domain/share';
import type { Aggregates } from './core/aggregates.ts';
import { mapConcurrently } from './core/map-concurrently.ts';
import { givingOf, type Selections, type States } from './core/selections.ts';

/** How many streams are read together. */
const CONCURRENT_READS = 64;

/** Sources of the facts of an approval. */
export interface ApprovalSources {
  readonly aggregates: Aggregates;
  readonly selections: Selections;
  readonly window: RevocationWindow;
}

/**
 * The facts for deciding on an approval, or for its preview.
 * @param states the states by which the installations of the selection are judged
 * @param visit called with each that may be shared; returns whether to continue
 * @throws Refusal `selection-not-found`, naming what is not in the provider's own catalogue
 */
export async function approvalFacts(
  { data, now }: ApproveShare,
  summary: ShareSummary,
  { aggregates, selections, window }: ApprovalSources,
  states: States,
  visit: (installation: RegisteredInstallation) => boolean,
): Promise<ApprovalFacts> {
  const giving = await givingOf(aggregates, summary, data.accessType);
  await requireOwn(data.level, data.selection, summary.provider, aggregates);
  const leftOut: LeftOut[] = [];
  let shareable = 0;
  for await (const { judged } of selections.walk(data, giving, byClock(states, now))) {
    if ('code' in judged) {
      leftOut.push(judged);
    } else {
      shareable += 1;
      if (!visit(judged.installation)) break;
    }
  }
  return {
    connection: await aggregates.state(connection, summary.connectionId),
    requesterKind: giving.requesterKind,
    window,
    shareable,
    leftOut,
  };
}

/** The installations at this time: where the provider's own access has expired, it may not give any. */
function byClock(states: States, now: Instant): States {
  return async (ids) => (await states(ids)).map((state) => state && installationByClock(state, now));
}

/** Installations of others are left out with their reason; customers and locations of others cannot be selected. */
async function requireOwn(
  level: TransferLevel,
  selection: readonly string[],
  owner: string,
  aggregates: Aggregates,
): Promise<void> {
  if (level === 'installation') return;
  const decider = level === 'customer' ? customer : location;
  const missing: number[] = [];
  await mapConcurrently([...selection.entries()], CONCURRENT_READS, async ([index, id]) => {
    const found = await aggregates.state<{ status: 'none' } | { status: string; account: string }>(
      decider,
      id,
    );
    if (!('account' in found) || found.account !== owner) missing.push(index);
  });
  missing.sort((one, other) => one - other);
  if (missing.length > 0) throw selectionNotFound(level, missing);
}

function selectionNotFound(level: TransferLevel, indexes: readonly number[]): Refusal {
  const errors = indexes.map((index) => ({
    pointer: `/selection/${index}`,
    code: `${level}-not-found`,
    detail: `There is no such ${level} of yours.`,
  }));
  return impossible('selection-not-found', `Some of the selected ${level}s are not yours.`, { errors });
}

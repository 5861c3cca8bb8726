// Access that ends at an agreed moment (R-E1, R-E2).
import type { Instant } from '#domain/kernel';
import type { InstallationAccessWithdrawn } from './events.ts';
import { evolve } from './fold.ts';
import {
  findGrant,
  type GrantTree,
  isLive,
  pathTo,
  type RecordedGrant,
  type Withdrawal,
  withWithdrawal,
} from './grants.ts';
import type { InstallationState } from './state.ts';

/** Whether an agreed end has come; the moment itself is outside (R-E1). */
export function hasCome(until: Instant | undefined, now: Instant): boolean {
  return until !== undefined && until <= now;
}

/** When the grant ends by itself: at its own end or that of a grant above it, whichever is first (R-E1, R-V4). */
export function endOf(tree: GrantTree, grant: RecordedGrant): Instant | undefined {
  return earliest(pathTo(tree, grant).map(({ until }) => until));
}

/** The first of these moments. */
export function earliest(moments: readonly (Instant | undefined)[]): Instant | undefined {
  return moments.filter((moment) => moment !== undefined).sort()[0];
}

/** Each share with a grant that has expired without a record: it may have been extended meanwhile. */
export function sharesToCheck({ grants }: GrantTree, now: Instant): readonly string[] {
  const overdue = grants.filter((grant) => isLive(grant) && hasCome(grant.until, now));
  return [...new Set(overdue.map(({ shareId }) => shareId))];
}

/** The tree with the ends of its grants as their shares have them now. */
export function withEnds(tree: GrantTree, ends: ReadonlyMap<string, Instant> | undefined): GrantTree {
  if (ends === undefined || ends.size === 0) return tree;
  const grants = tree.grants.map((grant) => {
    const until = ends.get(grant.shareId);
    return until === undefined || grant.until === undefined ? grant : { ...grant, until };
  });
  return { ...tree, grants };
}

/** The withdrawal of each grant that has expired without a record; parents before children. */
function lapsed(tree: GrantTree, now: Instant): ReadonlyMap<RecordedGrant, Withdrawal> {
  const ended = new Map<string, Withdrawal>();
  const found = new Map<RecordedGrant, Withdrawal>();
  // A child is always younger than its parent, so one pass finds them all.
  for (const grant of tree.grants) {
    if (!isLive(grant)) continue;
    const above = grant.parent === undefined ? undefined : ended.get(grant.parent);
    const withdrawal = firstOf(above && cascading(above), ownEnd(grant, now));
    if (withdrawal === undefined) continue;
    ended.set(grant.grantId, withdrawal);
    found.set(grant, withdrawal);
  }
  return found;
}

/** The tree as of now: expired grants read as ended at their agreed end (R-E2). */
export function treeByClock(tree: GrantTree, now: Instant): GrantTree {
  let current = tree;
  for (const [{ grantId }, withdrawal] of lapsed(tree, now))
    current = withWithdrawal(current, grantId, withdrawal);
  return current;
}

/** The installation as of now: for accounts whose access has expired it is archived (R-E2, R-V5). */
export function installationByClock<State extends InstallationState>(state: State, now: Instant): State {
  if (state.status === 'none') return state;
  return endings(state.installationId, state.tree, now).reduce<InstallationState>(evolve, state) as State;
}

/** Whether the grant ended because an agreed end came: its own, or that of one above it. */
export function endedAsAgreed(tree: GrantTree, { withdrawal }: RecordedGrant): boolean {
  const top = withdrawal && findGrant(tree, withdrawal.cause.grantId);
  return top?.withdrawal?.cause.kind === 'expired';
}

/** The events that record expired access. */
export function endings(
  installationId: string,
  tree: GrantTree,
  now: Instant,
): InstallationAccessWithdrawn[] {
  return Array.from(lapsed(tree, now), ([{ grantId, shareId, giver, holder }, withdrawal]) => ({
    type: 'InstallationAccessWithdrawn',
    data: { installationId, grantId, shareId, giver, holder, ...withdrawal },
  }));
}

function ownEnd({ grantId, shareId, giver, until }: RecordedGrant, now: Instant): Withdrawal | undefined {
  if (until === undefined || !hasCome(until, now)) return undefined;
  return { cause: { kind: 'expired', account: giver, shareId, grantId }, withdrawnAt: until };
}

function cascading({ cause, withdrawnAt }: Withdrawal): Withdrawal {
  return { cause: { ...cause, kind: 'cascade' }, withdrawnAt };
}

function firstOf(above: Withdrawal | undefined, own: Withdrawal | undefined): Withdrawal | undefined {
  if (above === undefined || own === undefined) return above ?? own;
  return own.withdrawnAt < above.withdrawnAt ? own : above;
}

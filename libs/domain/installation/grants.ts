import type { Instant } from '#domain/kernel';
import { strengthOf } from './access-types.ts';
import type { AccessType, Grant, WithdrawalCause } from './events.ts';

/** How a grant ended. */
export interface Withdrawal {
  readonly cause: WithdrawalCause;
  readonly withdrawnAt: Instant;
}

/** A grant with its end, where it has ended. */
export interface RecordedGrant extends Grant {
  readonly withdrawal?: Withdrawal;
}

/**
 * Who gave whom access to one installation: all grants, including ended ones, oldest first.
 * A plain value, so that decisions and read models judge by the same functions.
 */
export interface GrantTree {
  /** The account that registered the installation. */
  readonly root: string;
  readonly grants: readonly RecordedGrant[];
}

/** The tree with one more grant. */
export function withGrant(tree: GrantTree, grant: Grant): GrantTree {
  return { ...tree, grants: [...tree.grants, grant] };
}

/** The tree with one of its grants ended; grants given on from it end by withdrawals of their own. */
export function withWithdrawal(tree: GrantTree, grantId: string, withdrawal: Withdrawal): GrantTree {
  const grants = tree.grants.map((grant) => (grant.grantId === grantId ? { ...grant, withdrawal } : grant));
  return { ...tree, grants };
}

/** The tree with a later end of one of its grants. */
export function withExtension(tree: GrantTree, grantId: string, until: Instant): GrantTree {
  return {
    ...tree,
    grants: tree.grants.map((grant) => (grant.grantId === grantId ? { ...grant, until } : grant)),
  };
}

/** The tree as it was at a moment: without later grants, and with grants that ended later still live. */
export function treeAt(tree: GrantTree, moment: Instant): GrantTree {
  const grants = tree.grants
    .filter(({ grantedAt }) => grantedAt <= moment)
    .map(({ withdrawal, ...grant }) =>
      withdrawal !== undefined && withdrawal.withdrawnAt <= moment ? { ...grant, withdrawal } : grant,
    );
  return { ...tree, grants };
}

/** Whether the grant gives access now. */
export function isLive(grant: RecordedGrant): boolean {
  return grant.withdrawal === undefined;
}

/** The grant, live or ended. */
export function findGrant(tree: GrantTree, grantId: string): RecordedGrant | undefined {
  return tree.grants.find((grant) => grant.grantId === grantId);
}

/** What the account holds now, oldest first; the root holds none and needs none. */
export function liveGrants(tree: GrantTree, account: string): readonly RecordedGrant[] {
  return tree.grants.filter((grant) => grant.holder === account && isLive(grant));
}

/** The live grant that decides what the account may do: the strongest, of equals the oldest (R-A5). */
export function strongestGrant(tree: GrantTree, account: string): RecordedGrant | undefined {
  return liveGrants(tree, account).reduce<RecordedGrant | undefined>(
    (strongest, grant) =>
      strongest === undefined || strengthOf(grant.accessType) > strengthOf(strongest.accessType)
        ? grant
        : strongest,
    undefined,
  );
}

/** What the account may do at most: as the root, by its strongest live grant, or nothing (R-A5). */
export function strongestAccess(tree: GrantTree, account: string): 'root' | AccessType | undefined {
  return account === tree.root ? 'root' : strongestGrant(tree, account)?.accessType;
}

/** The grants that lead from the root to this one, which comes last. */
export function pathTo(tree: GrantTree, grant: RecordedGrant): readonly RecordedGrant[] {
  const parent = grant.parent === undefined ? undefined : findGrant(tree, grant.parent);
  return parent === undefined ? [grant] : [...pathTo(tree, parent), grant];
}

/**
 * The tree as far as `account` may know of it: the grants that lead to it, those it holds, and all given on from
 * these, ended ones among them. The root knows the whole tree; to a stranger it is empty.
 */
export function knownTo(tree: GrantTree, account: string): GrantTree {
  if (account === tree.root) return tree;
  const known = new Set<RecordedGrant>();
  const below = new Set<string>();
  // A child is always younger than its parent, so one pass finds them all.
  for (const grant of tree.grants) {
    const given = grant.parent !== undefined && below.has(grant.parent);
    if (!given && grant.holder !== account) continue;
    below.add(grant.grantId);
    for (const step of pathTo(tree, grant)) known.add(step);
  }
  return { ...tree, grants: tree.grants.filter((grant) => known.has(grant)) };
}

/** The live grants given on from this one, however deep, parents before children (R-V4). */
export function descendants(tree: GrantTree, grantId: string): readonly RecordedGrant[] {
  const above = new Set([grantId]);
  // A child is always younger than its parent, so one pass finds them all.
  return tree.grants.filter((grant) => {
    if (grant.parent === undefined || !above.has(grant.parent) || !isLive(grant)) return false;
    above.add(grant.grantId);
    return true;
  });
}

/** Every grant that ends when the given ones do: themselves, then all given on from them (R-V4). */
export function withdrawnWith(tree: GrantTree, grantIds: readonly string[]): readonly RecordedGrant[] {
  const ending = new Set(
    grantIds.flatMap((id) => [id, ...descendants(tree, id).map((grant) => grant.grantId)]),
  );
  return tree.grants.filter((grant) => ending.has(grant.grantId) && isLive(grant));
}

/** Whether a live chain of grants from the root to `account` passes through `other`, or starts there (R-A3). */
export function standsAbove(tree: GrantTree, other: string, account: string): boolean {
  if (other === tree.root) return account !== tree.root;
  return liveGrants(tree, account).some((grant) => pathTo(tree, grant).some((step) => step.giver === other));
}

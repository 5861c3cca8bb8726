import type { AccountKind } from '#domain/account';
import { type Actor, hasRole, type Instant, type Role, unreachable } from '#domain/kernel';
import { accessTypes, givableUnder, receivableBy } from './access-types.ts';
import type { AccessType } from './events.ts';
import type { GrantTree, RecordedGrant } from './grants.ts';
import {
  findGrant,
  knownTo,
  liveGrants,
  pathTo,
  standsAbove,
  strongestAccess,
  strongestGrant,
  treeAt,
} from './grants.ts';
import type { InstallationState } from './state.ts';

/** An account's relation to an installation. */
export type AccountAccess =
  | { readonly kind: 'root' }
  /** By its strongest live grant, reached from the root by `path`, of which it is the last. */
  | { readonly kind: 'live'; readonly grant: RecordedGrant; readonly path: readonly RecordedGrant[] }
  /** It reads the installation as it was when its last grant ended (R-V5). */
  | { readonly kind: 'former'; readonly grantId: string; readonly endedAt: Instant }
  | { readonly kind: 'none' };

/** The account's access now, or how it ended. */
export function accessOf(tree: GrantTree, account: string): AccountAccess {
  if (account === tree.root) return { kind: 'root' };
  const grant = strongestGrant(tree, account);
  if (grant !== undefined) return { kind: 'live', grant, path: pathTo(tree, grant) };
  return formerAccess(tree, account) ?? { kind: 'none' };
}

function formerAccess(tree: GrantTree, account: string): AccountAccess | undefined {
  const ended = tree.grants.flatMap(({ holder, grantId, withdrawal }) =>
    holder === account && withdrawal !== undefined ? [{ grantId, endedAt: withdrawal.withdrawnAt }] : [],
  );
  const last = ended.reduce<(typeof ended)[number] | undefined>(
    (latest, end) => (latest === undefined || end.endedAt >= latest.endedAt ? end : latest),
    undefined,
  );
  return last && { kind: 'former', ...last };
}

/**
 * The tree as far as the account may know of it: for a former holder as it was when its
 * access ended (R-V5).
 */
export function readableTree(tree: GrantTree, account: string): GrantTree {
  const access = accessOf(tree, account);
  return knownTo(access.kind === 'former' ? treeAt(tree, access.endedAt) : tree, account);
}

/** The actions on an installation. */
export type AccessAction = 'read' | 'change-properties' | 'add-activity' | 'archive' | `give-${AccessType}`;

/** Every access action, in the order they are listed. */
export const accessActions: readonly AccessAction[] = [
  'read',
  'change-properties',
  'add-activity',
  'archive',
  ...accessTypes.map((type) => `give-${type}` as const),
];

/** Why an account may do something now, or the rule that refuses it (R-G3). */
export type AccessExplanation =
  /** The grants from the root to the account; none when it is the root itself. */
  | { readonly allowed: true; readonly path: readonly RecordedGrant[] }
  | { readonly allowed: false; readonly code: 'no-access'; readonly rule: 'R-G1' }
  | {
      readonly allowed: false;
      readonly code: 'access-withdrawn';
      readonly rule: 'R-V5';
      readonly grantId: string;
      readonly since: Instant;
    }
  | {
      readonly allowed: false;
      readonly code: 'access-expired';
      readonly rule: 'R-E2';
      readonly grantId: string;
      readonly since: Instant;
    }
  | {
      readonly allowed: false;
      readonly code: 'access-type-not-givable';
      readonly rule: 'R-A2';
      /** The access it does have, which may allow other actions. */
      readonly path: readonly RecordedGrant[];
    };

/**
 * May the account do this with the installation now, and why (R-G3)?
 * A former holder may do nothing now; it still reads the installation as of `since` (R-V5).
 * @param tree as of now (`treeByClock`)
 */
export function explainAccess(tree: GrantTree, account: string, action: AccessAction): AccessExplanation {
  const access = accessOf(tree, account);
  switch (access.kind) {
    case 'root':
      return { allowed: true, path: [] };
    case 'live': {
      const { path } = access;
      const given = givenBy(action);
      return given === undefined || givableTypes(tree, account).includes(given)
        ? { allowed: true, path }
        : { allowed: false, code: 'access-type-not-givable', rule: 'R-A2', path };
    }
    case 'former': {
      const { grantId, endedAt } = access;
      if (findGrant(tree, grantId)?.withdrawal?.cause.kind === 'expired')
        return { allowed: false, code: 'access-expired', rule: 'R-E2', grantId, since: endedAt };
      return { allowed: false, code: 'access-withdrawn', rule: 'R-V5', grantId, since: endedAt };
    }
    case 'none':
      return { allowed: false, code: 'no-access', rule: 'R-G1' };
    default:
      return unreachable(access);
  }
}

/** Everything the account may do with the installation now. */
export function allowedAccessActions(tree: GrantTree, account: string): readonly AccessAction[] {
  return accessActions.filter((action) => explainAccess(tree, account, action).allowed);
}

const KEEPING: readonly Role[] = ['manager', 'administrator'];
/** The roles that may give access, also by approving a share, and revoke it. */
export const GIVING: readonly Role[] = ['administrator'];

/** The roles each access action requires; every member of an account with access may read. */
export const accessActionRoles: Readonly<Record<Exclude<AccessAction, 'read'>, readonly Role[]>> = {
  'change-properties': KEEPING,
  'add-activity': ['technician', 'manager', 'administrator'],
  archive: KEEPING,
  'give-operator': GIVING,
  'give-installation-manager': GIVING,
  'give-subcontractor': GIVING,
  'give-on-loan': GIVING,
};

/** What `who` may do with the installation now: by its account's access, and by its role. */
export function allowedActionsOf(tree: GrantTree, who: Pick<Actor, 'account' | 'roles'>): AccessAction[] {
  return allowedAccessActions(tree, who.account).filter(
    (action) => action === 'read' || hasRole(who, accessActionRoles[action]),
  );
}

function givenBy(action: AccessAction): AccessType | undefined {
  return accessTypes.find((type) => action === `give-${type}`);
}

/** The access types the account may give, to accounts that may receive them (R-A1, R-A2, R-A5). */
export function givableTypes(tree: GrantTree, account: string): readonly AccessType[] {
  const access = strongestAccess(tree, account);
  if (access === undefined) return [];
  return access === 'root' ? accessTypes : givableUnder(access);
}

/**
 * The id of the grant `giver` gives `accessType` on from: its strongest live one, of equals the oldest.
 * `undefined` when it gives as the root, or may not give that type at all.
 */
export function parentFor(tree: GrantTree, giver: string, accessType: AccessType): string | undefined {
  return givableTypes(tree, giver).includes(accessType) ? strongestGrant(tree, giver)?.grantId : undefined;
}

/** Why a provider may not give access (R-A2, R-A3). */
const grantRefusals = ['access-type-not-givable', 'already-shared', 'requester-above', 'not-yours'] as const;
export type GrantRefusal = (typeof grantRefusals)[number];

/** Whether the code says why a provider may not give access. */
export function isGrantRefusal(code: string): code is GrantRefusal {
  return (grantRefusals as readonly string[]).includes(code);
}

/** Why an installation is left out of what a provider shares (R-A2, R-A3). */
export type LeftOutCode = GrantRefusal | 'archived';

/** What a provider gives a requester. */
export interface Giving {
  readonly provider: string;
  readonly requester: string;
  readonly requesterKind: AccountKind;
  readonly accessType: AccessType;
}

/** Why the provider may not give the requester this access now, whatever kind of account that is (R-A2, R-A3). */
export function refusalToGive(
  tree: GrantTree,
  { provider, requester, accessType }: Omit<Giving, 'requesterKind'>,
): GrantRefusal | undefined {
  if (strongestAccess(tree, provider) === undefined) return 'not-yours';
  if (!givableTypes(tree, provider).includes(accessType)) return 'access-type-not-givable';
  if (liveGrants(tree, requester).some((grant) => grant.giver === provider)) return 'already-shared';
  if (requester === provider || standsAbove(tree, requester, provider)) return 'requester-above';
  return undefined;
}

/**
 * Why the installation is left out when the provider selects it for the requester; `undefined` when it is not
 * (R-A2, R-A3). What the provider has archived is no longer offered.
 */
export function leftOutReason(
  state: InstallationState,
  { requesterKind, ...giving }: Giving,
): LeftOutCode | undefined {
  if (state.status === 'none') return 'not-yours';
  const refusal = refusalToGive(state.tree, giving);
  if (refusal === 'not-yours') return refusal;
  if (state.placements[giving.provider]?.archived) return 'archived';
  return receivableBy(giving.accessType, requesterKind) ? refusal : 'access-type-not-givable';
}

/**
 * The account whose company details a document drawn up by `account` carries: its giver's where the grant it acts under
 * says so, else its own (R-A4). The giver's own grant is not followed further: what a giver agreed with the account it
 * got access from does not affect those it gives access to.
 */
export function documentIssuer(tree: GrantTree, account: string): string {
  const grant = strongestGrant(tree, account);
  return grant?.documentIdentity === 'giver' ? grant.giver : account;
}

import { accessOf, type GrantTree, type RecordedGrant, readableTree } from '#domain/installation';
import type { Instant } from '#domain/kernel';
import type { CollectionDefinition, Document } from '#view-store';
import type { Reflecting } from '../reflecting.ts';
import { forkOf } from './forks.ts';

/** Where the decision stands that ended access: it is read there, as everything that names a person. */
export type EndDecision =
  /** The event of this revision of the installation itself: its holder gave it back. */
  | { readonly revision: number }
  /** Whatever began what has this id throughout: a revocation of a share, or the end of a connection. */
  | { readonly correlation: string };

/** Who had access to one installation, from when to when, and why no longer. */
export interface AccessTree extends Reflecting {
  /** The installation's id. */
  readonly id: string;
  readonly token: string;
  readonly registeredAt: Instant;
  /** Every grant there ever was. */
  readonly tree: GrantTree;
  /** By the ids of the grants that have ended. */
  readonly ends: Readonly<Record<string, EndDecision>>;
}

export const accessTrees: CollectionDefinition<AccessTree> = { name: 'access-trees', indexes: {} };

/** From when to when an account had access, along one path: as the root, or by a grant. */
export interface AccessInterval {
  readonly account: string;
  /** Absent for the root, which has access from the registration on. */
  readonly grant?: RecordedGrant;
  readonly since: Instant;
  /** Absent while it is live, as far as is known. */
  readonly until?: Instant;
}

/** What one account may know of one interval. */
export interface KnownInterval extends Document {
  /** `<installation>:<grant>:<knower>`, for the root's `<installation>:root:<knower>`. */
  readonly id: string;
  readonly knower: string;
  /** Whose access it is. What an account knows of its own is all there is to know of it. */
  readonly account: string;
  readonly installationId: string;
  /** Absent for the root. */
  readonly grantId?: string;
  readonly since: Instant;
  readonly until?: Instant;
}

/**
 * Found by moments without looking at any that does not count: live ones by their beginning, those that have ended by
 * the fork of the tree of time that they are kept at (forks.ts) with their beginning or end.
 */
export const knownIntervals: CollectionDefinition<KnownInterval> = {
  name: 'known-intervals',
  indexes: {
    begun: ({ knower, account, since, id }) => [knower, account, since, id],
    live: ({ knower, account, since, until, id }) =>
      until === undefined ? [knower, account, since, id] : undefined,
    'ended-by-begin': ({ knower, account, since, until, id }) =>
      until === undefined ? undefined : [knower, account, forkOf(since, until), since, id],
    'ended-by-end': ({ knower, account, since, until, id }) =>
      until === undefined ? undefined : [knower, account, forkOf(since, until), until, id],
  },
};

/** Where a decision stands that processes carried out: its event, by the id that everything of it has in common. */
export interface AccessDecision extends Document {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
}

export const accessDecisions: CollectionDefinition<AccessDecision> = {
  name: 'access-decisions',
  indexes: {},
};

/**
 * Who had access, the root first and then as it was given, as far as `reader` may know; everything where there is
 * none. Nothing for a stranger.
 */
export function intervalsOf(
  { tree, registeredAt }: Pick<AccessTree, 'tree' | 'registeredAt'>,
  reader?: string,
): readonly AccessInterval[] {
  if (reader !== undefined && accessOf(tree, reader).kind === 'none') return [];
  const { grants } = reader === undefined ? tree : readableTree(tree, reader);
  const given = grants.map((grant): AccessInterval => {
    const { holder: account, grantedAt: since, withdrawal } = grant;
    return { account, grant, since, ...(withdrawal && { until: withdrawal.withdrawnAt }) };
  });
  return [{ account: tree.root, since: registeredAt }, ...given];
}

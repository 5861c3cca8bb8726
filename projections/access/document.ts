import { accessOf, type GrantTree, pathTo, type RecordedGrant, readableTree } from '#domain/installation';
import type { Instant } from '#domain/kernel';
import type { Sums } from '#subscriptions';
import type { CollectionDefinition, Document, Key } from '#view-store';
import type { Reflecting } from '../reflecting.ts';
import { forkOf } from './forks.ts';

/** Where the decision that ended access is recorded; the person who made it is read from there. */
export type EndDecision =
  /** The event at this revision of the installation itself: its holder returned the access. */
  | { readonly revision: number }
  /** The first event with this correlation id: a revocation of a share, or the end of a connection. */
  | { readonly correlation: string };

/** Who had access to one installation, when, and why it ended. */
export interface AccessTree extends Reflecting {
  /** The installation's id. */
  readonly id: string;
  readonly token: string;
  readonly registeredAt: Instant;
  /** All grants, including ended ones. */
  readonly tree: GrantTree;
  /** The decisions by the ids of the grants that they ended. */
  readonly ends: Readonly<Record<string, EndDecision>>;
  /** By account: under which of its own customers it keeps the installation. */
  readonly customers: Readonly<Record<string, string>>;
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
  /** Whose access it is. An account knows everything about its own access. */
  readonly account: string;
  readonly installationId: string;
  /** Absent for the root. */
  readonly grantId?: string;
  readonly since: Instant;
  readonly until?: Instant;
  /** Of access that the knower gave, directly or through others: the customer under which it keeps the installation. */
  readonly givenOf?: string;
  /**
   * Of the knower's own access, and of what it gave: this is what decides what the account may do now, of all that it
   * has to the installation as far as the knower knows (R-A5).
   */
  readonly decides?: true;
}

export const knownIntervals: CollectionDefinition<KnownInterval> = {
  name: 'known-intervals',
  indexes: {
    'account-begun': ({ knower, account, since, id }) => [knower, account, since, id],
    decisive: ({ knower, account, installationId, decides }) =>
      decides ? [knower, account, installationId] : undefined,
    ...indexesOfTime('account', ({ knower, account }) => [knower, account]),
    ...indexesOfTime('given', ({ knower, givenOf }) => (givenOf === undefined ? undefined : [knower])),
    ...indexesOfTime('given-to', ({ knower, account, givenOf }) =>
      givenOf === undefined ? undefined : [knower, account],
    ),
    ...indexesOfTime('given-of', ({ knower, givenOf }) =>
      givenOf === undefined ? undefined : [knower, givenOf],
    ),
  },
};

/**
 * Indexes of intervals by time, which find those that contain a moment without reading any other: live ones by their
 * beginning, ended ones by their fork in the tree of time (forks.ts) with their beginning or end.
 * @param prefixOf the owner of an interval; `undefined` for one that is not indexed
 */
function indexesOfTime(
  name: string,
  prefixOf: (interval: KnownInterval) => Key | undefined,
): CollectionDefinition<KnownInterval>['indexes'] {
  const by = (keyOf: (interval: KnownInterval) => Key | undefined) => (interval: KnownInterval) => {
    const [prefix, key] = [prefixOf(interval), keyOf(interval)];
    return prefix && key && [...prefix, ...key, interval.id];
  };
  return {
    [`${name}-live`]: by(({ since, until }) => (until === undefined ? [since] : undefined)),
    [`${name}-ended-by-begin`]: by(({ since, until }) =>
      until === undefined ? undefined : [forkOf(since, until), since],
    ),
    [`${name}-ended-by-end`]: by(({ since, until }) =>
      until === undefined ? undefined : [forkOf(since, until), until],
    ),
  };
}

/** Where a decision is recorded that processes carried out: its event, by the correlation id of everything it led to. */
export interface AccessDecision extends Document {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
}

export const accessDecisions: CollectionDefinition<AccessDecision> = {
  name: 'access-decisions',
  indexes: {},
};

/** How the access that an account gave is counted: by the account that holds it, or by the giver's own customer. */
export type GivenBy = 'account' | 'customer';

/** On how many installations an account has given access, directly or through others, to one account or of one customer. */
export interface GivenCount extends Sums {
  /** `<giver>:<by>:<of>`. */
  readonly id: string;
  readonly giver: string;
  readonly by: GivenBy;
  /** The id of that account or customer. */
  readonly of: string;
  /** `live` now, `ever`, and the change in each year (UTC), from its first to its last day. */
  readonly amounts: Readonly<Record<string, number>>;
}

export const givenCounts: CollectionDefinition<GivenCount> = {
  name: 'given-counts',
  indexes: { 'by-giver': ({ giver, by, of }) => [giver, by, of] },
};

/** The change of a count on each day of one year, `MM-DD`. */
export interface GivenCountYear extends Sums {
  /** `<giver>:<by>:<of>:<year>`. */
  readonly id: string;
}

export const givenCountYears: CollectionDefinition<GivenCountYear> = {
  name: 'given-count-years',
  indexes: {},
};

/**
 * Who had access, the root first and then in the order it was given, as far as `reader` may know; all of it without a
 * reader, nothing for a stranger.
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

/** Whether the account gave that access, directly or through others: only the root gave none of its own. */
export function isGivenBy(
  { tree }: Pick<AccessTree, 'tree'>,
  { grant }: AccessInterval,
  account: string,
): boolean {
  return grant !== undefined && pathTo(tree, grant).some(({ giver }) => giver === account);
}

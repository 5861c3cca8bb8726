// Who had access to what, from when to when, along which path.
import type { Recorded } from '#contracts';
import {
  type InstallationEvent,
  type Placement,
  readableTree,
  strongestGrant,
  withExtension,
  withGrant,
  withWithdrawal,
} from '#domain/installation';
import { type Change, change } from '#subscriptions';
import { defineProjection, onEach } from '../define.ts';
import { update, upsert } from '../reflecting.ts';
import {
  type AccessInterval,
  type AccessTree,
  accessDecisions,
  accessTrees,
  type EndDecision,
  givenCounts,
  givenCountYears,
  intervalsOf,
  isGivenBy,
  type KnownInterval,
  knownIntervals,
} from './document.ts';
import { givenAddends, givenYearAddends } from './given.ts';

export const accessProjection = defineProjection({
  name: 'access',
  version: 4,
  collections: [accessTrees, knownIntervals, accessDecisions, givenCounts, givenCountYears],
  on: {
    InstallationRegistered: (event) => {
      const { installationId: id, account, token, placement } = event.data;
      return [
        upsert(accessTrees, id, event, () => ({
          id,
          token,
          registeredAt: event.metadata.at,
          tree: { root: account, grants: [] },
          ends: {},
          customers: { [account]: placement.customerId },
        })),
      ];
    },
    InstallationAccessGranted: (event) => [
      update(accessTrees, event.data.installationId, event, (document) => ({
        ...kept(document, event.data.grant.holder, event.data.placement),
        tree: withGrant(document.tree, event.data.grant),
      })),
    ],
    InstallationMoved: (event) => [
      update(accessTrees, event.data.installationId, event, (document) =>
        kept(document, event.data.account, event.data.placement),
      ),
    ],
    InstallationAccessExtended: (event) => {
      const { installationId, grantId, until } = event.data;
      return [
        update(accessTrees, installationId, event, (document) => ({
          ...document,
          tree: withExtension(document.tree, grantId, until),
        })),
      ];
    },
    InstallationAccessWithdrawn: (event) => {
      const { installationId, grantId, cause, withdrawnAt } = event.data;
      return [
        update(accessTrees, installationId, event, (document) => ({
          ...document,
          tree: withWithdrawal(document.tree, grantId, { cause, withdrawnAt }),
          ends: { ...document.ends, [grantId]: decisionOf(event) },
        })),
      ];
    },
    ...onEach(['ShareItemsWithdrawn', 'ConnectionEnded'], decided),
  },
  derive: [{ from: accessTrees, to: knownIntervals, rows: knownRows }],
  tally: [
    { from: accessTrees, to: givenCounts, addends: givenAddends },
    { from: accessTrees, to: givenCountYears, addends: givenYearAddends },
  ],
});

function kept(document: AccessTree, account: string, { customerId }: Placement): AccessTree {
  return { ...document, customers: { ...document.customers, [account]: customerId } };
}

/** An event of a process follows from a decision elsewhere; an event of a person is the decision. */
function decisionOf({ revision, metadata }: Recorded<InstallationEvent>): EndDecision {
  return metadata.actor.role === 'system' ? { correlation: metadata.$correlationId } : { revision };
}

/** The first event by a person of everything that one request led to. */
function decided({ stream, revision, metadata }: Recorded): readonly Change[] {
  if (metadata.actor.role === 'system') return [];
  const id = metadata.$correlationId;
  return [change(accessDecisions, id, (earlier) => earlier ?? { id, stream, revision })];
}

/** For each account that has or had access, what it may know of. */
function knownRows(document: AccessTree): KnownInterval[] {
  const { tree } = document;
  const knowers = new Set([tree.root, ...tree.grants.map(({ holder }) => holder)]);
  return [...knowers].flatMap((knower) => {
    const known = readableTree(tree, knower);
    const holders = new Set(known.grants.map(({ holder }) => holder));
    const decisive = new Set([...holders].map((holder) => strongestGrant(known, holder)?.grantId));
    return intervalsOf(document, knower).map((interval) => knownRow(document, knower, interval, decisive));
  });
}

/** @param decisive by the ids of grants, what decides what their holders may do as far as the knower knows */
function knownRow(
  document: AccessTree,
  knower: string,
  interval: AccessInterval,
  decisive: ReadonlySet<string | undefined>,
): KnownInterval {
  const { account, grant, since, until } = interval;
  const customer = isGivenBy(document, interval, knower) ? document.customers[knower] : undefined;
  const concerns = knower === account || customer !== undefined;
  const decides = concerns && (grant === undefined || decisive.has(grant.grantId));
  return {
    id: `${document.id}:${grant?.grantId ?? 'root'}:${knower}`,
    knower,
    account,
    installationId: document.id,
    ...(grant !== undefined && { grantId: grant.grantId }),
    since,
    ...(until !== undefined && { until }),
    ...(customer !== undefined && { givenOf: customer }),
    ...(decides && { decides }),
  };
}

// Who had access to what, from when to when, along which path.
import type { Recorded } from '#contracts';
import { type InstallationEvent, withGrant, withWithdrawal } from '#domain/installation';
import { type Change, change } from '#subscriptions';
import { defineProjection, onEach } from '../define.ts';
import { update, upsert } from '../reflecting.ts';
import {
  type AccessTree,
  accessDecisions,
  accessTrees,
  type EndDecision,
  intervalsOf,
  type KnownInterval,
  knownIntervals,
} from './document.ts';

export const accessProjection = defineProjection({
  name: 'access',
  version: 1,
  collections: [accessTrees, knownIntervals, accessDecisions],
  on: {
    InstallationRegistered: (event) => {
      const { installationId: id, account, token } = event.data;
      return [
        upsert(accessTrees, id, event, () => ({
          id,
          token,
          registeredAt: event.metadata.at,
          tree: { root: account, grants: [] },
          ends: {},
        })),
      ];
    },
    InstallationAccessGranted: (event) => [
      update(accessTrees, event.data.installationId, event, (document) => ({
        ...document,
        tree: withGrant(document.tree, event.data.grant),
      })),
    ],
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
});

/** What a process did follows from a decision elsewhere; what a person did is one. */
function decisionOf({ revision, metadata }: Recorded<InstallationEvent>): EndDecision {
  return metadata.actor.role === 'system' ? { correlation: metadata.$correlationId } : { revision };
}

/** The first that a person did of everything one request led to. */
function decided({ stream, revision, metadata }: Recorded): readonly Change[] {
  if (metadata.actor.role === 'system') return [];
  const id = metadata.$correlationId;
  return [change(accessDecisions, id, (earlier) => earlier ?? { id, stream, revision })];
}

/** For each account that has or had access, what it may know of. */
function knownRows({ id: installationId, tree, registeredAt }: AccessTree): KnownInterval[] {
  const knowers = new Set([tree.root, ...tree.grants.map(({ holder }) => holder)]);
  return [...knowers].flatMap((knower) =>
    intervalsOf({ tree, registeredAt }, knower).map(({ account, grant, since, until }) => ({
      id: `${installationId}:${grant?.grantId ?? 'root'}:${knower}`,
      knower,
      account,
      installationId,
      ...(grant !== undefined && { grantId: grant.grantId }),
      since,
      ...(until !== undefined && { until }),
    })),
  );
}

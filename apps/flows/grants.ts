// Grants that are not as their shares say. Nothing keeps a list of them, so all of them are gone through.

import { pagesFromEnd } from '#application/core';
import { deserialise, isKnown } from '#contracts';
import { findGrant, installation, isLive, type RecordedGrant } from '#domain/installation';
import { unreachable } from '#domain/kernel';
import { isByItsShare, share } from '#domain/share';
import type { EventReader } from '#event-store';
import { projections } from '#projections';
import { accessTrees, knownIntervals } from '#projections/access';
import { type PackageItemDocument, packageItemId, packageItems } from '#projections/shares';
import { ProjectionViews } from '#subscriptions';
import { allPages } from '#view-store';
import type { Flow } from './flow.ts';
import { before, type FlowSearch, type FlowSources } from './search.ts';

interface GrantOf {
  readonly installationId: string;
  readonly grant: RecordedGrant;
}

type LiveGrant = Pick<RecordedGrant, 'shareId' | 'grantedAt' | 'until'> & Pick<GrantOf, 'installationId'>;

/**
 * Grants of which the share does not say what they are: live or ended; the first `limit` of them.
 * @param looked is told how many grants have been gone through
 */
export async function findGrants(
  { stored, log }: FlowSources,
  search: FlowSearch,
  looked: (grants: number) => void,
): Promise<readonly Flow[]> {
  const views = new ProjectionViews(stored, projections);
  const oldest = before(search);
  const found: Flow[] = [];
  let count = 0;
  for await (const page of allPages(views, knownIntervals, { index: 'account-begun', prefix: [] })) {
    // What each knows of its own access is all the access there is.
    const own = page.filter(
      ({ knower, account, grantId, until, since }) =>
        knower === account && grantId !== undefined && since < oldest && (until ?? since) < oldest,
    );
    const trees = await views.getMany(
      accessTrees,
      own.map(({ installationId }) => installationId),
    );
    const grants = own.flatMap(({ installationId, grantId }, place): GrantOf[] => {
      const grant = grantId && trees[place] && findGrant(trees[place].tree, grantId);
      return grant ? [{ installationId, grant }] : [];
    });
    const items = await views.getMany(
      packageItems,
      grants.map(({ grant, installationId }) => packageItemId(grant.shareId, installationId)),
    );
    for (const [place, { installationId, grant }] of grants.entries()) {
      const flow = isLive(grant)
        ? await judged({ installationId, ...grant }, items[place], oldest, log)
        : untoldEnd(installationId, grant, items[place]);
      if (flow !== undefined) found.push(flow);
      if (found.length === search.limit) return found;
    }
    count += grants.length;
    looked(count);
  }
  return found;
}

/** Of access that ended outside its share, and of which the share says that it has not. */
function untoldEnd(
  installationId: string,
  { grantId, withdrawal }: RecordedGrant,
  item: PackageItemDocument | undefined,
): Flow | undefined {
  if (withdrawal === undefined || isByItsShare(withdrawal.cause.kind)) return undefined;
  if (item?.state.kind !== 'placed') return undefined;
  return {
    ...{ kind: 'withdrawing', state: 'unfollowed', process: 'follow-withdrawal', key: grantId },
    stream: `${installation.category}-${installationId}`,
    since: withdrawal.withdrawnAt,
    reason: `It ended on installation-${installationId}.`,
  };
}

async function judged(
  { installationId, shareId, grantedAt, until }: LiveGrant,
  item: PackageItemDocument | undefined,
  oldest: string,
  log: Pick<EventReader, 'readStream'>,
): Promise<Flow | undefined> {
  const stream = `${share.category}-${shareId}`;
  const told = {
    kind: 'granting',
    stream,
    since: grantedAt,
    reason: `Installation ${installationId}.`,
  } as const;
  if (item === undefined) return { ...told, state: 'unfounded' };
  const { state } = item;
  switch (state.kind) {
    case 'placed':
      if (until === undefined || until >= oldest) return undefined;
      return { ...told, since: until, state: 'outlived', process: 'expire-shares', key: shareId };
    case 'confirmed':
      return { ...told, state: 'untold', process: 'import-step', key: `${shareId}/${state.stepId}` };
    case 'withdrawn': {
      const { cause, withdrawnAt: since } = state;
      if (since >= oldest) return undefined;
      // What ended outside its share ended on the installation first.
      if (!isByItsShare(cause.kind)) return { ...told, since, state: 'unfounded' };
      const revision = await withdrawalOf(installationId, stream, log);
      const work = revision !== undefined && { process: 'withdraw-access', key: `${shareId}/${revision}` };
      return { ...told, since, ...work, state: 'outlived' };
    }
    case 'offered':
    case 'declined':
      return { ...told, state: 'unfounded' };
    default:
      return unreachable(state);
  }
}

/** The revision at which the share withdrew the installation last. */
async function withdrawalOf(
  installationId: string,
  stream: string,
  log: Pick<EventReader, 'readStream'>,
): Promise<number | undefined> {
  for await (const page of pagesFromEnd(log, stream)) {
    for (const recorded of page) {
      if (!isKnown(recorded)) continue;
      const event = deserialise(recorded);
      if (event.type !== 'ShareItemsWithdrawn') continue;
      if (event.data.installations.includes(installationId)) return event.revision;
    }
  }
  return undefined;
}

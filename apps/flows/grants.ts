// Grants that disagree with their shares. No view lists them, so all grants are read.

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
 * The first `limit` grants that are live or ended where their share shows the opposite.
 * @param onProgress called with the number of grants read so far
 */
export async function findGrants(
  { stored, log }: FlowSources,
  search: FlowSearch,
  onProgress: (grants: number) => void,
): Promise<readonly Flow[]> {
  const views = new ProjectionViews(stored, projections);
  const oldest = before(search);
  const found: Flow[] = [];
  let count = 0;
  for await (const page of allPages(views, knownIntervals, { index: 'account-begun', prefix: [] })) {
    // Each account knows all of its own access, so these rows cover every grant.
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
        ? await compareLive({ installationId, ...grant }, items[place], oldest, log)
        : compareEnded(installationId, grant, items[place]);
      if (flow !== undefined) found.push(flow);
      if (found.length === search.limit) return found;
    }
    count += grants.length;
    onProgress(count);
  }
  return found;
}

/** Access that ended for a reason outside its share must be shown as ended there. */
function compareEnded(
  installationId: string,
  { grantId, withdrawal }: RecordedGrant,
  item: PackageItemDocument | undefined,
): Flow | undefined {
  if (withdrawal === undefined || isByItsShare(withdrawal.cause.kind)) return undefined;
  if (item?.state.kind !== 'placed') return undefined;
  return {
    ...{ kind: 'withdrawing', state: 'end-unrecorded', process: 'follow-withdrawal', key: grantId },
    stream: `${installation.category}-${installationId}`,
    since: withdrawal.withdrawnAt,
    reason: `It ended on installation-${installationId}.`,
  };
}

async function compareLive(
  { installationId, shareId, grantedAt, until }: LiveGrant,
  item: PackageItemDocument | undefined,
  oldest: string,
  log: Pick<EventReader, 'readStream'>,
): Promise<Flow | undefined> {
  const stream = `${share.category}-${shareId}`;
  const flow = {
    kind: 'granting',
    stream,
    since: grantedAt,
    reason: `Installation ${installationId}.`,
  } as const;
  if (item === undefined) return { ...flow, state: 'orphaned' };
  const { state } = item;
  switch (state.kind) {
    case 'placed':
      if (until === undefined || until >= oldest) return undefined;
      return { ...flow, since: until, state: 'not-ended', process: 'expire-shares', key: shareId };
    case 'confirmed':
      return {
        ...flow,
        state: 'grant-unrecorded',
        process: 'import-step',
        key: `${shareId}/${state.stepId}`,
      };
    case 'withdrawn': {
      const { cause, withdrawnAt: since } = state;
      if (since >= oldest) return undefined;
      // An end for a reason outside the share is recorded on the installation first.
      if (!isByItsShare(cause.kind)) return { ...flow, since, state: 'orphaned' };
      const revision = await withdrawalOf(installationId, stream, log);
      const work = revision !== undefined && { process: 'withdraw-access', key: `${shareId}/${revision}` };
      return { ...flow, since, ...work, state: 'not-ended' };
    }
    case 'offered':
    case 'declined':
      return { ...flow, state: 'orphaned' };
    default:
      return unreachable(state);
  }
}

/** The revision of the last event by which the share withdrew the installation. */
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

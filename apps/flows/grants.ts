// Grants that are not as their shares say. Nothing keeps a list of them, so all of them are gone through.

import { pagesOf } from '#application/core';
import { deserialise } from '#contracts';
import { findGrant, isLive } from '#domain/installation';
import { type Instant, unreachable } from '#domain/kernel';
import { isByItsShare, share } from '#domain/share';
import type { EventReader } from '#event-store';
import { projections } from '#projections';
import { accessTrees, knownIntervals } from '#projections/access';
import { type PackageItemDocument, packageItemId, packageItems } from '#projections/shares';
import { ProjectionViews } from '#subscriptions';
import type { Flow } from './flow.ts';
import { before, type FlowSearch, type FlowSources } from './search.ts';

const PAGE = 500;

interface LiveGrant {
  readonly installationId: string;
  readonly shareId: string;
  readonly grantedAt: Instant;
  /** The moment at which it ends by itself. */
  readonly until?: Instant | undefined;
}

/**
 * Live grants of which the share does not say that they are, the first `limit` of them.
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
  let after: string | undefined;
  let count = 0;
  do {
    const query = { index: 'account-begun', prefix: [], after, limit: PAGE };
    const page = await views.find(knownIntervals, query);
    // What each knows of its own access is all the access there is.
    const own = page.items.filter(
      ({ knower, account, grantId, until, since }) =>
        knower === account && grantId !== undefined && until === undefined && since < oldest,
    );
    const trees = await views.getMany(
      accessTrees,
      own.map(({ installationId }) => installationId),
    );
    const grants = own.flatMap(({ installationId, grantId }, place): LiveGrant[] => {
      const grant = grantId && trees[place] && findGrant(trees[place].tree, grantId);
      if (!grant || !isLive(grant)) return [];
      const { shareId, grantedAt, until } = grant;
      return [{ installationId, shareId, grantedAt, until }];
    });
    const items = await views.getMany(
      packageItems,
      grants.map(({ shareId, installationId }) => packageItemId(shareId, installationId)),
    );
    for (const [place, grant] of grants.entries()) {
      const flow = await judged(grant, items[place], oldest, log);
      if (flow !== undefined) found.push(flow);
      if (found.length === search.limit) return found;
    }
    count += grants.length;
    looked(count);
    after = page.next;
  } while (after !== undefined);
  return found;
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
  let found: number | undefined;
  for await (const page of pagesOf(log, stream)) {
    for (const recorded of page) {
      const event = deserialise(recorded);
      if (event.type !== 'ShareItemsWithdrawn') continue;
      if (event.data.installations.includes(installationId)) found = event.revision;
    }
  }
  return found;
}

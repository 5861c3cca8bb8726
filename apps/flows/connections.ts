// Ended connections whose end was not fully processed. No view lists them, so all ended connections are read.
import { connection } from '#domain/connection';
import { isRevocableAt } from '#domain/installation';
import type { Instant } from '#domain/kernel';
import { processWork } from '#processes';
import { projections } from '#projections';
import { connections } from '#projections/connections';
import { type PartyShare, partyShares } from '#projections/shares';
import { ProjectionViews } from '#subscriptions';
import { allPages, type ViewReader } from '#view-store';
import type { Flow } from './flow.ts';
import { before, type FlowSearch, type FlowSources } from './search.ts';

const PROCESS = 'end-connection';

/**
 * The first `limit` ended connections along which a request is still open, or a share that was to be revoked is still
 * revocable.
 * @param onProgress called with the number of connections read so far
 */
export async function findEndedConnections(
  { stored }: Pick<FlowSources, 'stored'>,
  search: FlowSearch,
  onProgress: (connections: number) => void,
): Promise<readonly Flow[]> {
  const views = new ProjectionViews(stored, projections);
  const found: Flow[] = [];
  const ended = { index: 'ended', prefix: [], to: before(search) };
  let count = 0;
  for await (const page of allPages(views, connections, ended)) {
    for (const { id, connection: state, since } of page) {
      if (state.status !== 'ended') continue;
      const reason = await unprocessedShare(id, state, views, search.now);
      if (reason === undefined || (await stored.get(processWork, `${PROCESS}/${id}`)) !== undefined) continue;
      const stream = `${connection.category}-${id}`;
      found.push({
        kind: 'connecting',
        state: 'lost',
        process: PROCESS,
        key: id,
        stream,
        since,
        reason,
      });
      if (found.length === search.limit) return found;
    }
    count += page.length;
    onProgress(count);
  }
  return found;
}

/** What the end of the connection should have cancelled or revoked, and has not. */
async function unprocessedShare(
  id: string,
  { endedBy, revokeShares }: { readonly endedBy: string; readonly revokeShares: boolean },
  views: ViewReader,
  now: Instant,
): Promise<string | undefined> {
  const along = { index: 'by-connection', prefix: [endedBy, id] };
  for await (const page of allPages(views, partyShares, along)) {
    for (const share of page) {
      if (share.status === 'requested' || share.status === 'to-evaluate') {
        return `The request of share ${share.shareId} is open.`;
      }
      if (revokeShares && isRevocable(share, now)) return `Share ${share.shareId} is not revoked.`;
    }
  }
  return undefined;
}

function isRevocable({ role, revocableUntil }: PartyShare, now: Instant): boolean {
  return role === 'provider' && revocableUntil !== undefined && isRevocableAt(revocableUntil, now);
}

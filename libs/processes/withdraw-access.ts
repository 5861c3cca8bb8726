// Carries the revocation of a share to the installations it is about (R-V3, R-V4).
import { findGrant, installation, isLive } from '#domain/installation';
import { isGiven, type ShareItemsWithdrawn, share } from '#domain/share';
import type { EventReader } from '#event-store';
import { eventAt } from './event-at.ts';
import { grantIdOf } from './grant-id.ts';
import { IN_FLIGHT, inFlight } from './in-flight.ts';
import { issueFor } from './issue.ts';
import type { ProcessManager } from './process-manager.ts';
import { readShare } from './share-history.ts';

const NAME = 'withdraw-access';

export const withdrawAccess: ProcessManager<{ readonly shareId: string; readonly revision: number }> = {
  name: NAME,
  startedBy: ['ShareItemsWithdrawn'],
  workFor(event) {
    if (event.type !== 'ShareItemsWithdrawn') return undefined;
    const { shareId, cause } = event.data;
    // Any other cause came from the installations themselves.
    if (cause.kind !== 'revoked' || cause.shareId !== shareId) return undefined;
    return { key: `${shareId}/${event.revision}`, data: { shareId, revision: event.revision } };
  },
  async step([work], { aggregates, commands, reader }) {
    const { shareId, revision } = work.data;
    const given = await aggregates.state(share, shareId);
    if (!isGiven(given)) return 'done';
    const { requester: holder, provider } = given.summary;
    const issue = issueFor(commands, NAME, work, provider);
    const withdrawn = await withdrawal(reader, shareId, revision);
    const { cause } = withdrawn.data;
    const importing = await importingThen(reader, withdrawn, revision);

    await inFlight(withdrawn.data.installations, IN_FLIGHT, async (installationId) => {
      const grantId = grantIdOf(shareId, installationId);
      const state = await aggregates.state(installation, installationId);
      if (state.status === 'none' || state.blockedGrants.includes(grantId)) return;
      const grant = findGrant(state.tree, grantId);
      const open = grant === undefined ? importing.has(installationId) : isLive(grant);
      if (!open) return;
      const data = { installationId, grantId, shareId, holder, cause: { ...cause, grantId } };
      await issue('WithdrawAccess', data, installationId);
    });
    return 'done';
  },
};

async function withdrawal(
  reader: EventReader,
  shareId: string,
  revision: number,
): Promise<ShareItemsWithdrawn> {
  const event = await eventAt(reader, share.category, shareId, revision);
  if (event.type === 'ShareItemsWithdrawn') return event;
  throw new Error(`Share ${shareId} has no withdrawal at revision ${revision}.`);
}

/** What had been confirmed when the items were withdrawn: its grant may yet come, and must find itself blocked. */
async function importingThen(
  reader: EventReader,
  { data }: ShareItemsWithdrawn,
  revision: number,
): Promise<ReadonlySet<string>> {
  const confirmed = new Set<string>();
  if (data.from.placing === 0) return confirmed;
  for await (const event of readShare(reader, data.shareId)) {
    if (event.revision >= revision) break;
    if (event.type !== 'ShareInstallationsConfirmed') continue;
    for (const { installationId } of event.data.installations) confirmed.add(installationId);
  }
  return confirmed;
}

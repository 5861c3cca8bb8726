// Withdraws access on the installations of a revoked share (R-V3, R-V4).
import { CONCURRENT_COMMANDS, type CommandPort, mapConcurrently } from '#application/core';
import { findGrant, installation, isLive, type WithdrawAccess } from '#domain/installation';
import { isByItsShare, type ShareItemsWithdrawn, share, wasApproved } from '#domain/share';
import type { EventReader } from '#event-store';
import { eventAt } from './event-at.ts';
import { grantIdOf } from './grant-id.ts';
import { issueFor } from './issue.ts';
import type { ProcessDependencies, ProcessManager, Work } from './process-manager.ts';
import { readShare } from './share-history.ts';

const NAME = 'withdraw-access';

/** The revision of a share's stream at which its giver revoked some items. */
export type Revocation = { readonly shareId: string; readonly revision: number };

type Withdrawal = WithdrawAccess['data'];

export const withdrawAccess: ProcessManager<Revocation> = {
  name: NAME,
  startedBy: ['ShareItemsWithdrawn'],
  workFor(event) {
    if (event.type !== 'ShareItemsWithdrawn') return undefined;
    const { shareId, cause } = event.data;
    // Withdrawals for any other cause came from the installations themselves.
    if (!isByItsShare(cause.kind) || ('shareId' in cause && cause.shareId !== shareId)) return undefined;
    return { key: `${shareId}/${event.revision}`, data: { shareId, revision: event.revision } };
  },
  async step([work], dependencies) {
    await withdraw(await openWithdrawals(work, dependencies), work, dependencies.commands);
    return 'done';
  },
};

/** The withdrawals that are not yet recorded on the installations. */
export async function openWithdrawals(
  { data: { shareId, revision } }: Work<Revocation>,
  { aggregates, reader }: Pick<ProcessDependencies, 'aggregates' | 'reader'>,
): Promise<readonly Withdrawal[]> {
  const given = await aggregates.state(share, shareId);
  if (!wasApproved(given)) return [];
  const { requester: holder } = given.summary;
  const withdrawn = await withdrawal(reader, shareId, revision);
  const { cause } = withdrawn.data;
  if (cause.kind === 'refused') return [];
  const importing = await confirmedBefore(reader, withdrawn, revision);

  const open = await mapConcurrently(
    withdrawn.data.installations,
    CONCURRENT_COMMANDS,
    async (installationId) => {
      const grantId = grantIdOf(shareId, installationId);
      const state = await aggregates.state(installation, installationId);
      if (state.status === 'none' || state.blockedGrants.includes(grantId)) return [];
      const grant = findGrant(state.tree, grantId);
      const ends = grant === undefined ? importing.has(installationId) : isLive(grant);
      return ends ? [{ installationId, grantId, shareId, holder, cause: { ...cause, grantId } }] : [];
    },
  );
  return open.flat();
}

/** Sends some of the withdrawals: always the same commands, however often they are sent. */
export async function withdraw(
  open: readonly Withdrawal[],
  work: Work<Revocation>,
  commands: CommandPort,
): Promise<void> {
  await mapConcurrently(open, CONCURRENT_COMMANDS, (data) =>
    issueFor(commands, NAME, work, data.cause.account)('WithdrawAccess', data, data.installationId),
  );
}

async function withdrawal(
  reader: EventReader,
  shareId: string,
  revision: number,
): Promise<ShareItemsWithdrawn> {
  const event = await eventAt(reader, share.category, shareId, revision);
  if (event.type === 'ShareItemsWithdrawn') return event;
  throw new Error(`Share ${shareId} has no withdrawal at revision ${revision}.`);
}

/** The items that were confirmed when they were withdrawn: their grants may yet arrive, and must be blocked. */
async function confirmedBefore(
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

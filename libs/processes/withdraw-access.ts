// Carries the revocation of a share to the installations it is about (R-V3, R-V4).
import { type CommandPort, IN_FLIGHT, inFlight } from '#application/core';
import { findGrant, installation, isLive, type WithdrawAccess } from '#domain/installation';
import { isGiven, type ShareItemsWithdrawn, share } from '#domain/share';
import type { EventReader } from '#event-store';
import { eventAt } from './event-at.ts';
import { grantIdOf } from './grant-id.ts';
import { issueFor } from './issue.ts';
import type { ProcessDependencies, ProcessManager, Work } from './process-manager.ts';
import { readShare } from './share-history.ts';

const NAME = 'withdraw-access';

/** Where in a share's stream its giver's revocation of some items stands. */
export type Revocation = { readonly shareId: string; readonly revision: number };

type Withdrawal = WithdrawAccess['data'];

export const withdrawAccess: ProcessManager<Revocation> = {
  name: NAME,
  startedBy: ['ShareItemsWithdrawn'],
  workFor(event) {
    if (event.type !== 'ShareItemsWithdrawn') return undefined;
    const { shareId, cause } = event.data;
    // Any other cause came from the installations themselves.
    if (cause.kind !== 'revoked' || cause.shareId !== shareId) return undefined;
    return { key: `${shareId}/${event.revision}`, data: { shareId, revision: event.revision } };
  },
  async step([work], dependencies) {
    await withdraw(await openWithdrawals(work, dependencies), work, dependencies.commands);
    return 'done';
  },
};

/** What the revocation has not brought to the installations yet. */
export async function openWithdrawals(
  { data: { shareId, revision } }: Work<Revocation>,
  { aggregates, reader }: Pick<ProcessDependencies, 'aggregates' | 'reader'>,
): Promise<readonly Withdrawal[]> {
  const given = await aggregates.state(share, shareId);
  if (!isGiven(given)) return [];
  const { requester: holder } = given.summary;
  const withdrawn = await withdrawal(reader, shareId, revision);
  const { cause } = withdrawn.data;
  if (cause.kind === 'refused') return [];
  const importing = await importingThen(reader, withdrawn, revision);

  const open = await inFlight(withdrawn.data.installations, IN_FLIGHT, async (installationId) => {
    const grantId = grantIdOf(shareId, installationId);
    const state = await aggregates.state(installation, installationId);
    if (state.status === 'none' || state.blockedGrants.includes(grantId)) return [];
    const grant = findGrant(state.tree, grantId);
    const ends = grant === undefined ? importing.has(installationId) : isLive(grant);
    return ends ? [{ installationId, grantId, shareId, holder, cause: { ...cause, grantId } }] : [];
  });
  return open.flat();
}

/** Brings some of it to the installations: the same commands, whoever sends them and however often. */
export async function withdraw(
  open: readonly Withdrawal[],
  work: Work<Revocation>,
  commands: CommandPort,
): Promise<void> {
  await inFlight(open, IN_FLIGHT, (data) =>
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

import { ITEMS_PER_EVENT, impossible } from '#domain/kernel';
import type { CollectPackageBatch, CompletePackage, StartPreparation } from './commands.ts';
import type { ShareEvent } from './events.ts';
import { notNow, requireExisting } from './guards.ts';
import { withinLevel } from './levels.ts';
import { summaryAfter, withProcessed } from './outcome.ts';
import { isCollected, isWhollyWithdrawn } from './query.ts';
import { isGiven, type ShareState } from './state.ts';

/** Recorded before anything is collected, so that a crash resumes (R-S7). */
export function startPreparation(command: StartPreparation, state: ShareState): ShareEvent[] {
  const existing = requireExisting(state);
  if (isGiven(existing) && existing.status !== 'approved') return [];
  if (!isGiven(existing)) throw notNow('share-not-approved', command, existing.summary);
  return [{ type: 'SharePreparationStarted', data: { shareId: command.data.shareId } }];
}

/** The next batch of the package, within what its level lets be copied (R-S7). */
export function collectBatch(command: CollectPackageBatch, state: ShareState): ShareEvent[] {
  const { data } = command;
  const existing = requireExisting(state);
  if (!isGiven(existing)) throw notNow('share-not-preparing', command, existing.summary);
  if (existing.status === 'revoked' || data.batch < existing.collection.batches) return [];
  if (existing.status !== 'preparing') throw notNow('share-not-preparing', command, existing.summary);
  if (data.batch > existing.collection.batches || isCollected(existing)) {
    throw notNow('batch-out-of-order', command, existing.summary);
  }
  if (data.items.length > ITEMS_PER_EVENT || data.leftOut.length > ITEMS_PER_EVENT) {
    throw impossible('batch-too-large', `A batch has at most ${ITEMS_PER_EVENT} items.`);
  }
  // A thing that moved while the package was collected is met twice; it stays as it was frozen first.
  const seen = new Set(existing.items.keys());
  const items = data.items
    .filter(({ installationId }) => seen.size < seen.add(installationId).size)
    .map((item) => withinLevel(existing.level, item));
  return [{ type: 'SharePackageBatchCollected', data: { ...data, items } }];
}

/** The package is complete and both parties read it (R-S8). */
export function completePackage(command: CompletePackage, state: ShareState): ShareEvent[] {
  const { data, now } = command;
  const existing = requireExisting(state);
  if (!isGiven(existing) || existing.status === 'approved') {
    throw notNow('share-not-preparing', command, existing.summary);
  }
  if (existing.status !== 'preparing') return [];
  if (!isCollected(existing)) throw notNow('package-incomplete', command, existing.summary);
  const { counts, leftOut } = existing.summary;
  const { shareId } = data;
  const events: ShareEvent[] = [
    {
      type: 'SharePackageCompleted',
      data: { shareId, items: counts.total, leftOut, availableAt: now },
    },
  ];
  return isWhollyWithdrawn(summaryAfter(events, existing))
    ? [...events, { type: 'ShareRevoked', data: { shareId, withdrawn: counts.withdrawn, revokedAt: now } }]
    : withProcessed(events, existing, now);
}

import { ITEMS_PER_EVENT, impossible } from '#domain/kernel';
import type { CollectPackageBatch, CompletePackage, StartPreparation } from './commands.ts';
import type { ShareEvent } from './events.ts';
import { withinLevel } from './levels.ts';
import { summaryAfter, withProcessed } from './outcome.ts';
import { hasEnded, isCollected, isWhollyWithdrawn } from './query.ts';
import { notNow } from './refusals.ts';
import type { RecordingRow } from './row.ts';
import { wasApproved } from './state.ts';

/** Recorded before anything is collected, so that a crash resumes (R-S7). */
export const startPreparation: RecordingRow<StartPreparation> = {
  kind: 'recording',
  roles: ['system'],
  decide({ data, actor }, share) {
    if (!wasApproved(share)) throw notNow('share-not-approved', share, actor.account);
    if (share.summary.status !== 'approved') return [];
    return [{ type: 'SharePreparationStarted', data: { shareId: data.shareId } }];
  },
};

/** The next batch of the package, within what its level lets be copied (R-S7). */
export const collectPackageBatch: RecordingRow<CollectPackageBatch> = {
  kind: 'recording',
  roles: ['system'],
  decide({ data, actor }, share) {
    if (!wasApproved(share)) throw notNow('share-not-preparing', share, actor.account);
    const { summary, contents } = share;
    const { batches } = contents.collection;
    if (hasEnded(summary) || data.batch < batches) return [];
    if (summary.status !== 'preparing') throw notNow('share-not-preparing', share, actor.account);
    if (data.batch > batches || isCollected(contents))
      throw notNow('batch-out-of-order', share, actor.account);
    if (data.items.length > ITEMS_PER_EVENT || data.leftOut.length > ITEMS_PER_EVENT) {
      throw impossible('batch-too-large', `A batch has at most ${ITEMS_PER_EVENT} items.`);
    }
    // An installation that moved while the package was collected is found twice; the first frozen copy stays.
    const seen = new Set<string>();
    const isNew = ({ installationId: id }: { readonly installationId: string }) =>
      !contents.items.has(id) && seen.size < seen.add(id).size;
    const items = data.items.filter(isNew).map((item) => withinLevel(summary.level, item));
    return [
      { type: 'SharePackageBatchCollected', data: { ...data, items, leftOut: data.leftOut.filter(isNew) } },
    ];
  },
};

/** The package is complete and both parties read it (R-S8). */
export const completePackage: RecordingRow<CompletePackage> = {
  kind: 'recording',
  roles: ['system'],
  decide({ data, actor, now }, share) {
    if (!wasApproved(share) || share.summary.status === 'approved')
      throw notNow('share-not-preparing', share, actor.account);
    if (share.summary.status !== 'preparing') return [];
    if (!isCollected(share.contents)) throw notNow('package-incomplete', share, actor.account);
    const { counts, leftOut } = share.summary;
    const { shareId } = data;
    const events: ShareEvent[] = [
      {
        type: 'SharePackageCompleted',
        data: { shareId, items: counts.total, leftOut, availableAt: now },
      },
    ];
    return isWhollyWithdrawn(summaryAfter(events, share))
      ? [...events, { type: 'ShareRevoked', data: { shareId, withdrawn: counts.withdrawn, revokedAt: now } }]
      : withProcessed(events, share, now);
  },
};

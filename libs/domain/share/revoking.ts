import { GIVING } from '#domain/installation';
import { conflict, type Instant, ITEMS_PER_EVENT, inBatches, type Refusal } from '#domain/kernel';
import type { RecordWithdrawnItems, RevokeShare } from './commands.ts';
import type { ShareEvent, ShareItemsWithdrawn, WithdrawnFrom } from './events.ts';
import { summaryAfter, withProcessed } from './outcome.ts';
import {
  isLiveOrOffered,
  isRevocable,
  isWhollyWithdrawn,
  type RetainedItem,
  revocationOutcome,
} from './query.ts';
import { notNow, requireItems } from './refusals.ts';
import type { ActionRow, RecordingRow } from './row.ts';
import { type ApprovedShare, requireApproved, wasApproved } from './state.ts';

/** The giver revokes the share or some installations of it, as far as its terms still allow (R-V1 to R-V3). */
export const revokeShare: ActionRow<RevokeShare> = {
  kind: 'action',
  action: 'revoke',
  side: 'provider',
  roles: GIVING,
  possible: isRevocable,
  refusals: { otherSide: 'not-the-giver', notNow: 'share-not-approved' },
  refuseNow({ data, actor }, share) {
    if (!wasApproved(share)) return notNow('share-not-approved', share, actor.account);
    requireItems(data.installations ?? [], share.contents.items);
    return share.summary.status === 'expired'
      ? notNow('share-not-approved', share, actor.account)
      : windowClosed();
  },
  isDone: ({ data }, share) => wasApproved(share) && withdrawsNothingNew(data.installations, share),
  decide({ data, actor, now }, share) {
    const { shareId, installations: named, reason } = data;
    const given = requireApproved(share);
    requireItems(named ?? [], given.contents.items);

    const { withdrawn, retained } = revocationOutcome(given, named, now);
    const { status } = given.summary;
    const wholeShare = (status === 'approved' || status === 'preparing') && named === undefined;
    if (withdrawn.length === 0 && !wholeShare) throw windowClosed(named && retained);

    const stated = reason !== undefined && { reason };
    const cause = { kind: 'revoked', account: actor.account, shareId, ...stated } as const;
    const events: ShareEvent[] = withdrawnBecause(given, withdrawn, cause, now);
    if (wholeShare || isWhollyWithdrawn(summaryAfter(events, given))) {
      const outcome = { shareId, withdrawn: withdrawn.length, ...stated, revokedAt: now };
      return [...events, { type: 'ShareRevoked', data: outcome }];
    }
    const outcome = {
      shareId,
      withdrawn: withdrawn.length,
      retained: retained.length,
      ...stated,
      revokedAt: now,
    };
    return withProcessed([...events, { type: 'SharePartlyRevoked', data: outcome }], given, now);
  },
};

/** Nothing revocable at all (R-V3), with what is retained where installations were named. */
function windowClosed(retained: readonly RetainedItem[] = []): Refusal {
  const errors = retained.map(({ installationId, code, since }) => ({
    pointer: installationId,
    code,
    detail: `It could be revoked until ${since}.`,
  }));
  const detail = 'Nothing of this can be revoked any more.';
  return conflict('revocation-window-closed', detail, errors.length > 0 ? { errors } : undefined);
}

/** Whether everything it names was withdrawn before: revoking it again changes nothing. */
function withdrawsNothingNew(
  named: readonly string[] | undefined,
  { summary, contents }: ApprovedShare,
): boolean {
  if (named === undefined) return summary.status === 'revoked';
  return named.every((installationId) => contents.items.get(installationId)?.status === 'withdrawn');
}

/**
 * Access that ended for a cause outside this share is not a revocation by its giver: the share is not called partly
 * revoked; its counts and items show it. Where the rules refused what was to be placed, nobody revoked anything, even
 * if nothing remains. Items that are not in this share, or ended already, are skipped.
 */
export const recordWithdrawnItems: RecordingRow<RecordWithdrawnItems> = {
  kind: 'recording',
  roles: ['system'],
  decide({ data, now }, share) {
    if (!wasApproved(share)) return [];
    const ended = [...new Set(data.installations)].filter((installationId) => {
      const item = share.contents.items.get(installationId);
      return item !== undefined && isLiveOrOffered(item);
    });
    const { shareId, cause } = data;
    const events: ShareEvent[] = withdrawnBecause(share, ended, cause, now);
    if (events.length === 0 || cause.kind === 'refused' || !isWhollyWithdrawn(summaryAfter(events, share))) {
      return withProcessed(events, share, now);
    }
    // The reason of a decision about another share is for its parties, which need not be parties here.
    const stated = cause.shareId === shareId && cause.reason !== undefined && { reason: cause.reason };
    return [
      ...events,
      { type: 'ShareRevoked', data: { shareId, withdrawn: ended.length, ...stated, revokedAt: now } },
    ];
  },
};

/** The events by which the items end for this cause. */
export function withdrawnBecause(
  given: ApprovedShare,
  installations: readonly string[],
  cause: ShareItemsWithdrawn['data']['cause'],
  withdrawnAt: Instant,
): ShareItemsWithdrawn[] {
  const { shareId } = given.summary;
  return inBatches(installations, ITEMS_PER_EVENT).map((batch) => ({
    type: 'ShareItemsWithdrawn',
    data: { shareId, installations: batch, from: formerStates(given, batch), cause, withdrawnAt },
  }));
}

function formerStates(given: ApprovedShare, installations: readonly string[]): WithdrawnFrom {
  let offered = 0;
  let placing = 0;
  const placed = new Map<Instant, number>();
  for (const installationId of installations) {
    const item = given.contents.items.get(installationId);
    if (item?.status === 'placed') placed.set(item.placedAt, (placed.get(item.placedAt) ?? 0) + 1);
    else if (item?.status === 'confirmed') placing += 1;
    else offered += 1;
  }
  return { offered, placing, placed: Array.from(placed, ([placedAt, count]) => ({ placedAt, count })) };
}

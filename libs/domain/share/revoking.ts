import { type Instant, ITEMS_PER_EVENT, inBatches } from '#domain/kernel';
import type { RecordWithdrawnItems, RevokeShare } from './commands.ts';
import type { ShareEvent, ShareItemsWithdrawn, WithdrawnFrom } from './events.ts';
import {
  bySide,
  requireExisting,
  requireItems,
  requirePossible,
  standingFor,
  windowClosed,
} from './guards.ts';
import { summaryAfter, withProcessed } from './outcome.ts';
import { isLiveOrOffered, isWhollyWithdrawn, revocationOutcome } from './query.ts';
import { type GivenShare, isGiven, type ShareState } from './state.ts';

/** The giver revokes the share or some installations of it, as far as its terms still allow (R-V1 to R-V3). */
export function revoke(command: RevokeShare, state: ShareState): ShareEvent[] {
  const { data, actor, now } = command;
  const { shareId, installations: named, reason } = data;
  const asked = bySide('revoke', command, state);
  if (isGiven(asked)) requireItems(named ?? [], asked, standingFor(command, asked.summary));
  if (isGiven(asked) && withdrawsNothingNew(named, asked)) return [];
  const given = requirePossible('revoke', command, asked);

  const { withdrawn, retained } = revocationOutcome(given, named, now);
  const beforeAvailable = given.status === 'approved' || given.status === 'preparing';
  const wholeShare = beforeAvailable && named === undefined;
  if (withdrawn.length === 0 && !wholeShare) {
    throw windowClosed(command, given.summary, named && retained);
  }

  const said = reason !== undefined && { reason };
  const cause = { kind: 'revoked', account: actor.account, shareId, ...said } as const;
  const events: ShareEvent[] = withdrawnBecause(given, withdrawn, cause, now);
  if (wholeShare || isWhollyWithdrawn(summaryAfter(events, given))) {
    const outcome = { shareId, withdrawn: withdrawn.length, ...said, revokedAt: now };
    return [...events, { type: 'ShareRevoked', data: outcome }];
  }
  const outcome = {
    shareId,
    withdrawn: withdrawn.length,
    retained: retained.length,
    ...said,
    revokedAt: now,
  };
  return withProcessed([...events, { type: 'SharePartlyRevoked', data: outcome }], given, now);
}

/** Whether all it is about was withdrawn before: revoking that again changes nothing. */
function withdrawsNothingNew(named: readonly string[] | undefined, { status, items }: GivenShare): boolean {
  if (named === undefined) return status === 'revoked';
  return named.every((installationId) => items.get(installationId)?.status === 'withdrawn');
}

/**
 * What ended for a cause outside this share is no revocation by its giver: the share is not called partly revoked,
 * its counts and items tell. Items that are not here, or ended already, are passed over.
 */
export function recordWithdrawn(command: RecordWithdrawnItems, state: ShareState): ShareEvent[] {
  const { data, now } = command;
  const existing = requireExisting(state);
  if (!isGiven(existing)) return [];
  const ended = [...new Set(data.installations)].filter((installationId) => {
    const item = existing.items.get(installationId);
    return item !== undefined && isLiveOrOffered(item);
  });
  const events: ShareEvent[] = withdrawnBecause(existing, ended, data.cause, now);
  if (events.length === 0 || !isWhollyWithdrawn(summaryAfter(events, existing))) {
    return withProcessed(events, existing, now);
  }
  const { shareId, cause } = data;
  // What was decided about another share was said to its parties, who need not be parties here.
  const said = cause.shareId === shareId && cause.reason !== undefined && { reason: cause.reason };
  return [
    ...events,
    { type: 'ShareRevoked', data: { shareId, withdrawn: ended.length, ...said, revokedAt: now } },
  ];
}

function withdrawnBecause(
  given: GivenShare,
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

function formerStates(given: GivenShare, installations: readonly string[]): WithdrawnFrom {
  let offered = 0;
  let placing = 0;
  const placed = new Map<Instant, number>();
  for (const installationId of installations) {
    const item = given.items.get(installationId);
    if (item?.status === 'placed') placed.set(item.placedAt, (placed.get(item.placedAt) ?? 0) + 1);
    else if (item?.status === 'confirmed') placing += 1;
    else offered += 1;
  }
  return { offered, placing, placed: Array.from(placed, ([placedAt, count]) => ({ placedAt, count })) };
}

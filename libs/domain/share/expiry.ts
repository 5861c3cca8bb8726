// Shares that were approved until a date (R-E1 to R-E4).
import { GIVING, hasCome } from '#domain/installation';
import { conflict, type Instant, impossible, plusMillis } from '#domain/kernel';
import type { AnnounceShareExpiry, ExpireShare, ExtendShare } from './commands.ts';
import type { DaysBefore, ShareEvent } from './events.ts';
import { isLiveOrOffered } from './query.ts';
import { notNow } from './refusals.ts';
import { withdrawnBecause } from './revoking.ts';
import type { ActionRow, RecordingRow } from './row.ts';
import { requireApproved, type ShareState, wasApproved } from './state.ts';
import type { ShareSummary } from './summary.ts';

const DAY_MS = 86_400_000;

/** The furthest end that may be agreed: ten years. */
export const MAX_TERM_MS = 3_653 * DAY_MS;

/** When the parties are notified, in days before the end, the earliest first (R-E3). */
const ANNOUNCED_BEFORE: readonly DaysBefore[] = [7, 1];

/** Whether it will end by itself: it has an end, and something that may come to it. */
export function hasEndAhead({ status, expiresAt, counts }: ShareSummary): boolean {
  if (expiresAt === undefined) return false;
  if (status === 'approved' || status === 'preparing') return true;
  const open = status === 'available' || status === 'processed';
  return open && counts.offered + counts.placing + counts.placed > 0;
}

/** Whether its end has come, also where no event has recorded it yet; the moment itself is outside (R-E1, R-E2). */
export function hasExpired(summary: ShareSummary, now: Instant): boolean {
  return summary.expiredAt !== undefined || (hasEndAhead(summary) && hasCome(summary.expiresAt, now));
}

/** The share as the clock has it: one whose end has come reads as expired, whether or not that is recorded (R-E2). */
export function summaryByClock(summary: ShareSummary, now: Instant): ShareSummary {
  if (summary.status === 'expired' || !hasExpired(summary, now)) return summary;
  const { counts, expiresAt } = summary;
  const withdrawn = counts.withdrawn + counts.offered + counts.placing + counts.placed;
  return {
    ...summary,
    status: 'expired',
    expiredAt: expiresAt,
    counts: { ...counts, offered: 0, placing: 0, placed: 0, withdrawn },
    placements: [],
  };
}

/** The same of a share's whole state; its items stay as they are recorded. */
export function shareByClock<State extends ShareState>(share: State, now: Instant): State {
  if (share.kind === 'none') return share;
  const summary = summaryByClock(share.summary, now);
  return summary === share.summary ? share : { ...share, summary };
}

/** @throws Refusal `until-not-ahead`, `until-too-far`: not an end that may be agreed at `now` (R-E1) */
export function requireEnd(until: Instant, now: Instant): void {
  if (until <= now) throw impossible('until-not-ahead', 'The end of the access must lie in the future.');
  if (until > plusMillis(now, MAX_TERM_MS)) {
    throw impossible('until-too-far', 'The end of the access may lie at most ten years ahead.');
  }
}

/** The giver lets it end later; what was given on from it may last as long, under its own terms (R-E4). */
export const extendShare: ActionRow<ExtendShare> = {
  kind: 'action',
  action: 'extend',
  side: 'provider',
  roles: GIVING,
  possible: hasEndAhead,
  refusals: { otherSide: 'not-the-giver', notNow: 'share-not-approved' },
  refuseNow({ actor }, share) {
    const { status, expiresAt } = share.summary;
    return wasApproved(share) && status !== 'revoked' && expiresAt === undefined
      ? conflict('share-without-end', 'This share was approved without an end.')
      : notNow('share-not-approved', share, actor.account);
  },
  isDone: ({ data }, { summary }) => hasEndAhead(summary) && summary.expiresAt === data.until,
  decide({ data, now }, { summary }) {
    const { shareId, until } = data;
    requireEnd(until, now);
    if (summary.expiresAt !== undefined && until < summary.expiresAt) {
      throw impossible('until-not-later', `A share is only extended: it ends at ${summary.expiresAt}.`);
    }
    return [{ type: 'ShareExtended', data: { shareId, until, extendedAt: now } }];
  },
};

/** Once for each end and each number of days before it (R-E3). */
export const announceShareExpiry: RecordingRow<AnnounceShareExpiry> = {
  kind: 'recording',
  roles: ['system'],
  decide({ data, now }, { summary }) {
    const { until, daysBefore } = data;
    if (!hasEndAhead(summary) || summary.expiresAt !== until || hasExpired(summary, now)) return [];
    if (wasAnnounced(summary, daysBefore)) return [];
    return [{ type: 'ShareExpiryAnnounced', data: { ...data, announcedAt: now } }];
  },
};

/** Whatever is live or offered ends, at the agreed moment, whatever the revocation window says (R-E1). */
export const expireShare: RecordingRow<ExpireShare> = {
  kind: 'recording',
  roles: ['system'],
  decide({ data: { shareId }, now }, share): readonly ShareEvent[] {
    const { summary } = share;
    const { expiresAt, provider: account } = summary;
    if (expiresAt === undefined || summary.status === 'expired' || !hasExpired(summary, now)) return [];
    const given = requireApproved(share);
    const ending = [...given.contents.items].filter(([, item]) => isLiveOrOffered(item)).map(([id]) => id);
    const cause = { kind: 'expired', account, shareId } as const;
    return [
      ...withdrawnBecause(given, ending, cause, expiresAt),
      { type: 'ShareExpired', data: { shareId, withdrawn: ending.length, expiredAt: expiresAt } },
    ];
  },
};

/** What is next towards the end of a share, after any crash: it follows from recorded state and the clock alone. */
export type ExpiryAction =
  | { readonly kind: 'none' }
  | { readonly kind: 'wait'; readonly until: Instant }
  | { readonly kind: 'announce'; readonly until: Instant; readonly daysBefore: DaysBefore }
  | { readonly kind: 'expire' };

/**
 * Of announcements that are due the nearest to the end is made, for an earlier one would come too late to be true; one
 * whose moment had passed when the end was agreed is left out (R-E3).
 */
export function nextExpiryAction(summary: ShareSummary, now: Instant): ExpiryAction {
  const { expiresAt: until, extendedAt, terms } = summary;
  if (!hasEndAhead(summary) || until === undefined) return { kind: 'none' };
  if (hasExpired(summary, now)) return { kind: 'expire' };
  const agreedAt = extendedAt ?? terms?.approvedAt ?? now;
  const ahead = ANNOUNCED_BEFORE.map((daysBefore) => ({
    daysBefore,
    at: announcedAt(until, daysBefore),
  })).filter(({ at }) => at > agreedAt);
  const due = ahead.findLast(({ at }) => at <= now);
  if (due !== undefined && !wasAnnounced(summary, due.daysBefore)) {
    return { kind: 'announce', until, daysBefore: due.daysBefore };
  }
  return { kind: 'wait', until: ahead.find(({ at }) => at > now)?.at ?? until };
}

function announcedAt(until: Instant, daysBefore: DaysBefore): Instant {
  return plusMillis(until, -daysBefore * DAY_MS);
}

function wasAnnounced({ expiresAt, announced }: ShareSummary, daysBefore: DaysBefore): boolean {
  return announced !== undefined && announced.until === expiresAt && announced.daysBefore <= daysBefore;
}

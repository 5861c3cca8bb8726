// How many shares of an account reached each milestone, day by day, and how long that took.
import type { Recorded } from '#contracts';
import type { Instant } from '#domain/kernel';
import type { ShareEvent } from '#domain/share';
import type { Change } from '#subscriptions';
import { defineProjection } from '../define.ts';
import { update, upsert } from '../reflecting.ts';
import { daysOfShares, type Milestone, shareTimelines } from './document.ts';
import { daysOf } from './series.ts';

export const dashboardProjection = defineProjection({
  name: 'dashboard',
  version: 4,
  collections: [shareTimelines, daysOfShares],
  on: {
    ShareRequested: (event) => {
      const { shareId: id, requester, provider, requestedAt } = event.data;
      const reached = { requested: requestedAt };
      return [upsert(shareTimelines, id, event, () => ({ id, requester, provider, reached }))];
    },
    ShareApproved: (event) => [reach(event, 'approved', event.data.terms.approvedAt)],
    ShareRejected: (event) => [reach(event, 'rejected', event.data.rejectedAt)],
    ShareCancelled: (event) => [reach(event, 'cancelled', event.data.cancelledAt)],
    SharePackageCompleted: (event) => [reach(event, 'available', event.data.availableAt)],
    ShareProcessed: (event) => [reach(event, 'processed', event.data.processedAt)],
    ShareRevoked: (event) => [reach(event, 'revoked', event.data.revokedAt)],
    ShareExpired: (event) => [reach(event, 'expired', event.data.expiredAt)],
  },
  tally: [{ from: shareTimelines, to: daysOfShares, addends: daysOf }],
});

function reach(event: Recorded<ShareEvent>, milestone: Milestone, at: Instant): Change {
  return update(shareTimelines, event.data.shareId, event, (timeline) => ({
    ...timeline,
    reached: { ...timeline.reached, [milestone]: at },
  }));
}

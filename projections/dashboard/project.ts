// How many shares an account asked for, gave, took over or revoked, day by day, and how long each turn took.
import type { Recorded } from '#contracts';
import { type Instant, toMillis } from '#domain/kernel';
import type { ShareEvent } from '#domain/share';
import type { Change } from '#subscriptions';
import { defineProjection } from '../define.ts';
import { update, upsert } from '../reflecting.ts';
import {
  type Milestone,
  type ReachedMilestone,
  reachedMilestones,
  type ShareTimeline,
  shareTimelines,
} from './document.ts';

/** The turn from which the time to this one is measured. */
const FOLLOWS: Readonly<Partial<Record<Milestone, Milestone>>> = {
  approved: 'requested',
  rejected: 'requested',
  available: 'approved',
  processed: 'available',
};

export const dashboardProjection = defineProjection({
  name: 'dashboard',
  version: 1,
  collections: [shareTimelines, reachedMilestones],
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
  },
  derive: [{ from: shareTimelines, to: reachedMilestones, rows: milestoneRows }],
});

function reach(event: Recorded<ShareEvent>, milestone: Milestone, at: Instant): Change {
  return update(shareTimelines, event.data.shareId, event, (timeline) => ({
    ...timeline,
    reached: { ...timeline.reached, [milestone]: at },
  }));
}

function milestoneRows({ id, requester, provider, reached }: ShareTimeline): ReachedMilestone[] {
  const milestones = Object.entries(reached) as [Milestone, Instant][];
  return [requester, provider].flatMap((account) =>
    milestones.map(([milestone, at]) => {
      const since = reached[FOLLOWS[milestone] as Milestone];
      return {
        id: `${id}:${account}:${milestone}`,
        shareId: id,
        account,
        role: account === requester ? ('requester' as const) : ('provider' as const),
        milestone,
        at,
        ...(since !== undefined && { took: toMillis(at) - toMillis(since) }),
      };
    }),
  );
}

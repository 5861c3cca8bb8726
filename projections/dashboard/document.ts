import type { Instant } from '#domain/kernel';
import type { ShareSide } from '#domain/share';
import type { CollectionDefinition, Document } from '#view-store';
import type { Reflecting } from '../reflecting.ts';

/** Turns in the life of a share, as they are counted. */
export type Milestone =
  | 'requested'
  | 'approved'
  | 'rejected'
  | 'cancelled'
  | 'available'
  | 'processed'
  | 'revoked';

/** When a share came to each of its turns. */
export interface ShareTimeline extends Reflecting {
  /** The share's id. */
  readonly id: string;
  readonly requester: string;
  readonly provider: string;
  readonly reached: Readonly<Partial<Record<Milestone, Instant>>>;
}

export const shareTimelines: CollectionDefinition<ShareTimeline> = { name: 'share-timelines', indexes: {} };

/** That a share of an account came to a turn, and how long it took since the turn before. */
export interface ReachedMilestone extends Document {
  /** `<share>:<account>:<milestone>`. */
  readonly id: string;
  readonly shareId: string;
  readonly account: string;
  readonly role: ShareSide;
  readonly milestone: Milestone;
  readonly at: Instant;
  /** Milliseconds from the turn it follows on; absent for those that follow on none in particular. */
  readonly took?: number;
}

export const reachedMilestones: CollectionDefinition<ReachedMilestone> = {
  name: 'reached-milestones',
  indexes: { 'by-account': ({ account, at, id }) => [account, at, id] },
};

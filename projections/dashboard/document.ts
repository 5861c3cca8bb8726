import type { Instant } from '#domain/kernel';
import type { Sums } from '#subscriptions';
import type { CollectionDefinition } from '#view-store';
import type { Reflecting } from '../reflecting.ts';

/** The milestones in the lifecycle of a share that are counted. */
export type Milestone =
  | 'requested'
  | 'approved'
  | 'rejected'
  | 'cancelled'
  | 'available'
  | 'processed'
  | 'revoked'
  | 'expired';

/** When a share reached each of its milestones. */
export interface ShareTimeline extends Reflecting {
  /** The share's id. */
  readonly id: string;
  readonly requester: string;
  readonly provider: string;
  readonly reached: Readonly<Partial<Record<Milestone, Instant>>>;
}

export const shareTimelines: CollectionDefinition<ShareTimeline> = { name: 'share-timelines', indexes: {} };

/** The milestones reached on one day in an account's shares, on both sides. */
export interface DayOfShares extends Sums {
  /** `<account>:<day>`. */
  readonly id: string;
  readonly account: string;
  /** In UTC, `YYYY-MM-DD`. */
  readonly day: string;
  /**
   * By `<role>.<milestone>` how often it was reached, and by `<role>.<milestone>.ms` how many milliseconds that took in
   * all since the milestone before, where that is measured; by `<role>.<milestone>.up-to.<minutes>` how often it took no
   * longer than that, but longer than the step below it.
   */
  readonly amounts: Readonly<Record<string, number>>;
}

export const daysOfShares: CollectionDefinition<DayOfShares> = {
  name: 'days-of-shares',
  indexes: { 'by-account': ({ account, day }) => [account, day] },
};

import { type Instant, toMillis } from '#domain/kernel';
import type { ShareSide } from '#domain/share';
import type { Addend } from '#subscriptions';
import type { DayOfShares, Milestone, ShareTimeline } from './document.ts';

/** How often a milestone was reached, and how many milliseconds it took in all, where that is measured. */
export interface Reached {
  readonly count: number;
  readonly took?: number;
}

/** One day (UTC) of an account's shares on one side. */
export interface DayOnOneSide {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly role: ShareSide;
  readonly milestones: Readonly<Partial<Record<Milestone, Reached>>>;
}

/** The milestone from which the time to this one is measured. */
const FOLLOWS: Readonly<Partial<Record<Milestone, Milestone>>> = {
  approved: 'requested',
  rejected: 'requested',
  available: 'approved',
  processed: 'available',
};

const ROLES: readonly ShareSide[] = ['provider', 'requester'];
const MILESTONES: readonly Milestone[] = [
  'requested',
  'approved',
  'rejected',
  'cancelled',
  'available',
  'processed',
  'revoked',
  'expired',
];

/** The day of a moment, in UTC. */
export function dayOf(moment: Instant): string {
  return moment.slice(0, 'YYYY-MM-DD'.length);
}

/** The counts a share adds to the days of both its parties. */
export function daysOf({ requester, provider, reached }: ShareTimeline): Addend<DayOfShares>[] {
  const milestones = Object.entries(reached) as [Milestone, Instant][];
  return ROLES.flatMap((role) => {
    const account = role === 'requester' ? requester : provider;
    return milestones.map(([milestone, at]) => {
      const day = dayOf(at);
      const since = reached[FOLLOWS[milestone] as Milestone];
      const name = `${role}.${milestone}`;
      const took = since !== undefined && { [timeOf(name)]: toMillis(at) - toMillis(since) };
      return { of: { id: `${account}:${day}`, account, day }, amounts: { [name]: 1, ...took } };
    });
  });
}

/** Each day on either side; milestones that were not reached are left out. */
export function seriesOf(days: readonly DayOfShares[]): DayOnOneSide[] {
  return days.flatMap(({ day, amounts }) =>
    ROLES.flatMap((role) => {
      const reached = MILESTONES.flatMap((milestone): [Milestone, Reached][] => {
        const name = `${role}.${milestone}`;
        const count = amounts[name];
        if (count === undefined) return [];
        const isMeasured = FOLLOWS[milestone] !== undefined;
        return [[milestone, { count, ...(isMeasured && { took: amounts[timeOf(name)] ?? 0 }) }]];
      });
      return reached.length === 0 ? [] : [{ day, role, milestones: Object.fromEntries(reached) }];
    }),
  );
}

function timeOf(name: string): string {
  return `${name}.ms`;
}

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

/**
 * In minutes: durations are counted by these steps, each at most half as long again as the one before except the
 * shortest, from a minute to twelve weeks. So the median over any days is computed from a few sums, and is off by less than a
 * step.
 */
const STEPS: readonly number[] = [
  1, 2, 3, 5, 8, 12, 18, 27, 40, 60, 90, 120, 180, 240, 360, 480, 720, 1_080, 1_440, 2_160, 2_880, 4_320,
  5_760, 7_200, 8_640, 10_080, 14_400, 20_160, 30_240, 40_320, 60_480, 80_640, 120_960,
];
const MINUTE_MS = 60_000;

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
      const ms = since === undefined ? undefined : toMillis(at) - toMillis(since);
      const took = ms !== undefined && { [timeOf(name)]: ms, [stepName(name, stepOf(ms))]: 1 };
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

/**
 * Half of the times took no longer than this: of some milestones together, reached on these days on one side, in
 * milliseconds. Times are assumed to be spread evenly within a step; beyond the last step the result is that step.
 */
export function medianTime(
  days: readonly DayOfShares[],
  role: ShareSide,
  milestones: readonly Milestone[],
): number | undefined {
  const counts = STEPS_AND_BEYOND.map((step) =>
    sum(
      days.flatMap(({ amounts }) =>
        milestones.map((milestone) => amounts[stepName(`${role}.${milestone}`, step)] ?? 0),
      ),
    ),
  );
  const half = sum(counts) / 2;
  if (half === 0) return undefined;
  let below = 0;
  for (const [index, count] of counts.entries()) {
    if (below + count >= half && count > 0) {
      const from = STEPS[index - 1] ?? 0;
      const to = STEPS[index] ?? from;
      return Math.round((from + ((half - below) / count) * (to - from)) * MINUTE_MS);
    }
    below += count;
  }
  return undefined;
}

const BEYOND = 'more';
const STEPS_AND_BEYOND = [...STEPS, BEYOND] as const;
type TimeStep = (typeof STEPS_AND_BEYOND)[number];

function stepOf(ms: number): TimeStep {
  return STEPS.find((step) => ms <= step * MINUTE_MS) ?? BEYOND;
}

function stepName(name: string, step: TimeStep): string {
  return `${name}.up-to.${step}`;
}

function timeOf(name: string): string {
  return `${name}.ms`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

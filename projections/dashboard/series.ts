import type { ShareSide } from '#domain/share';
import type { Milestone, ReachedMilestone } from './document.ts';

/** How often something came about, and how many milliseconds it took in all, where that is measured. */
export interface Tally {
  readonly count: number;
  readonly took?: number;
}

/** One day (UTC) of an account's shares in one role. */
export interface DayOfShares {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly role: ShareSide;
  readonly milestones: Readonly<Partial<Record<Milestone, Tally>>>;
}

/** Sums up milestones by day and role, in that order; days on which nothing was reached are left out. */
export function seriesOf(rows: readonly ReachedMilestone[]): DayOfShares[] {
  const days = new Map<string, DayOfShares>();
  for (const { at, role, milestone, took } of rows) {
    const day = at.slice(0, 'YYYY-MM-DD'.length);
    const key = `${day} ${role}`;
    const sofar = days.get(key) ?? { day, role, milestones: {} };
    days.set(key, {
      ...sofar,
      milestones: { ...sofar.milestones, [milestone]: added(sofar.milestones[milestone], took) },
    });
  }
  return [...days].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, dayOfShares]) => dayOfShares);
}

function added(tally: Tally = { count: 0 }, took: number | undefined): Tally {
  const count = tally.count + 1;
  return took === undefined ? { ...tally, count } : { count, took: (tally.took ?? 0) + took };
}

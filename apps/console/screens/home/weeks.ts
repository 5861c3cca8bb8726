import type { components } from '#client';

export type Day = components['schemas']['DashboardDay'];

const DAY = 24 * 60 * 60 * 1_000;
const WEEK = 7 * DAY;
const WEEKS = 12;

export interface Activity {
  /** The last twelve, the oldest first; each with how many requests there were. */
  readonly weeks: readonly { readonly begins: string; readonly count: number }[];
  readonly requested: number;
}

/** What one side of an account's shares came to, week by week, up to a moment. */
export function activityOf(series: readonly Day[], side: Day['role'], asOf: string): Activity {
  const end = Date.parse(asOf);
  const weeks = Array.from({ length: WEEKS }, (_, index) => ({
    begins: new Date(end - (WEEKS - index) * WEEK + DAY).toISOString(),
    count: 0,
  }));
  for (const { day, milestones } of series.filter(({ role }) => role === side)) {
    const week = weeks[WEEKS - 1 - Math.floor((end - Date.parse(day)) / WEEK)];
    if (week !== undefined) week.count += milestones.requested?.count ?? 0;
  }
  return { weeks, requested: weeks.reduce((sum, { count }) => sum + count, 0) };
}

import type { components } from '#client';

export type Day = components['schemas']['DashboardDay'];

const DAY = 24 * 60 * 60 * 1_000;
const WEEK = 7 * DAY;
const WEEKS = 12;

export interface Activity {
  /** The last twelve, the oldest first; each with how many requests there were. */
  readonly weeks: readonly { readonly begins: string; readonly count: number }[];
  readonly requested: number;
  /** How long an answer took on average, in milliseconds; nothing where there was none. */
  readonly answeredIn: number | undefined;
}

/** What one side of an account's shares came to, week by week, up to a moment. */
export function activityOf(series: readonly Day[], side: Day['role'], asOf: string): Activity {
  const end = Date.parse(asOf);
  const weeks = Array.from({ length: WEEKS }, (_, index) => ({
    begins: new Date(end - (WEEKS - index) * WEEK + DAY).toISOString(),
    count: 0,
  }));
  let [answers, total] = [0, 0];
  for (const { day, milestones } of series.filter(({ role }) => role === side)) {
    const week = weeks[WEEKS - 1 - Math.floor((end - Date.parse(day)) / WEEK)];
    if (week === undefined) continue;
    week.count += milestones.requested?.count ?? 0;
    for (const answer of [milestones.approved, milestones.rejected]) {
      if (answer?.averageMs === undefined) continue;
      answers += answer.count;
      total += answer.count * answer.averageMs;
    }
  }
  const requested = weeks.reduce((sum, { count }) => sum + count, 0);
  return { weeks, requested, answeredIn: answers === 0 ? undefined : total / answers };
}

import { describe, expect, it } from '@jest/globals';
import { activityOf, type Day } from './weeks.ts';

const day = (day: string, milestones: Day['milestones'], role: Day['role'] = 'provider'): Day => ({
  day,
  role,
  milestones,
});

describe('the activity of twelve weeks', () => {
  const asOf = '2026-11-29T09:00:00.000Z';

  it('counts requests by week, today in the last, and leaves out the other side and what is older', () => {
    const series = [
      day('2026-08-01', { requested: { count: 9 } }),
      day('2026-09-07', { requested: { count: 1 } }),
      day('2026-11-22', { requested: { count: 2 } }),
      day('2026-11-23', { requested: { count: 3 } }),
      day('2026-11-29', { requested: { count: 4 } }),
      day('2026-11-29', { requested: { count: 7 } }, 'requester'),
    ];
    const { weeks, requested } = activityOf(series, 'provider', asOf);
    expect(weeks.map(({ count }) => count)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 7]);
    expect(requested).toBe(10);
  });
});

import { describe, expect, it } from '@jest/globals';
import { dayName, daysOf } from './days.ts';

const NOW = new Date('2026-11-29T15:00:00').getTime();
const notificationAt = (at: string) => ({ at: new Date(at).toISOString() });

describe('the days of an inbox', () => {
  it('hold the notifications of each day, in the given order', () => {
    const days = daysOf([
      notificationAt('2026-11-29T12:00'),
      notificationAt('2026-11-29T01:00'),
      notificationAt('2026-11-28T23:00'),
    ]);
    expect(days.map(({ items }) => items.length)).toEqual([2, 1]);
    expect(days.map(({ day }) => dayName(day, 'en', NOW))).toEqual(['Today', 'Yesterday']);
  });

  it('further back are called by weekday and date, of another year with it', () => {
    expect(dayName(new Date('2026-11-20T12:00').toDateString(), 'en', NOW)).toBe('Friday, November 20');
    expect(dayName(new Date('2025-11-20T12:00').toDateString(), 'en', NOW)).toBe(
      'Thursday, November 20, 2025',
    );
  });
});

import { fromMillis, type Instant, toMillis } from '#domain/kernel';

const MINUTE_MS = 60 * 1000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How many weeks of the demo world lie in the past. */
const WEEKS = 12;

// Hours ago: what was placed then can be revoked for three days.
export const CLOSES_WITHIN_HOURS = 70;
export const CLOSES_TOMORROW = 40;
export const YESTERDAY = 21;
export const THIS_MORNING = 3;

/** Moments of a week, in working hours. */
export type Part = 'monday' | 'wednesday' | 'friday';

/** The hours after the week's beginning, and how many minutes later from week to week: people are not punctual. */
const PARTS: Readonly<Record<Part, readonly [hours: number, minutes: number]>> = {
  monday: [8, 7],
  wednesday: [2 * 24 + 13, 9],
  friday: [4 * 24 + 10, 5],
};

/** The dates of the demo world, all of them before the moment at which it is made. */
export class Calendar {
  /** When it is made, to the minute. */
  private readonly today: number;
  /** The Monday on which that week begins. */
  private readonly monday: number;

  constructor(now: Instant) {
    this.today = Math.floor(toMillis(now) / MINUTE_MS) * MINUTE_MS;
    const day = Math.floor(this.today / DAY_MS);
    // The epoch began on a Thursday.
    this.monday = (day - ((day + 3) % 7)) * DAY_MS;
  }

  /** The calendar of demo data whose first event was recorded at that time. */
  static startingAt(start: Instant): Calendar {
    return new Calendar(fromMillis(toMillis(start) + WEEKS * 7 * DAY_MS));
  }

  /** The start of the demo data; no week of the calendar is before it. */
  get beginning(): Instant {
    return this.hoursAgo(WEEKS * 7 * 24);
  }

  hoursAgo(hours: number): Instant {
    return fromMillis(this.today - hours * HOUR_MS);
  }

  /** @param weeks how many before that of today: 1 to 11 */
  in(weeks: number, part: Part): Instant {
    const [hours, minutes] = PARTS[part];
    return fromMillis(this.monday - weeks * 7 * DAY_MS + hours * HOUR_MS + weeks * minutes * MINUTE_MS);
  }

  /** The last year that is over. */
  get lastYear(): number {
    return new Date(this.today).getUTCFullYear() - 1;
  }
}

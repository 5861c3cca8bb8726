/**
 * A moment as ISO-8601 in UTC with milliseconds; of fixed width, so text order is time order.
 * @format date-time
 */
export type Instant = string;

/** Milliseconds since the epoch. */
export function toMillis(instant: Instant): number {
  return Date.parse(instant);
}

/** The moment that many milliseconds since the epoch. */
export function fromMillis(millis: number): Instant {
  return new Date(millis).toISOString();
}

/** The moment `millis` after `instant`. */
export function plusMillis(instant: Instant, millis: number): Instant {
  return fromMillis(toMillis(instant) + millis);
}

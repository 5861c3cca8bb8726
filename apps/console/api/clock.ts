/** How far the service's clock is ahead of this machine's. Milliseconds. */
let ahead = 0;

/** Times of events are never ahead of the service's clock. */
export function observe(instant: string): void {
  ahead = Math.max(ahead, Date.parse(instant) - Date.now());
}

/** The time of the service's clock. Milliseconds since the epoch. */
export function now(): number {
  return Date.now() + ahead;
}

/** How far the service's clock is ahead of this machine's. Milliseconds. */
let ahead = 0;

/** Whatever the service tells has happened is not in its future. */
export function observe(instant: string): void {
  ahead = Math.max(ahead, Date.parse(instant) - Date.now());
}

/** Now, as the service's clock has it. Milliseconds since the epoch. */
export function now(): number {
  return Date.now() + ahead;
}

/** @returns the moment in the one form that the API takes; undefined for any other value */
export function moment(value: unknown): string | undefined {
  const at = typeof value === 'string' ? new Date(value) : undefined;
  return at === undefined || Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** The moment as a field for date and time of day has it, where the reader is. */
export function localInput(at: string): string {
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

const DAY = 24 * 60 * 60 * 1_000;

/** The days from one to another as a period of the API: after a moment, up to and including another. Days are those of UTC. */
export function periodOf(from: string, until: string): { readonly from?: string; readonly to?: string } {
  const end = (day: string, days: number) => new Date(Date.parse(day) + days * DAY - 1).toISOString();
  return { ...(from !== '' && { from: end(from, 0) }), ...(until !== '' && { to: end(until, 1) }) };
}

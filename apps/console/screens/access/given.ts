/** What the access that an account gave is listed by; the first unless the address says otherwise. */
export const ACCESS_TABS = ['company', 'customer', 'installation'] as const;
export type AccessTab = (typeof ACCESS_TABS)[number];

/** What is asked for: access as of the end of a day, or now; to one company, or of one customer. */
export interface GivenFilter {
  readonly on?: string;
  readonly account?: string;
  readonly customer?: string;
}

/** A day of the calendar, as far as one is said: `2026-03-01`. */
export function someDay(said: unknown): string | undefined {
  if (typeof said !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(said)) return undefined;
  return Number.isNaN(Date.parse(said)) ? undefined : said;
}

/** The last moment of a day: days are those of UTC, as in the sums. */
export function endOf(day: string | undefined): string | undefined {
  return day === undefined ? undefined : `${day}T23:59:59.999Z`;
}

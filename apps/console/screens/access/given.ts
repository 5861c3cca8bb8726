/** What the access that an account gave is listed by; the first unless the address says otherwise. */
export const ACCESS_TABS = ['company', 'customer', 'installation'] as const;
export type AccessTab = (typeof ACCESS_TABS)[number];

/** What is asked for: access as of the end of a day, or now; to one company, or of one customer. */
export interface GivenFilter {
  readonly on?: string;
  readonly account?: string;
  readonly customer?: string;
}

/** A search parameter as a day, such as `2026-03-01`. */
export function someDay(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return undefined;
  return Number.isNaN(Date.parse(value)) ? undefined : value;
}

/** The last moment of a day: days are those of UTC, as in the sums. */
export function endOf(day: string | undefined): string | undefined {
  return day === undefined ? undefined : `${day}T23:59:59.999Z`;
}

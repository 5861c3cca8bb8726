const DAY = 24 * 60 * 60 * 1_000;

interface Dated {
  /** ISO 8601. */
  readonly at: string;
}

/** Notifications by local day, in the given order. */
export function daysOf<Item extends Dated>(
  items: readonly Item[],
): readonly { readonly day: string; readonly items: readonly Item[] }[] {
  const days = Map.groupBy(items, ({ at }) => new Date(at).toDateString());
  return [...days].map(([day, items]) => ({ day, items }));
}

/** `Today`, `Yesterday`, or the weekday and the date. */
export function dayName(day: string, locale: string, now = Date.now()): string {
  const today = Date.parse(new Date(now).toDateString());
  const away = Math.round((Date.parse(day) - today) / DAY);
  if (away === 0 || away === -1) {
    const name = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(away, 'day');
    return name.charAt(0).toUpperCase() + name.slice(1);
  }
  const sameYear = new Date(day).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(!sameYear && { year: 'numeric' }),
  }).format(Date.parse(day));
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/**
 * A moment as people say it: `now`, `5 minutes ago`, `yesterday`, and beyond a week its date.
 * @param at and @param now in milliseconds since the epoch
 */
export function relative(at: number, now: number, locale: string): string {
  const away = at - now;
  const size = Math.abs(away);
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  if (size < MINUTE) return words.format(0, 'second');
  if (size < HOUR) return words.format(Math.trunc(away / MINUTE), 'minute');
  if (size < DAY && sameDay(at, now)) return words.format(Math.trunc(away / HOUR), 'hour');
  if (size < WEEK) return words.format(daysBetween(now, at), 'day');
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    ...(!sameYear && { year: 'numeric' }),
  }).format(at);
}

/** How far away a moment is, as `relative`, but in days however many there are. */
export function daysAway(at: number, now: number, locale: string): string {
  if (Math.abs(at - now) < WEEK) return relative(at, now, locale);
  return new Intl.RelativeTimeFormat(locale).format(daysBetween(now, at), 'day');
}

/** A length of time in the largest unit that fits, in whole ones, at least a minute: `3 hours`. In milliseconds. */
export function duration(length: number, locale: string): string {
  const [size, unit] = length >= DAY ? [DAY, 'day'] : length >= HOUR ? [HOUR, 'hour'] : [MINUTE, 'minute'];
  const value = Math.max(1, Math.round(length / size));
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

/**
 * How much time is left, the two largest units of it: `2 days, 5 hours`; under a day it counts down to the second.
 * @param left in milliseconds
 */
export function countdown(left: number, locale: string): string {
  const unit = (value: number, unit: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
  if (left >= DAY) {
    const days = Math.floor(left / DAY);
    const hours = Math.floor((left % DAY) / HOUR);
    return hours === 0 ? unit(days, 'day') : `${unit(days, 'day')}, ${unit(hours, 'hour')}`;
  }
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${Math.floor(left / HOUR)}:${two((left % HOUR) / MINUTE)}:${two((left % MINUTE) / SECOND)}`;
}

function sameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

/** How many midnights, here, lie between two moments. */
function daysBetween(from: number, to: number): number {
  const midnight = (at: number) => {
    const day = new Date(at);
    return Date.UTC(day.getFullYear(), day.getMonth(), day.getDate());
  };
  return Math.round((midnight(to) - midnight(from)) / DAY);
}

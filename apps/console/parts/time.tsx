import { useLingui } from '@lingui/react/macro';
import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { now } from '../api/clock.ts';
import { countdown, daysAway, relative } from './relative.ts';

const MINUTE = 60_000;

/** Asked again as often as what is shown may read otherwise. */
function useNow(every: number): number {
  const [at, setAt] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setAt(now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return at;
}

interface TimeProps {
  /** ISO 8601. */
  readonly at: string;
}

/** When it was or will be: relative within a week, else the date; exactly on hover and focus. */
export function Time({ at }: TimeProps) {
  const { i18n } = useLingui();
  const text = relative(Date.parse(at), useNow(MINUTE / 2), i18n.locale);
  return (
    <Tooltip label={exactly(at, i18n.locale)}>
      <time dateTime={at} className="numbers">
        {text}
      </time>
    </Tooltip>
  );
}

interface TimeLeftProps extends TimeProps {
  /** Whether it is by itself, and says what time that is. */
  readonly alone?: boolean;
}

/** Until when: the date and the time left, which counts down once it is less than a day. */
export function TimeLeft({ at, alone = false }: TimeLeftProps) {
  const { i18n, t } = useLingui();
  const left = Date.parse(at) - useNow(1_000);
  if (left <= 0) return <span>{t`over since ${exactly(at, i18n.locale)}`}</span>;
  const time = countdown(left, i18n.locale);
  return (
    <time dateTime={at} className="numbers" title={exactly(at, i18n.locale)}>
      {alone ? t`${time} left` : time}
    </time>
  );
}

/** How far away a moment is, in days also where that is long: `in 12 days`. */
export function TimeTo({ at }: TimeProps) {
  const { i18n } = useLingui();
  return <>{daysAway(Date.parse(at), useNow(MINUTE / 2), i18n.locale)}</>;
}

/** The date and the time of day. */
export function exactly(at: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(at));
}

/** The date alone. */
export function dateOf(at: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(at));
}

/** A day as the calendar has it, wherever one is. @param day `2026-03-01`, or a moment of it */
export function dayOf(day: string, locale: string): string {
  const at = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(at);
}

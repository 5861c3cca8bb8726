import { InvalidArgumentError } from '@commander-js/extra-typings';
import type { Instant } from '#domain/kernel';

/** The moment that an option gives. */
export function moment(text: string): Instant {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new InvalidArgumentError('It is a time such as 2026-03-31T12:00:00Z.');
  return new Date(time).toISOString() as Instant;
}

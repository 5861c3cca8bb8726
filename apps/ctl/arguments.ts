// Parsers of arguments and options.
import { InvalidArgumentError } from '@commander-js/extra-typings';
import type { Instant } from '#domain/kernel';
import { createProcesses } from '#processes';
import { parseDuration } from '../duration.ts';
import { WrongUsage } from './command-line.ts';

const MOST = 10_000;

/** The moment that an option gives. */
export function moment(text: string): Instant {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new InvalidArgumentError('It must be a time such as 2026-03-31T12:00:00Z.');
  return new Date(time).toISOString() as Instant;
}

/** The duration that an option gives, in milliseconds. */
export function duration(text: string): number {
  const value = parseDuration(text);
  if (value === undefined) throw new InvalidArgumentError('It must be a duration such as PT10M or P1D.');
  return value;
}

/** How many things an option allows. */
export function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > MOST) {
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST}.`);
  }
  return value;
}

/** @throws WrongUsage there is no process of that name */
export function checkProcess(name: string): void {
  const names = createProcesses().map((process) => process.name);
  if (!names.includes(name)) throw new WrongUsage(`there is no process '${name}', but ${names.join(', ')}`);
}

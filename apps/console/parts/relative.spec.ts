import { describe, expect, it } from '@jest/globals';
import { countdown, duration, relative } from './relative.ts';

const at = (text: string) => new Date(text).getTime();
const NOW = at('2026-11-29T15:00:00');

describe('a moment', () => {
  it.each([
    ['2026-11-29T14:59:30', 'now'],
    ['2026-11-29T14:55:00', '5 minutes ago'],
    ['2026-11-29T12:00:00', '3 hours ago'],
    ['2026-11-29T17:30:00', 'in 2 hours'],
    ['2026-11-28T23:59:00', 'yesterday'],
    ['2026-11-30T01:00:00', 'tomorrow'],
    ['2026-11-24T08:00:00', '5 days ago'],
    ['2026-11-10T08:00:00', 'Nov 10'],
    ['2025-11-10T08:00:00', 'Nov 10, 2025'],
  ])('%s reads %s', (moment, text) => {
    expect(relative(at(moment), NOW, 'en')).toBe(text);
  });

  it('reads so in the language that is spoken', () => {
    expect(relative(at('2026-11-28T12:00:00'), NOW, 'nl')).toBe('gisteren');
  });
});

describe('the time left', () => {
  it.each([
    [3 * 86_400_000 + 2 * 3_600_000, '3 days, 2 hours'],
    [86_400_000, '1 day'],
    [86_399_000, '23:59:59'],
    [61_000, '0:01:01'],
  ])('of %d ms reads %s', (left, text) => {
    expect(countdown(left, 'en')).toBe(text);
  });
});

describe('a length of time', () => {
  it.each([
    [12, '1 minute'],
    [25 * 60_000, '25 minutes'],
    [5.4 * 3_600_000, '5 hours'],
    [2.6 * 86_400_000, '3 days'],
  ])('of %d ms reads %s', (length, text) => {
    expect(duration(length, 'en')).toBe(text);
  });
});

import { describe, expect, it } from '@jest/globals';
import { plusMillis } from '#domain/kernel';
import { mayRevokeAt, type RevocableTerms, revocableUntil } from './revocation.ts';

const WINDOW = 72 * 3_600_000;
const approvedAt = '2026-03-01T08:00:00.000Z';
const placedAt = '2026-03-04T12:30:00.000Z';

const windowFrom = (from: 'placed' | 'granted'): RevocableTerms => ({
  revocation: { kind: 'window', milliseconds: WINDOW, from },
  approvedAt,
});
const anyTime: RevocableTerms = { revocation: { kind: 'any-time' }, approvedAt };

describe('R-V2: until when access may be revoked', () => {
  it.each([
    ['placed', placedAt],
    ['granted', approvedAt],
  ] as const)('a window from %s closes 72 hours after it, its last moment inside', (from, start) => {
    const terms = windowFrom(from);
    const end = plusMillis(start, WINDOW);

    expect(revocableUntil(terms, placedAt)).toBe(end);
    expect(mayRevokeAt(terms, placedAt, plusMillis(end, -1))).toBe(true);
    expect(mayRevokeAt(terms, placedAt, end)).toBe(true);
    expect(mayRevokeAt(terms, placedAt, plusMillis(end, 1))).toBe(false);
  });

  it('runs for each installation from its own placing', () => {
    const dayLater = plusMillis(placedAt, 24 * 3_600_000);
    const afterTheFirst = plusMillis(placedAt, WINDOW + 1);

    expect(mayRevokeAt(windowFrom('placed'), placedAt, afterTheFirst)).toBe(false);
    expect(mayRevokeAt(windowFrom('placed'), dayLater, afterTheFirst)).toBe(true);
  });

  it.each([
    ['placed', windowFrom('placed')],
    ['granted', windowFrom('granted')],
  ] as const)('what is not placed yet may always be revoked, with a window from %s', (_, terms) => {
    expect(revocableUntil(terms, undefined)).toBe('any-time');
    expect(mayRevokeAt(terms, undefined, plusMillis(approvedAt, 10 * WINDOW))).toBe(true);
  });

  it('terms without a window never close', () => {
    expect(revocableUntil(anyTime, placedAt)).toBe('any-time');
    expect(mayRevokeAt(anyTime, placedAt, plusMillis(placedAt, 100 * WINDOW))).toBe(true);
  });
});

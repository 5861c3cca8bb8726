import type { Instant } from '#domain/kernel';
import { plusMillis } from '#domain/kernel';
import type { Grant } from './events.ts';

/** The values that determine until when access may be revoked; grants hold them, and so do the terms of a share. */
export type RevocableTerms = Pick<Grant, 'revocation' | 'approvedAt'>;

/**
 * The last moment at which the giver may revoke one installation, or `any-time` (R-V2).
 * What is not placed yet may always be revoked, whatever the window runs from, because nothing was taken over.
 */
export function revocableUntil(terms: RevocableTerms, placedAt: Instant | undefined): Instant | 'any-time' {
  const { revocation, approvedAt } = terms;
  if (revocation.kind === 'any-time' || placedAt === undefined) return 'any-time';
  return plusMillis(revocation.from === 'placed' ? placedAt : approvedAt, revocation.milliseconds);
}

/** Whether the giver may revoke one installation at `now`; the window's last moment is inside (R-V2). */
export function mayRevokeAt(terms: RevocableTerms, placedAt: Instant | undefined, now: Instant): boolean {
  return isRevocableAt(revocableUntil(terms, placedAt), now);
}

/** Whether what may be revoked until then may be at `now` (R-V2). */
export function isRevocableAt(until: Instant | 'any-time', now: Instant): boolean {
  return until === 'any-time' || now <= until;
}

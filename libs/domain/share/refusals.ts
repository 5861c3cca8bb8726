import { conflict, impossible, type Refusal } from '#domain/kernel';
import { statusFor } from './query.ts';
import type { ExistingShare } from './state.ts';

/** A conflict with the status of the share, in the account's own word for it (R-S1); one that has expired says so (R-E2). */
export function notNow(code: string, { summary }: ExistingShare, account: string): Refusal {
  if (summary.status === 'expired') {
    return conflict(
      'share-expired',
      `The share ended at ${summary.expiredAt}, as agreed: ask for a new one.`,
    );
  }
  return conflict(code, `The share is ${statusFor(summary, account)}, which does not allow this now.`);
}

/**
 * Refuses a command that names installations that are not in the share.
 * @throws Refusal `item-not-in-share`, naming each
 */
export function requireItems(
  installations: readonly string[],
  items: { has(installationId: string): boolean },
): void {
  const unknown = installations.filter((installationId) => !items.has(installationId));
  if (unknown.length === 0) return;
  const code = 'item-not-in-share';
  const detail = 'There is no such installation in this share.';
  const errors = unknown.map((installationId) => ({ pointer: installationId, code, detail }));
  throw impossible(code, detail, { errors });
}

import type { Instant } from '#domain/kernel';
import type { KeptWebhook, WebhookSecret } from './state.ts';

/** How long a secret is valid after it has been replaced. */
export const ROTATION_MS = 24 * 60 * 60 * 1000;

/** How many may be valid at once. */
export const MAX_SECRETS = 5;

/** The secrets that are valid at `now`, the latest first. */
export function validSecrets({ secrets }: KeptWebhook, now: Instant): readonly WebhookSecret[] {
  return secrets.filter(({ until }) => until === undefined || now <= until);
}

import type { Instant } from '#domain/kernel';
import type { KeptWebhook, WebhookSecret } from './state.ts';

/** For so long a secret is valid after another one has taken its place. */
export const ROTATION_MS = 24 * 60 * 60 * 1000;

/** So many may be valid at once. */
export const MAX_SECRETS = 5;

/** The secrets that what is sent at `now` is signed with, the latest first. */
export function validSecrets({ secrets }: KeptWebhook, now: Instant): readonly WebhookSecret[] {
  return secrets.filter(({ until }) => until === undefined || now <= until);
}

import type { Environment } from './environment.ts';
import type { Secret } from './secret.ts';

/** How webhooks are signed and where they may lead; the same for services, which register them, and workers. */
export interface WebhookConfig {
  /** The secrets are derived from it. */
  readonly key: Uint8Array;
  /** Whether they may lead to private addresses, and go without encryption. */
  readonly allowPrivate: boolean;
}

/** Whether webhooks may lead anywhere: while trying things out, unless it is said otherwise. */
export function readAllowPrivate(env: Environment, development: boolean): boolean {
  return env.oneOf('WEBHOOKS_ALLOW_PRIVATE', ['on', 'off'], development ? 'on' : 'off') === 'on';
}

export function webhookConfig(secret: Secret, allowPrivate: boolean): WebhookConfig {
  return { key: secret.keyFor('webhooks'), allowPrivate };
}

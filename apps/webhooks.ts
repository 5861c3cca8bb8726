import type { Environment } from './environment.ts';
import type { Secret } from './secret.ts';

/** Settings of webhooks; the same for services, which register them, and workers, which deliver to them. */
export interface WebhookConfig {
  /** The secrets are derived from it. */
  readonly key: Uint8Array;
  /** Whether they may lead to private addresses, and go without encryption. */
  readonly allowPrivate: boolean;
}

/** Whether webhooks may lead to private addresses: by default in development mode only. */
export function readAllowPrivate(env: Environment, development: boolean): boolean {
  return env.oneOf('WEBHOOKS_ALLOW_PRIVATE', ['on', 'off'], development ? 'on' : 'off') === 'on';
}

export function webhookConfig(secret: Secret, allowPrivate: boolean): WebhookConfig {
  return { key: secret.keyFor('webhooks'), allowPrivate };
}

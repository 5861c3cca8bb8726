import type { Instant } from '#domain/kernel';
import type { DisablingReason, WebhookSettings } from './events.ts';

/** The id from which the secret is derived; `until` when it is valid, where it has been replaced. */
export interface WebhookSecret {
  readonly secretId: string;
  readonly until?: Instant;
}

interface Registered {
  readonly webhookId: string;
  readonly account: string;
  readonly settings: WebhookSettings;
  /** The latest first. */
  readonly secrets: readonly WebhookSecret[];
  /** How often deliveries were started: with another URL, or when enabled again, earlier failures no longer count. */
  readonly run: number;
  /** The latest replay: its number, and the position after which changes are delivered again. */
  readonly replay?: { readonly number: number; readonly after: number };
}

export interface EnabledWebhook extends Registered {
  readonly status: 'enabled';
}

export interface DisabledWebhook extends Registered {
  readonly status: 'disabled';
  readonly reason: DisablingReason;
  readonly since?: Instant;
}

export interface RemovedWebhook {
  readonly status: 'removed';
  readonly webhookId: string;
  readonly account: string;
}

export type KeptWebhook = EnabledWebhook | DisabledWebhook;

export type WebhookState = { readonly status: 'none' } | KeptWebhook | RemovedWebhook;

import type { Instant } from '#domain/kernel';
import type { DisablingReason, WebhookSettings } from './events.ts';

/** A secret by which it can be derived; `until` when it is valid, where another one has taken its place. */
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
  /** How often deliveries have begun: with another URL, or enabled again, former failures count no more. */
  readonly run: number;
  /** The last time that changes were to be delivered again: how many times that was, and after which position. */
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

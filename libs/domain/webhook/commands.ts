import type { Changes, Command, Instant } from '#domain/kernel';
import type { DisablingReason, WebhookSettings } from './events.ts';

/** By an administrator of the receiving account. The id of the secret comes with it, never the secret itself. */
export type RegisterWebhook = Command<
  'RegisterWebhook',
  WebhookSettings & { webhookId: string; secretId: string }
>;

/** Changes settings, `null` clears them; `enabled` begins or ends the deliveries. */
export type ChangeWebhook = Command<
  'ChangeWebhook',
  Changes<WebhookSettings> & { webhookId: string; enabled?: boolean }
>;

export type RotateWebhookSecret = Command<'RotateWebhookSecret', { webhookId: string; secretId: string }>;

/** Delivers the changes after a position of the log again. */
export type ReplayWebhook = Command<'ReplayWebhook', { webhookId: string; after: number }>;

export type TestWebhook = Command<'TestWebhook', { webhookId: string; deliveryId: string }>;

export type RetryWebhookDelivery = Command<'RetryWebhookDelivery', { webhookId: string; deliveryId: string }>;

export type RemoveWebhook = Command<'RemoveWebhook', { webhookId: string }>;

/** By the delivering process, whose deliveries failed in the named run. */
export type SuspendWebhook = Command<
  'SuspendWebhook',
  { webhookId: string; run: number; reason: Exclude<DisablingReason, 'asked'>; since: Instant }
>;

export type WebhookCommand =
  | RegisterWebhook
  | ChangeWebhook
  | RotateWebhookSecret
  | ReplayWebhook
  | TestWebhook
  | RetryWebhookDelivery
  | RemoveWebhook
  | SuspendWebhook;

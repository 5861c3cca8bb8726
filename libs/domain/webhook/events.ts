import type { Changes, DomainEvent, Instant } from '#domain/kernel';

/** The settings of a webhook. */
export interface WebhookSettings {
  /** The URL that changes are sent to. */
  readonly url: string;
  /** The names of the changes that are sent; all by default. */
  readonly types?: readonly string[];
  readonly description?: string;
}

/**
 * Why nothing is delivered: on request, because everything failed for a day, or because the receiver answers that it is
 * gone.
 */
export type DisablingReason = 'asked' | 'failing' | 'gone';

export type WebhookRegistered = DomainEvent<
  'WebhookRegistered',
  WebhookSettings & {
    readonly webhookId: string;
    readonly account: string;
    /** By which the secret is derived from a key that is in no store. */
    readonly secretId: string;
  }
>;

export type WebhookChanged = DomainEvent<
  'WebhookChanged',
  { webhookId: string; account: string; changes: Changes<WebhookSettings> }
>;

/** From now on there is another secret; those before it are valid until `formerUntil`. */
export type WebhookSecretRotated = DomainEvent<
  'WebhookSecretRotated',
  { webhookId: string; account: string; secretId: string; formerUntil: Instant }
>;

export type WebhookEnabled = DomainEvent<'WebhookEnabled', { webhookId: string; account: string }>;

export type WebhookDisabled = DomainEvent<
  'WebhookDisabled',
  {
    webhookId: string;
    account: string;
    reason: DisablingReason;
    /** Since when it failed, where that is why. */
    since?: Instant;
  }
>;

export type WebhookReplayRequested = DomainEvent<
  'WebhookReplayRequested',
  { webhookId: string; account: string; after: number }
>;

export type WebhookTestRequested = DomainEvent<
  'WebhookTestRequested',
  { webhookId: string; account: string; deliveryId: string }
>;

export type WebhookRetryRequested = DomainEvent<
  'WebhookRetryRequested',
  { webhookId: string; account: string; deliveryId: string }
>;

export type WebhookRemoved = DomainEvent<'WebhookRemoved', { webhookId: string; account: string }>;

export type WebhookEvent =
  | WebhookRegistered
  | WebhookChanged
  | WebhookSecretRotated
  | WebhookEnabled
  | WebhookDisabled
  | WebhookReplayRequested
  | WebhookTestRequested
  | WebhookRetryRequested
  | WebhookRemoved;

import type { Instant } from '#domain/kernel';
import type { Position } from '#event-store';
import type { CollectionDefinition, Document } from '#view-store';

/** `pending`: it will be tried again, or for the first time. */
export type DeliveryStatus = 'pending' | 'delivered' | 'failed';

/** Why there was no answer. */
export type DeliveryError =
  | 'address-refused'
  | 'name-not-found'
  | 'connection-failed'
  | 'certificate-invalid'
  | 'timed-out'
  | 'not-available';

/** One request to the receiver, and its result. */
export interface DeliveryAttempt {
  readonly at: Instant;
  readonly durationMs: number;
  /** Of the receiver's answer. */
  readonly responseStatus?: number;
  readonly error?: DeliveryError;
}

/** A message to one webhook: a change, or a test. Not a projection: attempts are no events. */
export interface WebhookDelivery extends Document {
  readonly webhookId: string;
  readonly account: string;
  /** Of the event in the log. */
  readonly position: Position;
  /** The change without its content; a test has a type of its own. */
  readonly change: {
    readonly id: string;
    readonly type: string;
    readonly subject: { readonly kind: string; readonly id: string };
  };
  readonly status: DeliveryStatus;
  /** A single attempt is made: it is a test, or was asked for after the deliveries had ended. */
  readonly once?: true;
  /** The webhook's, when the delivery was created. */
  readonly run: number;
  readonly replay: number;
  /** The latest last. */
  readonly attempts: readonly DeliveryAttempt[];
  /** In a row, in the present run. */
  readonly failures: number;
  /** When the first attempt of this run began. */
  readonly firstAttemptAt?: Instant;
  /** Absent: as soon as possible. */
  readonly nextAttemptAt?: Instant;
  readonly endedAt?: Instant;
}

export const webhookDeliveries: CollectionDefinition<WebhookDelivery> = {
  name: 'webhook-deliveries',
  indexes: {
    'by-webhook': ({ webhookId, position, id }) => [webhookId, position, id],
    'by-status': ({ webhookId, status, position, id }) => [webhookId, status, position, id],
    'by-end': ({ endedAt, id }) => (endedAt === undefined ? undefined : [endedAt, id]),
  },
};

/** How far the changes have been read and recorded for a webhook. */
export interface WebhookProgress extends Document {
  /** The webhook's id. */
  readonly id: string;
  /** Everything up to here has a delivery or needs none. */
  readonly cursor: Position;
  /** No delivery is of a later position. */
  readonly highest: Position;
  /** The latest replay that was started, and the run it is in. */
  readonly replay: number;
  readonly run: number;
  /** When the first failed attempt since the last successful one was made. */
  readonly failingSince?: Instant;
}

export const webhookProgress: CollectionDefinition<WebhookProgress> = {
  name: 'webhook-progress',
  indexes: {},
};

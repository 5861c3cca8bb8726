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

/** One request to the receiver, and what came of it. */
export interface DeliveryAttempt {
  readonly at: Instant;
  readonly durationMs: number;
  /** Of the receiver's answer. */
  readonly responseStatus?: number;
  readonly error?: DeliveryError;
}

/** What one webhook is told: a change, or that it is tested. Not projected: that it was tried is no event. */
export interface WebhookDelivery extends Document {
  readonly webhookId: string;
  readonly account: string;
  /** Of the event in the log. */
  readonly position: Position;
  /** What is told; a test has a type of its own. */
  readonly change: {
    readonly id: string;
    readonly type: string;
    readonly subject: { readonly kind: string; readonly id: string };
  };
  readonly status: DeliveryStatus;
  /** A single attempt is made: it is a test, or was asked for after the deliveries had ended. */
  readonly once?: true;
  /** The webhook's, when it was told. */
  readonly run: number;
  readonly replay: number;
  /** The latest last. */
  readonly attempts: readonly DeliveryAttempt[];
  /** In a row, in the present run. */
  readonly failures: number;
  /** When the first attempt of this run began. */
  readonly firstAttemptAt?: Instant;
  /** Absent: as soon as it is its turn. */
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

/** How far a webhook is. */
export interface WebhookProgress extends Document {
  /** The webhook's id. */
  readonly id: string;
  /** Of everything up to here there is a delivery, or nothing to deliver. */
  readonly cursor: Position;
  /** Behind here there is no delivery. */
  readonly highest: Position;
  /** The replay it has begun, and the run it is in. */
  readonly replay: number;
  readonly run: number;
  /** The beginning of the first of the failures that have come since anything was delivered. */
  readonly failingSince?: Instant;
}

export const webhookProgress: CollectionDefinition<WebhookProgress> = {
  name: 'webhook-progress',
  indexes: {},
};

import type { Instant } from '#domain/kernel';
import type { KeptWebhook, RemovedWebhook } from '#domain/webhook';
import type { Position } from '#event-store';
import type { CollectionDefinition, Document } from '#view-store';

/** A webhook as the process that delivers knows it. */
export interface WebhookTarget extends Document {
  /** The webhook's id. */
  readonly id: string;
  readonly account: string;
  readonly webhook: KeptWebhook | RemovedWebhook;
  /** Where it was registered: what has happened since is told. */
  readonly registeredAt: Position;
  /** Of the last event it reflects. */
  readonly revision: number;
}

export const webhookTargets: CollectionDefinition<WebhookTarget> = {
  name: 'webhook-targets',
  indexes: { all: ({ id }) => [id] },
};

/** Something that somebody asked for, until it has become a delivery. */
export interface WebhookOrder extends Document {
  /** Of the event. */
  readonly id: string;
  readonly kind: 'test' | 'retry';
  readonly webhookId: string;
  readonly deliveryId: string;
  readonly position: Position;
  readonly at: Instant;
}

export const webhookOrders: CollectionDefinition<WebhookOrder> = {
  name: 'webhook-orders',
  indexes: { 'in-order': ({ position }) => [position] },
};

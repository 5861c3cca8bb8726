import type { Instant } from '#domain/kernel';
import type { KeptWebhook, RemovedWebhook } from '#domain/webhook';
import type { Position } from '#event-store';
import type { CollectionDefinition, Document } from '#view-store';

/** A webhook as the delivering process stores it. */
export interface WebhookTarget extends Document {
  /** The webhook's id. */
  readonly id: string;
  readonly account: string;
  readonly webhook: KeptWebhook | RemovedWebhook;
  /** Where it was registered: it is sent the changes since then. */
  readonly registeredAt: Position;
  /** Of the last event it reflects. */
  readonly revision: number;
}

export const webhookTargets: CollectionDefinition<WebhookTarget> = {
  name: 'webhook-targets',
  indexes: { all: ({ id }) => [id] },
};

/** A test or a retry that was asked for, until its delivery is created. */
export interface RequestedDelivery extends Document {
  /** Of the event. */
  readonly id: string;
  readonly kind: 'test' | 'retry';
  readonly webhookId: string;
  readonly deliveryId: string;
  readonly position: Position;
  readonly at: Instant;
}

export const requestedDeliveries: CollectionDefinition<RequestedDelivery> = {
  name: 'requested-deliveries',
  indexes: { 'in-order': ({ position }) => [position] },
};

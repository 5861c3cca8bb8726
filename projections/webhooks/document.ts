import type { Instant } from '#domain/kernel';
import type { KeptWebhook, RemovedWebhook } from '#domain/webhook';
import type { CollectionDefinition } from '#view-store';
import type { Reflecting } from '../reflecting.ts';

export interface WebhookDocument extends Reflecting {
  /** The webhook's id. */
  readonly id: string;
  readonly account: string;
  readonly webhook: KeptWebhook | RemovedWebhook;
  readonly createdAt: Instant;
}

export const webhooks: CollectionDefinition<WebhookDocument> = {
  name: 'webhooks',
  indexes: {
    'by-account': ({ account, createdAt, id, webhook }) =>
      webhook.status === 'removed' ? undefined : [account, createdAt, id],
  },
};

// The webhooks of an account, as its administrators keep them.
import type { Recorded } from '#contracts';
import { type KeptWebhook, type RemovedWebhook, type WebhookEvent, webhook } from '#domain/webhook';
import { defineProjection, onEach } from '../define.ts';
import { update, upsert } from '../reflecting.ts';
import { type WebhookDocument, webhooks } from './document.ts';

export const webhooksProjection = defineProjection({
  name: 'webhooks',
  version: 1,
  collections: [webhooks],
  on: {
    WebhookRegistered: (event) => [
      upsert(webhooks, event.data.webhookId, event, () => ({
        id: event.data.webhookId,
        account: event.data.account,
        webhook: evolved(webhook.initial, event),
        createdAt: event.metadata.at,
      })),
    ],
    ...onEach(
      [
        'WebhookChanged',
        'WebhookSecretRotated',
        'WebhookEnabled',
        'WebhookDisabled',
        'WebhookReplayRequested',
        'WebhookTestRequested',
        'WebhookRetryRequested',
        'WebhookRemoved',
      ],
      (event) => [
        update(webhooks, event.data.webhookId, event, (document) => ({
          ...document,
          webhook: evolved(document.webhook, event),
        })),
      ],
    ),
  },
});

function evolved(
  state: WebhookDocument['webhook'] | typeof webhook.initial,
  event: Recorded<WebhookEvent>,
): KeptWebhook | RemovedWebhook {
  return webhook.evolve(state, event) as KeptWebhook | RemovedWebhook;
}

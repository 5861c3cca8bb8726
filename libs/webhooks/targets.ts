import type { Recorded } from '#contracts';
import { type WebhookEvent, webhook } from '#domain/webhook';
import type { RequestedDelivery, WebhookTarget } from './documents.ts';
import type { KeptTarget } from './receiver.ts';

export const WEBHOOK_EVENTS: readonly WebhookEvent['type'][] = [
  'WebhookRegistered',
  'WebhookChanged',
  'WebhookSecretRotated',
  'WebhookEnabled',
  'WebhookDisabled',
  'WebhookReplayRequested',
  'WebhookTestRequested',
  'WebhookRetryRequested',
  'WebhookRemoved',
];

export function isKept(target: WebhookTarget): target is KeptTarget {
  return target.webhook.status !== 'removed';
}

/** The new states of webhooks, by id, and the deliveries that were requested. */
interface Folded {
  readonly targets: ReadonlyMap<string, WebhookTarget>;
  readonly requests: readonly RequestedDelivery[];
}

/** Folds events of webhooks; those that a known state reflects already are ignored. */
export function foldEvents(
  events: readonly Recorded<WebhookEvent>[],
  known: ReadonlyMap<string, WebhookTarget>,
): Folded {
  const targets = new Map<string, WebhookTarget>();
  const requests: RequestedDelivery[] = [];
  for (const event of events) {
    const { webhookId, account } = event.data;
    const before = targets.get(webhookId) ?? known.get(webhookId);
    if (before === undefined && event.type !== 'WebhookRegistered') continue;
    if (before !== undefined && before.revision >= event.revision) continue;
    const state = webhook.evolve(before?.webhook ?? webhook.initial, event) as WebhookTarget['webhook'];
    const registeredAt = before?.registeredAt ?? event.position;
    targets.set(webhookId, {
      id: webhookId,
      account,
      webhook: state,
      registeredAt,
      revision: event.revision,
    });
    const request = requestOf(event);
    if (request) requests.push(request);
  }
  return { targets, requests };
}

function requestOf(event: Recorded<WebhookEvent>): RequestedDelivery | undefined {
  if (event.type !== 'WebhookTestRequested' && event.type !== 'WebhookRetryRequested') return undefined;
  const { id, position, metadata } = event;
  const { webhookId, deliveryId } = event.data;
  const kind = event.type === 'WebhookTestRequested' ? 'test' : 'retry';
  return { id, kind, webhookId, deliveryId, position, at: metadata.at };
}

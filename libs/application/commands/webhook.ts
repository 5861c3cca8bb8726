import type { WebhookCommand, WebhookFacts } from '#domain/webhook';
import type { CommandSources } from '../command-executor.ts';
import type { UrlRefusal, Webhooks } from '../ports.ts';

export interface WebhookFactSources extends Pick<CommandSources, 'log'> {
  readonly webhooks: Webhooks;
  readonly urlRefusal: UrlRefusal;
}

/** The facts for decisions on a webhook. */
export function webhookFacts({ log, webhooks, urlRefusal }: WebhookFactSources) {
  return async ({ type, actor, data }: WebhookCommand): Promise<WebhookFacts> => {
    switch (type) {
      case 'RegisterWebhook':
        return { urlRefused: urlRefusal(data.url), count: await webhooks.count(actor.account) };
      case 'ChangeWebhook':
        return data.url === undefined ? {} : { urlRefused: urlRefusal(data.url) };
      case 'RetryWebhookDelivery':
        return { isThere: await webhooks.hasDelivery(data.webhookId, data.deliveryId) };
      case 'ReplayWebhook':
        return { head: await log.head() };
      default:
        return {};
    }
  };
}

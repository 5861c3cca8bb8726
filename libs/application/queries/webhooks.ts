import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { cursorAt } from '#contracts';
import { type Actor, forbidden, hasRole, type Instant, notFound } from '#domain/kernel';
import {
  allowedActions,
  type DisablingReason,
  type KeptWebhook,
  MAX_WEBHOOKS,
  validSecrets,
  type WebhookAction,
  webhookAdministrators,
} from '#domain/webhook';
import { type WebhookDocument, webhooks, webhooksProjection } from '#projections/webhooks';
import type { ViewReader } from '#view-store';
import {
  type DeliveryAttempt,
  type DeliveryStatus,
  type WebhookDelivery,
  type WebhookProgress,
  webhookDeliveries,
  webhookProgress,
} from '#webhooks/deliveries';
import type { Clock } from '../core/clock.ts';
import { CLOCK, VIEWS, type Webhooks } from '../ports.ts';
import { listPage, withItems } from './paging.ts';
import { type PageOf, type PageRequest, ViewQuery } from './view-query.ts';

/** A webhook as administrators of its account read it: without its secrets. */
export interface WebhookView {
  readonly id: string;
  readonly url: string;
  /** Only these changes are sent; all by default. */
  readonly types?: readonly string[];
  readonly description?: string;
  readonly status: 'enabled' | 'disabled';
  readonly disabled?: { readonly reason: DisablingReason; readonly since?: Instant };
  /** Since then every attempt has failed. */
  readonly failingSince?: Instant;
  /** Until when the secret before the present one is valid too. */
  readonly formerSecretUntil?: Instant;
  readonly allowedActions: readonly WebhookAction[];
  readonly createdAt: Instant;
  readonly revision: number;
}

/** A delivery to a webhook, and its result. */
export interface DeliveryView {
  readonly id: string;
  /** The id of the change, by which its receiver recognises it. */
  readonly changeId: string;
  readonly type: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly status: DeliveryStatus;
  /** The latest last; at most the last 20. */
  readonly attempts: readonly DeliveryAttempt[];
  readonly nextAttemptAt?: Instant;
  readonly endedAt?: Instant;
  /** The position after the change: later changes can be sent again from here. */
  readonly cursor: string;
}

export class GetWebhook extends ViewQuery<WebhookView> {
  readonly reads = [webhooksProjection.name];

  constructor(
    caller: Actor,
    readonly webhookId: string,
  ) {
    super(caller);
  }
}

export class ListWebhooks extends ViewQuery<PageOf<WebhookView>> {
  readonly reads = [webhooksProjection.name];

  constructor(
    caller: Actor,
    readonly page: PageRequest,
  ) {
    super(caller);
  }
}

export class ListDeliveries extends ViewQuery<PageOf<DeliveryView>> {
  readonly reads = [webhooksProjection.name];

  constructor(
    caller: Actor,
    readonly webhookId: string,
    readonly status: DeliveryStatus | undefined,
    readonly page: PageRequest,
  ) {
    super(caller);
  }
}

@QueryHandler(GetWebhook)
export class GetWebhookHandler implements IQueryHandler<GetWebhook, WebhookView> {
  constructor(
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-found`, `role-not-allowed` */
  async execute({ caller, webhookId }: GetWebhook): Promise<WebhookView> {
    const document = await ownWebhook(this.views, caller, webhookId);
    const progress = await this.views.get(webhookProgress, webhookId);
    return webhookView(document, progress, caller, this.clock.now());
  }
}

@QueryHandler(ListWebhooks)
export class ListWebhooksHandler implements IQueryHandler<ListWebhooks, PageOf<WebhookView>> {
  constructor(
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `role-not-allowed` */
  async execute({ caller, page }: ListWebhooks): Promise<PageOf<WebhookView>> {
    requireAdministrator(caller);
    const query = { index: 'by-account', prefix: [caller.account] };
    const found = await listPage(this.views, { collection: webhooks, query }, page);
    const progress = await this.views.getMany(
      webhookProgress,
      found.items.map(({ id }) => id),
    );
    const now = this.clock.now();
    return withItems(
      found,
      found.items.flatMap((document, index) =>
        isKept(document) ? [webhookView(document, progress[index], caller, now)] : [],
      ),
    );
  }
}

@QueryHandler(ListDeliveries)
export class ListDeliveriesHandler implements IQueryHandler<ListDeliveries, PageOf<DeliveryView>> {
  constructor(@Inject(VIEWS) private readonly views: ViewReader) {}

  /** The newest first. @throws Refusal `not-found`, `role-not-allowed` */
  async execute({ caller, webhookId, status, page }: ListDeliveries): Promise<PageOf<DeliveryView>> {
    await ownWebhook(this.views, caller, webhookId);
    const by =
      status === undefined
        ? { index: 'by-webhook', prefix: [webhookId] }
        : { index: 'by-status', prefix: [webhookId, status] };
    const query = { ...by, direction: 'descending' } as const;
    const found = await listPage(this.views, { collection: webhookDeliveries, query }, page);
    return withItems(found, found.items.map(deliveryView));
  }
}

/** Looks up webhooks in their view. */
export class ViewWebhooks implements Webhooks {
  constructor(private readonly views: ViewReader) {}

  async count(account: string): Promise<number> {
    const query = { index: 'by-account', prefix: [account] };
    return (await this.views.countUpTo(webhooks, query, MAX_WEBHOOKS)) ?? MAX_WEBHOOKS;
  }

  async hasDelivery(webhookId: string, deliveryId: string): Promise<boolean> {
    return (await this.views.get(webhookDeliveries, deliveryId))?.webhookId === webhookId;
  }
}

type KeptDocument = WebhookDocument & { readonly webhook: KeptWebhook };

function isKept(document: WebhookDocument): document is KeptDocument {
  return document.webhook.status !== 'removed';
}

async function ownWebhook(views: ViewReader, caller: Actor, id: string): Promise<KeptDocument> {
  const document = await views.get(webhooks, id);
  if (document === undefined || document.account !== caller.account || !isKept(document))
    throw notFound('webhook');
  requireAdministrator(caller);
  return document;
}

/** A URL may hold credentials. */
function requireAdministrator(caller: Actor): void {
  if (!hasRole(caller, webhookAdministrators))
    throw forbidden('Webhooks are for administrators of the account.');
}

function webhookView(
  { id, webhook, createdAt, revision }: KeptDocument,
  progress: WebhookProgress | undefined,
  caller: Actor,
  now: Instant,
): WebhookView {
  const { settings, status } = webhook;
  const [, former] = validSecrets(webhook, now);
  const isFailing = progress?.run === webhook.run && progress.failingSince !== undefined;
  return {
    id,
    ...settings,
    status,
    ...(status === 'disabled' && { disabled: { reason: webhook.reason, since: webhook.since } }),
    ...(isFailing && { failingSince: progress.failingSince }),
    ...(former?.until !== undefined && { formerSecretUntil: former.until }),
    allowedActions: allowedActions(webhook, caller, now),
    createdAt,
    revision,
  };
}

function deliveryView(delivery: WebhookDelivery): DeliveryView {
  const { id, change, status, attempts, nextAttemptAt, endedAt, position } = delivery;
  const { id: changeId, type, subject } = change;
  return {
    id,
    changeId,
    type,
    subject,
    status,
    attempts,
    nextAttemptAt,
    endedAt,
    cursor: cursorAt(position),
  };
}

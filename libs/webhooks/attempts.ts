import {
  type Clock,
  type CommandPort,
  derivedId,
  processActor,
  type WebhookSecrets,
} from '#application/core';
import type { Changes } from '#changes';
import { toMillis } from '#domain/kernel';
import { type SuspendWebhook, validSecrets } from '#domain/webhook';
import type { Position } from '#event-store';
import type { Pauses } from '#subscriptions';
import { type SpanOptions, traceparent, within } from '#tracing';
import type { Channel } from './channel.ts';
import {
  afterAttempt,
  type DeliveryAttempt,
  isSuccess,
  TRIED_FOR_MS,
  type WebhookDelivery,
  webhookDeliveries,
} from './deliveries/index.ts';
import { bodyOf, headersOf, type Message, TEST_TYPE } from './message.ts';
import type { Item, KeptTarget, Receiver } from './receiver.ts';
import { type DeliveryRecorder, save } from './recorder.ts';
import type { ReceiverAnswer, Sender } from './sender.ts';

/** The process by whose name a webhook is disabled. */
const PROCESS = 'webhooks';
const GONE = 410;

/** The content of a delivery, and the trace in which it was recorded. */
interface TracedMessage {
  readonly change: Message;
  readonly traceparent?: string;
}

export interface AttemptsOptions {
  readonly changes: Changes;
  readonly commands: CommandPort;
  readonly sender: Sender;
  readonly secrets: WebhookSecrets;
  readonly recorder: DeliveryRecorder;
  readonly clock: Clock;
  readonly pauses: Pauses;
  /** Cuts off the requests under way. */
  readonly cut: AbortSignal;
}

/**
 * Attempts deliveries. The result of an attempt is recorded before anything follows from it: an attempt that was cut
 * off is made again, with the same id.
 */
export class DeliveryAttempts {
  readonly #options: AttemptsOptions;
  readonly #counts = { delivered: 0, failed: 0, failedAttempts: 0 };

  constructor(options: AttemptsOptions) {
    this.#options = options;
  }

  /** Since the start: deliveries that have ended, and attempts that failed. */
  get counts(): Readonly<Record<'delivered' | 'failed' | 'failedAttempts', number>> {
    return this.#counts;
  }

  /**
   * Sends a delivery once; resolves when the result is recorded.
   * @throws when it could not be sent or recorded: the attempt has no known result
   */
  async make(channel: Channel, item: Item): Promise<void> {
    const { clock } = this.#options;
    const target = channel.receiver.target;
    const at = clock.now();
    const started = performance.now();
    const answer = await this.#send(target, item);
    const attempt: DeliveryAttempt = {
      at,
      durationMs: Math.round(performance.now() - started),
      ...('error' in answer ? { error: answer.error } : { responseStatus: answer.status }),
    };
    await this.#conclude(channel, item, target, attempt, answer);
  }

  async #send(target: KeptTarget, item: Item): Promise<ReceiverAnswer> {
    const found = await this.#messageOf(target, item);
    if (found === undefined) return { error: 'not-available' };
    return within(spanOf(item, found), async (span) => {
      const answer = await this.#request(target, found);
      span.describe(
        'error' in answer ? { 'error.type': answer.error } : { 'http.response.status_code': answer.status },
      );
      return answer;
    });
  }

  #request(
    target: KeptTarget,
    { change: message, traceparent: recorded }: TracedMessage,
  ): Promise<ReceiverAnswer> {
    const { sender, secrets, clock, cut } = this.#options;
    const body = bodyOf(message);
    const valid = validSecrets(target.webhook, clock.now()).map(({ secretId }) =>
      secrets.of(target.webhook, secretId),
    );
    // Receivers compare the time with their own clock, which tests do not move.
    const signed = headersOf(message.id, body, valid, new Date());
    const place = traceparent() ?? recorded;
    const headers = place === undefined ? signed : { ...signed, traceparent: place };
    return sender.send({ url: target.webhook.settings.url, headers, body, signal: cut });
  }

  /** The content of a delivery: what the account may see of the change now. */
  async #messageOf({ account }: KeptTarget, { delivery, content }: Item): Promise<TracedMessage | undefined> {
    const { change, position } = delivery;
    if (content) return content;
    if (change.type === TEST_TYPE) {
      const time = this.#options.clock.now();
      return { change: { ...change, time, data: { webhookId: delivery.webhookId } } };
    }
    const { items, upTo } = await this.#options.changes.read((position - 1) as Position, 1, {
      of: { account },
      subject: change.subject.id,
    });
    const [found] = items;
    if (found?.position === position) return found;
    // The view of changes is being rebuilt and has not reached this one yet.
    if (found === undefined && upTo < position) throw new Error('The change cannot be read yet.');
    return undefined;
  }

  async #conclude(
    channel: Channel,
    item: Item,
    target: KeptTarget,
    attempt: DeliveryAttempt,
    answer: ReceiverAnswer,
  ): Promise<void> {
    const { clock, pauses, recorder } = this.#options;
    const { receiver } = channel;
    const after = afterAttempt(item.delivery, attempt, {
      now: clock.now(),
      random: pauses.random(),
      ...('retryAfterMs' in answer && { retryAfterMs: answer.retryAfterMs }),
    });
    const failed = !isSuccess(attempt);
    const reason = failed && !after.once ? reasonToSuspend(receiver, target, attempt, after) : undefined;
    if (reason) {
      receiver.suspended = true;
      try {
        await this.#suspend(target, reason, receiver.failingSince ?? attempt.at);
      } catch (error) {
        // The attempt is made again, and suspends again.
        receiver.suspended = false;
        throw error;
      }
    }
    // The delivery that suspends its webhook stays pending: it is the first when the webhook is enabled again.
    const delivery: WebhookDelivery = reason
      ? {
          ...item.delivery,
          attempts: after.attempts,
          failures: after.failures,
          firstAttemptAt: after.firstAttemptAt,
        }
      : after;
    receiver.record(item, delivery);
    const held = failed ? receiver.behind(item) : [];
    for (const waiting of held) receiver.markStored(waiting);
    await recorder.record(
      channel,
      [item, ...held].map((stored) => save(webhookDeliveries, stored.delivery)),
    );
    if (failed) this.#counts.failedAttempts += 1;
    if (delivery.status !== 'pending') this.#counts[delivery.status] += 1;
  }

  /** Before the attempt is recorded: after a crash between the two it is made again, and suspends again. */
  async #suspend(
    { id: webhookId, account, webhook: { run } }: KeptTarget,
    reason: SuspendWebhook['data']['reason'],
    since: string,
  ): Promise<void> {
    const id = derivedId(webhookId, PROCESS, 'SuspendWebhook', run, reason, since);
    const data: SuspendWebhook['data'] = { webhookId, run, reason, since };
    const actor = processActor(account, PROCESS);
    const command = { id, type: 'SuspendWebhook', data, actor, correlationId: id, causationId: id } as const;
    await this.#options.commands.send(command);
  }
}

/** Why the webhook is to be disabled after a failed attempt; `undefined` where it is not. */
function reasonToSuspend(
  receiver: Receiver,
  target: KeptTarget,
  { at, responseStatus }: DeliveryAttempt,
  { status }: WebhookDelivery,
): SuspendWebhook['data']['reason'] | undefined {
  if (target.webhook.run !== receiver.target.webhook.run || !receiver.isEnabled) return undefined;
  if (responseStatus === GONE) return 'gone';
  const since = receiver.failingSince ?? at;
  return status === 'failed' && toMillis(at) - toMillis(since) >= TRIED_FOR_MS ? 'failing' : undefined;
}

/** Linked to the trace of the change. The URL is not recorded: it is the receiver's business. */
function spanOf({ delivery }: Item, { change, traceparent }: TracedMessage): SpanOptions {
  return {
    name: 'webhook attempt',
    kind: 'client',
    attributes: { 'tessera.change.type': change.type, 'tessera.attempt': delivery.attempts.length + 1 },
    follows: () => [traceparent],
  };
}

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
import {
  attempted,
  type DeliveryAttempt,
  isSuccess,
  TRIED_FOR_MS,
  type WebhookDelivery,
  webhookDeliveries,
} from './deliveries/index.ts';
import type { Line } from './line.ts';
import { bodyOf, headersOf, TEST_TYPE, type Told } from './message.ts';
import type { Item, KeptTarget, Receiver } from './receiver.ts';
import { type DeliveryRecorder, save } from './recorder.ts';
import type { ReceiverAnswer, Sender } from './sender.ts';

/** The process by whose name a webhook is disabled. */
const PROCESS = 'webhooks';
const GONE = 410;

/** What is told, and where in a trace it was recorded. */
interface ToldInTrace {
  readonly change: Told;
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
 * Attempts deliveries. What came of an attempt is recorded before anything follows from it: what is cut off before is
 * sent again, with the same id.
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
   * Sends a delivery once; resolves when what came of it is recorded.
   * @throws when it could not be sent or recorded: nothing is known of the attempt
   */
  async make(line: Line, item: Item): Promise<void> {
    const { clock } = this.#options;
    const target = line.receiver.target;
    const at = clock.now();
    const begun = performance.now();
    const answer = await this.#send(target, item);
    const attempt: DeliveryAttempt = {
      at,
      durationMs: Math.round(performance.now() - begun),
      ...('error' in answer ? { error: answer.error } : { responseStatus: answer.status }),
    };
    await this.#conclude(line, item, target, attempt, answer);
  }

  async #send(target: KeptTarget, item: Item): Promise<ReceiverAnswer> {
    const found = await this.#told(target, item);
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
    { change: told, traceparent: recorded }: ToldInTrace,
  ): Promise<ReceiverAnswer> {
    const { sender, secrets, clock, cut } = this.#options;
    const body = bodyOf(told);
    const valid = validSecrets(target.webhook, clock.now()).map(({ secretId }) =>
      secrets.of(target.webhook, secretId),
    );
    // Receivers hold the time against their own clock, which nobody moves.
    const signed = headersOf(told.id, body, valid, new Date());
    const place = traceparent() ?? recorded;
    const headers = place === undefined ? signed : { ...signed, traceparent: place };
    return sender.send({ url: target.webhook.settings.url, headers, body, signal: cut });
  }

  /** What is told, by what the account may know of it now. */
  async #told({ account }: KeptTarget, { delivery, content }: Item): Promise<ToldInTrace | undefined> {
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
    // The view that tells changes is being built anew, and has not come to it yet.
    if (found === undefined && upTo < position) throw new Error('The change cannot be read yet.');
    return undefined;
  }

  async #conclude(
    line: Line,
    item: Item,
    target: KeptTarget,
    attempt: DeliveryAttempt,
    answer: ReceiverAnswer,
  ): Promise<void> {
    const { clock, pauses, recorder } = this.#options;
    const { receiver } = line;
    const after = attempted(item.delivery, attempt, {
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
        // The attempt is made again, and comes to this again.
        receiver.suspended = false;
        throw error;
      }
    }
    // What ends the deliveries is not lost: it is the first to be delivered when they begin again.
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
      line,
      [item, ...held].map((stored) => save(webhookDeliveries, stored.delivery)),
    );
    if (failed) this.#counts.failedAttempts += 1;
    if (delivery.status !== 'pending') this.#counts[delivery.status] += 1;
  }

  /** Before the attempt is recorded: cut short between the two, it is made again, and comes to this again. */
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

/** Why the webhook is to be disabled after a failed attempt, if it is. */
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

/** An attempt follows from what it tells; where that goes to is the receiver's business. */
function spanOf({ delivery }: Item, { change, traceparent }: ToldInTrace): SpanOptions {
  return {
    name: 'webhook attempt',
    kind: 'client',
    attributes: { 'tessera.change.type': change.type, 'tessera.attempt': delivery.attempts.length + 1 },
    follows: () => [traceparent],
  };
}

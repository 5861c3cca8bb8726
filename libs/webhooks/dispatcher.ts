import type { Clock, CommandPort, WebhookSecrets } from '#application/core';
import type { Changes } from '#changes';
import { deserialise, type Recorded } from '#contracts';
import type { WebhookEvent } from '#domain/webhook';
import { type EventReader, START } from '#event-store';
import {
  type Delivery,
  Follower,
  type Log,
  type Outcome,
  type Pauses,
  realPauses,
  type Skipped,
} from '#subscriptions';
import type { CollectionDefinition, Document, ViewStore, Write } from '#view-store';
import { DeliveryAttempts } from './attempts.ts';
import { ChangeReader } from './change-reader.ts';
import type { Channel } from './channel.ts';
import { type WebhookDelivery, webhookDeliveries, webhookProgress } from './deliveries/index.ts';
import {
  type RequestedDelivery,
  requestedDeliveries,
  type WebhookTarget,
  webhookTargets,
} from './documents.ts';
import { TEST_TYPE } from './message.ts';
import { type KeptTarget, Receiver } from './receiver.ts';
import { DeliveryRecorder, save } from './recorder.ts';
import { type RetentionOptions, removeOldDeliveries, removeStoredWebhook } from './retention.ts';
import { retryUntilDone } from './retry.ts';
import { RoundRobin } from './round-robin.ts';
import type { Sender } from './sender.ts';
import { WEBHOOKS, type WebhooksStatus } from './status.ts';
import { foldEvents, isKept, WEBHOOK_EVENTS } from './targets.ts';

/** The name under which deliveries are recorded: the follower's own checkpoint covers webhooks only. */
export const DELIVERY_RECORDER = `${WEBHOOKS}-recorder`;

export interface WebhookDispatcherOptions {
  readonly reader: EventReader;
  /** Stores webhooks and deliveries. */
  readonly store: ViewStore;
  readonly changes: Changes;
  readonly commands: CommandPort;
  readonly sender: Sender;
  readonly secrets: WebhookSecrets;
  readonly clock: Clock;
  readonly log: Log;
  readonly pauses?: Pauses;
  /** The most requests that are sent at once. */
  readonly concurrency?: number;
  /** The term of the lease under which it runs; absent where there can be only one owner. */
  readonly term?: number;
  /** Called when another owner has taken over; this one then stops by itself. */
  readonly lost?: () => void;
}

const CONCURRENCY = 256;
const LOAD_PAGE = 500;
/** How long stopping waits for requests under way; one that is cut off is sent again at the next start. */
const STOP_PATIENCE_MS = 3_000;
const SWEEP_MS = 60 * 60 * 1000;

/**
 * Delivers changes to webhooks: each at least once, those about one subject in order, retried for a day. Webhooks
 * have turns, a receiver few requests at once, and each request takes a bounded time, so that none delays another.
 */
export class WebhookDispatcher {
  readonly #options: WebhookDispatcherOptions;
  readonly #pauses: Pauses;
  readonly #follower: Follower;
  readonly #targets = new Map<string, WebhookTarget>();
  readonly #channels = new Map<string, Promise<Channel>>();
  readonly #recorder: DeliveryRecorder;
  readonly #attempts: DeliveryAttempts;
  readonly #roundRobin: RoundRobin;
  readonly #changes: ChangeReader;
  readonly #stopping = new AbortController();
  /** Cuts off requests. */
  readonly #cut = new AbortController();
  /** More may be stored than is in memory: a commit whose answer was lost may have succeeded. */
  #mayBeStale = false;
  #started = false;
  #stopped: Promise<void> | undefined;

  constructor(options: WebhookDispatcherOptions) {
    const {
      reader,
      store,
      changes,
      clock,
      log,
      term,
      pauses = realPauses,
      concurrency = CONCURRENCY,
    } = options;
    this.#options = options;
    this.#pauses = pauses;
    const lost = () => this.#onOwnershipLost();
    const { signal: cut } = this.#cut;
    const recorder = new DeliveryRecorder({
      name: DELIVERY_RECORDER,
      store,
      log,
      pauses,
      term,
      signal: cut,
      lost,
    });
    const attempts = new DeliveryAttempts({ ...options, recorder, pauses, cut });
    const roundRobin = new RoundRobin({
      ...{ clock, log, pauses, concurrency, signal: this.#stopping.signal },
      attempt: (channel, item) => attempts.make(channel, item),
    });
    this.#recorder = recorder;
    this.#attempts = attempts;
    this.#roundRobin = roundRobin;
    this.#changes = new ChangeReader({
      ...{ changes, store, recorder, log, pauses },
      onReady: (channel) => roundRobin.enqueue(channel),
    });
    this.#follower = new Follower({
      name: WEBHOOKS,
      reader,
      views: store,
      deserialise,
      handler: {
        handle: (delivery) => this.#handle(delivery),
        discard: () => {
          this.#mayBeStale = true;
        },
        // An earlier log has been restored, and webhooks are rebuilt from it.
        restarting: () => {
          this.#targets.clear();
          return [];
        },
      },
      handles: [...WEBHOOK_EVENTS],
      collections: [webhookTargets, requestedDeliveries],
      clock,
      log,
      term,
      lost,
      pauses,
    });
  }

  /**
   * Loads what is stored, then follows the log, unless it is stopped meanwhile.
   * @throws OwnershipLost the deliveries have an owner of a later term
   */
  async start(): Promise<void> {
    if (this.#started) return;
    this.#started = true;
    const { store, term } = this.#options;
    if (term !== undefined) {
      // What is open is read only once no earlier owner can change it any more.
      await store.fence(WEBHOOKS, term);
      await store.fence(DELIVERY_RECORDER, term);
    }
    await this.#load();
    if (this.#stopping.signal.aborted) return;
    this.#follower.start();
    void this.#roundRobin.run();
    void this.#sweep();
  }

  /** Resolves when the requests under way have ended, or are cut off after a while. */
  stop(): Promise<void> {
    this.#stopped ??= this.#end();
    return this.#stopped;
  }

  async status(): Promise<WebhooksStatus> {
    const channels = [...this.#roundRobin.channels];
    return {
      follower: await this.#follower.status(),
      enabled: channels.filter(({ receiver }) => receiver.isEnabled).length,
      open: channels.reduce((sum, { receiver }) => sum + receiver.open, 0),
      sending: this.#roundRobin.sending,
      ...this.#attempts.counts,
    };
  }

  /** Tries the events of a parked stream again; true when none of it is parked any longer. */
  retryParked(stream: string): Promise<boolean> {
    return this.#follower.retryParked(stream);
  }

  /** Skips the event that a stream was parked on, if it still is, and tries those after it. */
  skipParked(stream: string, eventId: string): Promise<Skipped> {
    return this.#follower.skipParked(stream, eventId);
  }

  /** After the view store has discarded its files: webhooks are read from the log again. */
  reopen(): void {
    this.#follower.reopen();
  }

  async #end(): Promise<void> {
    this.#stopping.abort();
    await this.#follower.stop();
    const patience = new AbortController();
    const ended = this.#roundRobin.ended();
    await Promise.race([ended, this.#pauses.sleep(STOP_PATIENCE_MS, patience.signal)]);
    patience.abort();
    this.#cut.abort();
    await ended;
  }

  #onOwnershipLost(): void {
    if (this.#stopping.signal.aborted) return;
    void this.stop();
    this.#options.lost?.();
  }

  /** Loads all stored webhooks and requested deliveries; what is in memory already stays as it is. */
  async #load(): Promise<void> {
    for await (const target of this.#stored(webhookTargets, 'all')) this.#apply(target);
    for await (const request of this.#stored(requestedDeliveries, 'in-order'))
      void this.#createRequested(request);
  }

  async *#stored<D extends Document>(collection: CollectionDefinition<D>, index: string): AsyncGenerator<D> {
    let after: string | undefined;
    do {
      const page = await this.#options.store.find(collection, { index, prefix: [], after, limit: LOAD_PAGE });
      yield* page.items;
      after = page.next;
    } while (after !== undefined && !this.#stopping.signal.aborted);
  }

  /** Folds events of webhooks; the outcome is their new states and the deliveries that were requested. */
  async #handle({ events }: Delivery): Promise<Outcome> {
    if (this.#mayBeStale) {
      await this.#load();
      this.#mayBeStale = false;
    }
    const { targets, requests } = foldEvents(events as readonly Recorded<WebhookEvent>[], this.#targets);
    return {
      writes: [
        ...[...targets.values()].map((target) => save(webhookTargets, target)),
        ...requests.map((request) => save(requestedDeliveries, request)),
      ],
      committed: () => {
        for (const target of targets.values()) this.#apply(target);
        for (const request of requests) void this.#createRequested(request);
      },
    };
  }

  /** Opens, updates or removes the channel of a webhook according to its new state. */
  #apply(target: WebhookTarget): void {
    const known = this.#targets.get(target.id);
    if (known !== undefined && known.revision >= target.revision) return;
    this.#targets.set(target.id, target);
    void this.#retryUntilDone(`webhook ${target.id}`, async () => {
      if (!isKept(target)) return this.#purge(target);
      const channel = await this.#channelOf(target);
      // Later events may have been handled meanwhile.
      const latest = this.#targets.get(target.id);
      if (latest !== undefined && isKept(latest)) this.#updateChannel(channel, latest);
    });
  }

  #updateChannel(channel: Channel, target: KeptTarget): void {
    const { receiver } = channel;
    const moved = receiver.update(target);
    if (receiver.isEnabled) {
      if (moved) channel.reading?.abort();
      if (moved || channel.reading === undefined) {
        channel.reading = new AbortController();
        void this.#changes.read(channel, AbortSignal.any([channel.reading.signal, this.#stopping.signal]));
      }
    } else if (channel.reading) {
      channel.reading.abort();
      channel.reading = undefined;
      receiver.pause();
    }
    this.#roundRobin.enqueue(channel);
  }

  /** The channel of a webhook; the first time with what is stored of it. */
  #channelOf(target: KeptTarget): Promise<Channel> {
    const known = this.#channels.get(target.id);
    if (known) return known;
    const opening = this.#openChannel(target);
    this.#channels.set(target.id, opening);
    opening.catch(() => this.#channels.delete(target.id));
    return opening;
  }

  async #openChannel(target: KeptTarget): Promise<Channel> {
    const { store, reader } = this.#options;
    const [progress, head] = await Promise.all([store.get(webhookProgress, target.id), reader.head()]);
    const receiver = new Receiver(target, progress);
    // An earlier log has been restored.
    if (receiver.readTo > head) receiver.readTo = head;
    const query = { index: 'by-status', prefix: [target.id, 'pending'], limit: LOAD_PAGE };
    let after: string | undefined;
    do {
      const page = await store.find(webhookDeliveries, { ...query, after });
      for (const delivery of page.items) receiver.add(delivery, { stored: true });
      after = page.next;
    } while (after !== undefined);
    const storedCursor = progress?.cursor ?? START;
    const channel: Channel = { receiver, reading: undefined, inFlight: new Set(), storedCursor };
    this.#roundRobin.add(channel);
    return channel;
  }

  /** Creates a delivery that was requested. */
  async #createRequested(request: RequestedDelivery): Promise<void> {
    await this.#retryUntilDone(`requested delivery ${request.id}`, async () => {
      const target = this.#targets.get(request.webhookId);
      const done: Write = { collection: requestedDeliveries, id: request.id, document: undefined };
      if (target === undefined || !isKept(target)) return this.#recorder.record(undefined, [done]);
      const channel = await this.#channelOf(target);
      const { receiver } = channel;
      const open = receiver.item(request.deliveryId);
      if (open) {
        open.urgent = true;
        await this.#recorder.record(channel, [done]);
      } else {
        const delivery = await this.#requestedDelivery(receiver, request);
        if (delivery) receiver.add(delivery, { stored: true });
        await this.#recorder.record(channel, delivery ? [save(webhookDeliveries, delivery), done] : [done]);
      }
      this.#roundRobin.enqueue(channel);
    });
  }

  async #requestedDelivery(
    receiver: Receiver,
    request: RequestedDelivery,
  ): Promise<WebhookDelivery | undefined> {
    const { target, replay } = receiver;
    const { id: webhookId, account, webhook: state } = target;
    const { deliveryId: id, position } = request;
    const ended = await this.#options.store.get(webhookDeliveries, id);
    if (request.kind === 'retry') {
      if (ended?.webhookId !== webhookId) return undefined;
      const { endedAt: _, nextAttemptAt: __, ...kept } = ended;
      return { ...kept, status: 'pending', once: true };
    }
    // It was created already; only the request has not been removed yet.
    if (ended) return undefined;
    const change = { id, type: TEST_TYPE, subject: { kind: 'webhook', id: webhookId } };
    return {
      ...{ id, webhookId, account, position, change, status: 'pending', once: true },
      ...{ run: state.run, replay, attempts: [], failures: 0 },
    };
  }

  /** Removes everything of a webhook that was removed. */
  async #purge({ id }: WebhookTarget): Promise<void> {
    const channel = await this.#channels.get(id)?.catch(() => undefined);
    if (channel) {
      channel.reading?.abort();
      channel.receiver.close();
      await Promise.allSettled(channel.inFlight);
      this.#roundRobin.remove(channel);
      this.#channels.delete(id);
    }
    if (await removeStoredWebhook(id, this.#retention)) this.#targets.delete(id);
  }

  /** Removes deliveries that ended long ago, again and again. */
  async #sweep(): Promise<void> {
    const { clock } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.#retryUntilDone('old deliveries', () => removeOldDeliveries(clock.now(), this.#retention));
      await this.#pauses.sleep(SWEEP_MS, signal);
    }
  }

  get #retention(): RetentionOptions {
    return { store: this.#options.store, recorder: this.#recorder, signal: this.#stopping.signal };
  }

  #retryUntilDone(what: string, work: () => Promise<void>): Promise<void> {
    const { log } = this.#options;
    return retryUntilDone(what, work, { log, pauses: this.#pauses, signal: this.#stopping.signal });
  }
}

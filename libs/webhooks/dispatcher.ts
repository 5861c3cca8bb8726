import type { Clock, CommandPort, WebhookSecrets } from '#application/core';
import type { Changes } from '#changes';
import { deserialise, type Recorded } from '#contracts';
import { fromMillis, ITEMS_PER_EVENT, toMillis } from '#domain/kernel';
import { type WebhookEvent, webhook } from '#domain/webhook';
import { type EventReader, START } from '#event-store';
import {
  type Delivery,
  Follower,
  type FollowerStatus,
  type Log,
  type Outcome,
  type Pauses,
  realPauses,
  type Skipped,
  standby,
} from '#subscriptions';
import type { CollectionDefinition, Document, ViewStore, Write } from '#view-store';
import { DeliveryAttempts } from './attempts.ts';
import { ChangeReader } from './change-reader.ts';
import { type WebhookDelivery, webhookDeliveries, webhookProgress } from './deliveries/index.ts';
import { type WebhookOrder, type WebhookTarget, webhookOrders, webhookTargets } from './documents.ts';
import { insist } from './insist.ts';
import type { Line } from './line.ts';
import { TEST_TYPE } from './message.ts';
import { type KeptTarget, Receiver } from './receiver.ts';
import { DeliveryRecorder, removal, save } from './recorder.ts';
import type { Sender } from './sender.ts';
import { Turns } from './turns.ts';

/** The follower that takes note of webhooks, and the process that delivers. */
export const WEBHOOKS = 'webhook-deliveries';
/** Writes what comes of deliveries under this name; that follower's checkpoint covers webhooks only. */
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
  /** Called when another owner has taken over; this one stops by itself. */
  readonly lost?: () => void;
}

export interface WebhooksStatus {
  readonly follower: FollowerStatus;
  /** Webhooks that are enabled. */
  readonly enabled: number;
  /** Deliveries that have been read and have not ended. */
  readonly open: number;
  /** Requests that are being sent. */
  readonly sending: number;
  /** Since it has run here: deliveries that have ended, and attempts that failed. */
  readonly delivered: number;
  readonly failed: number;
  readonly failedAttempts: number;
}

/** The status of deliveries that another worker makes. */
export const webhooksStandby: WebhooksStatus = {
  follower: standby(WEBHOOKS),
  enabled: 0,
  open: 0,
  sending: 0,
  delivered: 0,
  failed: 0,
  failedAttempts: 0,
};

const CONCURRENCY = 256;
const LOAD_PAGE = 500;
/** How long stopping waits for requests under way; one that is cut off is sent again at the next start. */
const STOP_PATIENCE_MS = 3_000;
/** For so long a delivery that has ended is kept. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
const SWEEP_MS = 60 * 60 * 1000;

/**
 * Delivers changes to webhooks: each at least once, those about one subject in order, tried again for a day. Webhooks
 * have turns, a receiver few requests at once, and each request takes a bounded time, so that none delays another.
 */
export class WebhookDispatcher {
  readonly #options: WebhookDispatcherOptions;
  readonly #pauses: Pauses;
  readonly #follower: Follower;
  readonly #targets = new Map<string, WebhookTarget>();
  readonly #lines = new Map<string, Promise<Line>>();
  readonly #recorder: DeliveryRecorder;
  readonly #attempts: DeliveryAttempts;
  readonly #turns: Turns;
  readonly #changes: ChangeReader;
  readonly #stopping = new AbortController();
  /** Cuts off requests. */
  readonly #cut = new AbortController();
  /** More may be stored than is in memory: a commit whose answer was lost may have been made. */
  #unsure = false;
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
    const lost = () => this.#lose();
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
    const turns = new Turns({
      ...{ clock, log, pauses, concurrency, signal: this.#stopping.signal },
      attempt: (line, item) => attempts.make(line, item),
    });
    this.#recorder = recorder;
    this.#attempts = attempts;
    this.#turns = turns;
    this.#changes = new ChangeReader({
      ...{ changes, store, recorder, log, pauses },
      wanting: (line) => turns.want(line),
    });
    this.#follower = new Follower({
      name: WEBHOOKS,
      reader,
      views: store,
      deserialise,
      handler: {
        handle: (delivery) => this.#takeNote(delivery),
        discard: () => {
          this.#unsure = true;
        },
        // An earlier log has been restored: webhooks are what it says.
        restarting: () => {
          this.#targets.clear();
          return [];
        },
      },
      handles: [...EVENTS],
      collections: [webhookTargets, webhookOrders],
      clock,
      log,
      term,
      lost,
      pauses,
    });
  }

  /**
   * Takes up what is stored, and begins to follow the log; unless it is stopped meanwhile.
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
    void this.#turns.run();
    void this.#sweep();
  }

  /** Resolves when the requests under way have ended, or are cut off after a while. */
  stop(): Promise<void> {
    this.#stopped ??= this.#end();
    return this.#stopped;
  }

  async status(): Promise<WebhooksStatus> {
    const lines = [...this.#turns.lines];
    return {
      follower: await this.#follower.status(),
      enabled: lines.filter(({ receiver }) => receiver.isEnabled).length,
      open: lines.reduce((sum, { receiver }) => sum + receiver.open, 0),
      sending: this.#turns.sending,
      ...this.#attempts.counts,
    };
  }

  /** Tries the events of a parked stream again; true when none of it is parked any longer. */
  retryParked(stream: string): Promise<boolean> {
    return this.#follower.retryParked(stream);
  }

  /** Passes over the event that a stream was parked on, if it still is, and tries those behind it. */
  skipParked(stream: string, eventId: string): Promise<Skipped> {
    return this.#follower.skipParked(stream, eventId);
  }

  /** After the view store has discarded its files: webhooks are taken note of anew. */
  reopen(): void {
    this.#follower.reopen();
  }

  async #end(): Promise<void> {
    this.#stopping.abort();
    await this.#follower.stop();
    const patience = new AbortController();
    const ended = this.#turns.ended();
    await Promise.race([ended, this.#pauses.sleep(STOP_PATIENCE_MS, patience.signal)]);
    patience.abort();
    this.#cut.abort();
    await ended;
  }

  #lose(): void {
    if (this.#stopping.signal.aborted) return;
    void this.stop();
    this.#options.lost?.();
  }

  /** All webhooks and orders that are stored; what is known of them already stays as it is. */
  async #load(): Promise<void> {
    for await (const target of this.#stored(webhookTargets, 'all')) this.#apply(target);
    for await (const order of this.#stored(webhookOrders, 'in-order')) void this.#carryOut(order);
  }

  async *#stored<D extends Document>(collection: CollectionDefinition<D>, index: string): AsyncGenerator<D> {
    let after: string | undefined;
    do {
      const page = await this.#options.store.find(collection, { index, prefix: [], after, limit: LOAD_PAGE });
      yield* page.items;
      after = page.next;
    } while (after !== undefined && !this.#stopping.signal.aborted);
  }

  /** The outcome of events of webhooks: what each has become, and what was asked for. */
  async #takeNote({ events }: Delivery): Promise<Outcome> {
    if (this.#unsure) {
      await this.#load();
      this.#unsure = false;
    }
    const targets = new Map<string, WebhookTarget>();
    const orders: WebhookOrder[] = [];
    for (const event of events as readonly Recorded<WebhookEvent>[]) {
      const { webhookId, account } = event.data;
      const before = targets.get(webhookId) ?? this.#targets.get(webhookId);
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
      const order = orderOf(event);
      if (order) orders.push(order);
    }
    return {
      writes: [
        ...[...targets.values()].map((target) => save(webhookTargets, target)),
        ...orders.map((order) => save(webhookOrders, order)),
      ],
      committed: () => {
        for (const target of targets.values()) this.#apply(target);
        for (const order of orders) void this.#carryOut(order);
      },
    };
  }

  /** Does what follows from the state a webhook has come to. */
  #apply(target: WebhookTarget): void {
    const known = this.#targets.get(target.id);
    if (known !== undefined && known.revision >= target.revision) return;
    this.#targets.set(target.id, target);
    void this.#insist(`webhook ${target.id}`, async () => {
      if (!isKept(target)) return this.#purge(target);
      const line = await this.#lineOf(target);
      // Later events may have come meanwhile.
      const latest = this.#targets.get(target.id);
      if (latest !== undefined && isKept(latest)) this.#switch(line, latest);
    });
  }

  #switch(line: Line, target: KeptTarget): void {
    const { receiver } = line;
    const moved = receiver.follow(target);
    if (receiver.isEnabled) {
      if (moved) line.reading?.abort();
      if (moved || line.reading === undefined) {
        line.reading = new AbortController();
        void this.#changes.read(line, AbortSignal.any([line.reading.signal, this.#stopping.signal]));
      }
    } else if (line.reading) {
      line.reading.abort();
      line.reading = undefined;
      receiver.rest();
    }
    this.#turns.want(line);
  }

  /** The line of a webhook; the first time with what is stored of it. */
  #lineOf(target: KeptTarget): Promise<Line> {
    const known = this.#lines.get(target.id);
    if (known) return known;
    const opening = this.#openLine(target);
    this.#lines.set(target.id, opening);
    opening.catch(() => this.#lines.delete(target.id));
    return opening;
  }

  async #openLine(target: KeptTarget): Promise<Line> {
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
    const line: Line = { receiver, reading: undefined, under: new Set(), storedCursor };
    this.#turns.add(line);
    return line;
  }

  /** Makes a delivery of what somebody asked for. */
  async #carryOut(order: WebhookOrder): Promise<void> {
    await this.#insist(`order ${order.id}`, async () => {
      const target = this.#targets.get(order.webhookId);
      const done: Write = { collection: webhookOrders, id: order.id, document: undefined };
      if (target === undefined || !isKept(target)) return this.#recorder.record(undefined, [done]);
      const line = await this.#lineOf(target);
      const { receiver } = line;
      const open = receiver.item(order.deliveryId);
      if (open) {
        open.urgent = true;
        await this.#recorder.record(line, [done]);
      } else {
        const delivery = await this.#ordered(receiver, order);
        if (delivery) receiver.add(delivery, { stored: true });
        await this.#recorder.record(line, delivery ? [save(webhookDeliveries, delivery), done] : [done]);
      }
      this.#turns.want(line);
    });
  }

  async #ordered(receiver: Receiver, order: WebhookOrder): Promise<WebhookDelivery | undefined> {
    const { target, replay } = receiver;
    const { id: webhookId, account, webhook: state } = target;
    const { deliveryId: id, position } = order;
    const ended = await this.#options.store.get(webhookDeliveries, id);
    if (order.kind === 'retry') {
      if (ended?.webhookId !== webhookId) return undefined;
      const { endedAt: _, nextAttemptAt: __, ...kept } = ended;
      return { ...kept, status: 'pending', once: true };
    }
    // Its order was carried out already, and is only not removed.
    if (ended) return undefined;
    const change = { id, type: TEST_TYPE, subject: { kind: 'webhook', id: webhookId } };
    return {
      ...{ id, webhookId, account, position, change, status: 'pending', once: true },
      ...{ run: state.run, replay, attempts: [], failures: 0 },
    };
  }

  /** Removes everything of a webhook that was removed. */
  async #purge({ id }: WebhookTarget): Promise<void> {
    const line = await this.#lines.get(id)?.catch(() => undefined);
    if (line) {
      line.reading?.abort();
      line.receiver.close();
      await Promise.allSettled(line.under);
      this.#turns.remove(line);
      this.#lines.delete(id);
    }
    const { store } = this.#options;
    for (;;) {
      const query = { index: 'by-webhook', prefix: [id], limit: ITEMS_PER_EVENT };
      const { items } = await store.find(webhookDeliveries, query);
      if (items.length === 0 || this.#stopping.signal.aborted) break;
      await this.#recorder.record(undefined, items.map(removal));
    }
    if (this.#stopping.signal.aborted) return;
    await this.#recorder.record(undefined, [
      { collection: webhookProgress, id, document: undefined },
      { collection: webhookTargets, id, document: undefined },
    ]);
    this.#targets.delete(id);
  }

  /** Removes what ended long ago. */
  async #sweep(): Promise<void> {
    const { store, clock } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.#insist('old deliveries', async () => {
        const to = fromMillis(toMillis(clock.now()) - KEPT_MS);
        for (;;) {
          const query = { index: 'by-end', prefix: [], to, limit: ITEMS_PER_EVENT };
          const { items } = await store.find(webhookDeliveries, query);
          if (items.length === 0 || signal.aborted) return;
          await this.#recorder.record(undefined, items.map(removal));
        }
      });
      await this.#pauses.sleep(SWEEP_MS, signal);
    }
  }

  #insist(what: string, work: () => Promise<void>): Promise<void> {
    const { log } = this.#options;
    return insist(what, work, { log, pauses: this.#pauses, signal: this.#stopping.signal });
  }
}

const EVENTS: readonly WebhookEvent['type'][] = [
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

function isKept(target: WebhookTarget): target is KeptTarget {
  return target.webhook.status !== 'removed';
}

function orderOf(event: Recorded<WebhookEvent>): WebhookOrder | undefined {
  if (event.type !== 'WebhookTestRequested' && event.type !== 'WebhookRetryRequested') return undefined;
  const { id, position, metadata } = event;
  const { webhookId, deliveryId } = event.data;
  const kind = event.type === 'WebhookTestRequested' ? 'test' : 'retry';
  return { id, kind, webhookId, deliveryId, position, at: metadata.at };
}

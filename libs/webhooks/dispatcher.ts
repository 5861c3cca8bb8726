import {
  type Clock,
  type CommandPort,
  derivedId,
  processActor,
  type WebhookSecrets,
} from '#application/core';
import type { ChangePage, ChangeSelection, Changes, ChangeView, PlacedChange } from '#changes';
import { type ChangeType, deserialise, isChangeType, type Recorded } from '#contracts';
import { fromMillis, ITEMS_PER_EVENT, toMillis } from '#domain/kernel';
import { type SuspendWebhook, validSecrets, type WebhookEvent, webhook } from '#domain/webhook';
import { type EventReader, type Position, START } from '#event-store';
import {
  backOff,
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
import {
  type CollectionDefinition,
  type Document,
  OwnershipLost,
  type ViewStore,
  type Write,
} from '#view-store';
import {
  attempted,
  type DeliveryAttempt,
  isSuccess,
  TRIED_FOR_MS,
  type WebhookDelivery,
  webhookDeliveries,
  webhookProgress,
} from './deliveries/index.ts';
import { type WebhookOrder, type WebhookTarget, webhookOrders, webhookTargets } from './documents.ts';
import { bodyOf, headersOf, TEST_TYPE, type Told } from './message.ts';
import { type Item, type KeptTarget, Receiver } from './receiver.ts';
import type { ReceiverAnswer, Sender } from './sender.ts';

/** The follower that takes note of webhooks, and the process that delivers. */
export const WEBHOOKS = 'webhook-deliveries';
/** Writes what comes of deliveries under this name; that follower's checkpoint covers webhooks only. */
const RECORDER = `${WEBHOOKS}-recorder`;
/** The process by whose name a webhook is disabled. */
const PROCESS = 'webhooks';

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
const PAGE = 50;
const LOAD_PAGE = 500;
const WAIT_MS = 60_000;
/** How often it is looked which deliveries are due. */
const TICK_MS = 500;
/** So far may the stored cursor be behind while there is nothing to deliver. */
const IDLE_POSITIONS = 1_000;
/** How long stopping waits for requests under way; one that is cut off is sent again at the next start. */
const STOP_PATIENCE_MS = 3_000;
/** For so long a delivery that has ended is kept. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
const SWEEP_MS = 60 * 60 * 1000;
const GONE = 410;

/** A receiver, and what goes on with it. */
interface Line {
  readonly receiver: Receiver;
  /** Aborted when the changes are not read any longer, or from another place. */
  reading: AbortController | undefined;
  readonly under: Set<Promise<void>>;
  storedCursor: Position;
}

interface Waiting {
  readonly line: Line | undefined;
  readonly writes: readonly Write[];
  readonly settle: PromiseWithResolvers<void>;
}

/**
 * Delivers changes to webhooks: each at least once, those about one subject in order, tried again for a day. Webhooks
 * have turns, a receiver few requests at once, and each request takes a bounded time, so that none delays another.
 * What came of an attempt is recorded before anything follows from it: what is cut off before is sent again, with the
 * same id.
 */
export class WebhookDispatcher {
  readonly #options: WebhookDispatcherOptions;
  readonly #pauses: Pauses;
  readonly #follower: Follower;
  readonly #targets = new Map<string, WebhookTarget>();
  readonly #lines = new Map<string, Promise<Line>>();
  readonly #open = new Set<Line>();
  /** Those that may have something to send, in the order of their turns. */
  readonly #wanting = new Set<Line>();
  readonly #records: Waiting[] = [];
  #recording = false;
  #sending = 0;
  readonly #counts = { delivered: 0, failed: 0, failedAttempts: 0 };
  readonly #stopping = new AbortController();
  /** Cuts off requests. */
  readonly #cut = new AbortController();
  /** More may be stored than is in memory: a commit whose answer was lost may have been made. */
  #unsure = false;
  #started = false;
  #stopped: Promise<void> | undefined;

  constructor(options: WebhookDispatcherOptions) {
    const { reader, store, clock, log, term, pauses = realPauses } = options;
    this.#options = options;
    this.#pauses = pauses;
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
      lost: () => this.#lose(),
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
      await store.fence(RECORDER, term);
    }
    await this.#load();
    if (this.#stopping.signal.aborted) return;
    this.#follower.start();
    void this.#tick();
    void this.#sweep();
  }

  /** Resolves when the requests under way have ended, or are cut off after a while. */
  stop(): Promise<void> {
    this.#stopped ??= this.#end();
    return this.#stopped;
  }

  async status(): Promise<WebhooksStatus> {
    const lines = [...this.#open];
    return {
      follower: await this.#follower.status(),
      enabled: lines.filter(({ receiver }) => receiver.isEnabled).length,
      open: lines.reduce((sum, { receiver }) => sum + receiver.open, 0),
      sending: this.#sending,
      ...this.#counts,
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
    for (const { reading } of this.#open) reading?.abort();
    const patience = new AbortController();
    const ended = Promise.allSettled([...this.#open].flatMap(({ under }) => [...under]));
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
        void this.#read(line, line.reading.signal);
      }
    } else if (line.reading) {
      line.reading.abort();
      line.reading = undefined;
      receiver.rest();
    }
    this.#want(line);
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
    this.#open.add(line);
    return line;
  }

  /** Reads the changes of a webhook, for as long as it is enabled. */
  async #read(line: Line, signal: AbortSignal): Promise<void> {
    const { changes, log } = this.#options;
    const { receiver } = line;
    let failures = 0;
    while (!signal.aborted && !this.#stopping.signal.aborted) {
      try {
        if (!receiver.hasRoom) {
          await Promise.race([receiver.roomMade(), this.#pauses.sleep(TICK_MS, signal)]);
          continue;
        }
        const after = receiver.readTo;
        const of = { account: receiver.target.account };
        const page = await changes.read(after, Math.min(PAGE, receiver.room), selectionFor(receiver.target));
        const known = await this.#known(receiver, page);
        if (signal.aborted) return;
        this.#take(line, page, known);
        failures = 0;
        if (page.items.length > 0 || !page.caughtUp) continue;
        this.#tidy(line);
        const position = await changes.wait(page.upTo, of, { timeoutMs: WAIT_MS, signal });
        if (!signal.aborted) receiver.readTo = position;
      } catch (error) {
        failures += 1;
        const retryInMs = backOff(failures, this.#pauses.random);
        log.warn(
          { webhook: receiver.target.id, err: error, failures, retryInMs },
          'The changes for a webhook could not be read and will be read again',
        );
        await this.#pauses.sleep(retryInMs, signal);
      }
    }
  }

  /** The deliveries that there are already of what was read, by id: after a restart, or in a replay. */
  async #known(receiver: Receiver, page: ChangePage): Promise<ReadonlyMap<string, WebhookDelivery>> {
    const read = page.items.filter(({ position }) => position <= receiver.highest);
    if (read.length === 0) return new Map();
    const ids = read.map(({ change }) => deliveryId(receiver.target.id, change));
    const found = await this.#options.store.getMany(webhookDeliveries, ids);
    return new Map(found.flatMap((delivery) => (delivery ? [[delivery.id, delivery]] : [])));
  }

  #take(line: Line, page: ChangePage, known: ReadonlyMap<string, WebhookDelivery>): void {
    const { receiver } = line;
    const held: Write[] = [];
    for (const placed of page.items) {
      const id = deliveryId(receiver.target.id, placed.change);
      const before = known.get(id);
      if (receiver.item(id) || before?.replay === receiver.replay) continue;
      const delivery = this.#newDelivery(receiver, placed, before);
      const item = receiver.add(delivery, { stored: false, content: placed.change });
      if (!receiver.isHeldBack(item)) continue;
      receiver.markStored(item);
      held.push(save(webhookDeliveries, item.delivery));
    }
    receiver.readTo = page.upTo;
    if (held.length > 0) void this.#record(line, held).catch(() => undefined);
    this.#want(line);
  }

  #newDelivery(
    { target, replay }: Receiver,
    { position, change }: PlacedChange,
    before?: WebhookDelivery,
  ): WebhookDelivery {
    const { id, account, webhook: state } = target;
    return {
      id: deliveryId(id, change),
      webhookId: id,
      account,
      position,
      change: { id: change.id, type: change.type, subject: change.subject },
      status: 'pending',
      run: state.run,
      replay,
      attempts: before?.attempts ?? [],
      failures: 0,
    };
  }

  /** Stores how far a webhook without deliveries is, now and then. */
  #tidy(line: Line): void {
    const { cursor } = line.receiver.progress;
    if (cursor - line.storedCursor >= IDLE_POSITIONS) void this.#record(line, []).catch(() => undefined);
  }

  /** Makes a delivery of what somebody asked for. */
  async #carryOut(order: WebhookOrder): Promise<void> {
    await this.#insist(`order ${order.id}`, async () => {
      const target = this.#targets.get(order.webhookId);
      const done: Write = { collection: webhookOrders, id: order.id, document: undefined };
      if (target === undefined || !isKept(target)) return this.#record(undefined, [done]);
      const line = await this.#lineOf(target);
      const { receiver } = line;
      const open = receiver.item(order.deliveryId);
      if (open) {
        open.urgent = true;
        await this.#record(line, [done]);
      } else {
        const delivery = await this.#ordered(receiver, order);
        if (delivery) receiver.add(delivery, { stored: true });
        await this.#record(line, delivery ? [save(webhookDeliveries, delivery), done] : [done]);
      }
      this.#want(line);
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

  #want(line: Line): void {
    this.#wanting.add(line);
    this.#fill();
  }

  /** Sends what may be sent, a delivery of each webhook in turn. */
  #fill(): void {
    const { concurrency = CONCURRENCY, clock } = this.#options;
    const now = clock.now();
    for (const line of this.#wanting) {
      if (this.#sending >= concurrency || this.#stopping.signal.aborted) return;
      this.#wanting.delete(line);
      const item = line.receiver.next(now);
      if (item === undefined) continue;
      this.#begin(line, item);
      this.#wanting.add(line);
    }
  }

  #begin(line: Line, item: Item): void {
    line.receiver.begin(item);
    this.#sending += 1;
    const attempt = this.#attempt(line, item).finally(() => {
      line.under.delete(attempt);
      this.#sending -= 1;
      this.#want(line);
    });
    line.under.add(attempt);
  }

  async #attempt(line: Line, item: Item): Promise<void> {
    const { clock, log } = this.#options;
    const { receiver } = line;
    try {
      const target = receiver.target;
      const at = clock.now();
      const begun = performance.now();
      const answer = await this.#send(target, item);
      const attempt: DeliveryAttempt = {
        at,
        durationMs: Math.round(performance.now() - begun),
        ...('error' in answer ? { error: answer.error } : { responseStatus: answer.status }),
      };
      await this.#conclude(line, item, target, attempt, answer);
      receiver.settled(item);
    } catch (error) {
      receiver.abandon(item);
      if (this.#stopping.signal.aborted) return;
      log.warn({ webhook: receiver.target.id, err: error }, 'A delivery of a webhook could not be made');
      await this.#pauses.sleep(TICK_MS, this.#stopping.signal);
    }
  }

  async #send(target: KeptTarget, item: Item): Promise<ReceiverAnswer> {
    const { sender, secrets, clock } = this.#options;
    const told = await this.#told(target, item);
    if (told === undefined) return { error: 'not-available' };
    const body = bodyOf(told);
    const valid = validSecrets(target.webhook, clock.now()).map(({ secretId }) =>
      secrets.of(target.webhook, secretId),
    );
    // Receivers hold the time against their own clock, which nobody moves.
    const headers = headersOf(told.id, body, valid, new Date());
    return sender.send({ url: target.webhook.settings.url, headers, body, signal: this.#cut.signal });
  }

  /** What is told, by what the account may know of it now. */
  async #told({ account }: KeptTarget, { delivery, content }: Item): Promise<Told | undefined> {
    const { change, position } = delivery;
    if (content) return content;
    if (change.type === TEST_TYPE) {
      return { ...change, time: this.#options.clock.now(), data: { webhookId: delivery.webhookId } };
    }
    const { items, upTo } = await this.#options.changes.read((position - 1) as Position, 1, {
      of: { account },
      subject: change.subject.id,
    });
    const [found] = items;
    if (found?.position === position) return found.change;
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
    const { clock } = this.#options;
    const { receiver } = line;
    const after = attempted(item.delivery, attempt, {
      now: clock.now(),
      random: this.#pauses.random(),
      ...('retryAfterMs' in answer && { retryAfterMs: answer.retryAfterMs }),
    });
    const failed = !isSuccess(attempt);
    const reason =
      failed && !after.once ? this.#reasonToSuspend(receiver, target, attempt, after) : undefined;
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
    await this.#record(
      line,
      [item, ...held].map((stored) => save(webhookDeliveries, stored.delivery)),
    );
    if (failed) this.#counts.failedAttempts += 1;
    if (delivery.status !== 'pending') this.#counts[delivery.status] += 1;
  }

  /** Why the webhook is to be disabled after a failed attempt, if it is. */
  #reasonToSuspend(
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

  /** Before the attempt is recorded: cut short between the two, it is made again, and comes to this again. */
  async #suspend(
    { id: webhookId, account, webhook: { run } }: KeptTarget,
    reason: SuspendWebhook['data']['reason'],
    since: string,
  ): Promise<void> {
    const { commands } = this.#options;
    const id = derivedId(webhookId, PROCESS, 'SuspendWebhook', run, reason, since);
    const data: SuspendWebhook['data'] = { webhookId, run, reason, since };
    const actor = processActor(account, PROCESS);
    await commands.send({ id, type: 'SuspendWebhook', data, actor, correlationId: id, causationId: id });
  }

  /** Stores documents together with how far the webhook is then; resolves when they are stored. */
  #record(line: Line | undefined, writes: readonly Write[]): Promise<void> {
    const settle = Promise.withResolvers<void>();
    this.#records.push({ line, writes, settle });
    void this.#flush();
    return settle.promise;
  }

  /** One commit at a time, of all that has come meanwhile. */
  async #flush(): Promise<void> {
    if (this.#recording) return;
    this.#recording = true;
    while (this.#records.length > 0) {
      const batch = this.#records.splice(0, ITEMS_PER_EVENT);
      const lines = [...new Set(batch.flatMap(({ line }) => line ?? []))];
      const progress = lines.map(({ receiver }) => receiver.progress);
      // Of several records of one document the last counts.
      const writes = new Map(
        [...batch.flatMap(({ writes }) => writes), ...progress.map((of) => save(webhookProgress, of))].map(
          (write) => [`${write.collection.name}/${write.id}`, write],
        ),
      );
      try {
        await this.#commit([...writes.values()]);
        for (const [index, line] of lines.entries()) line.storedCursor = progress[index]?.cursor ?? START;
        for (const { settle } of batch) settle.resolve();
      } catch (error) {
        for (const { settle } of batch) settle.reject(error);
      }
    }
    this.#recording = false;
  }

  /** Insists until it is stored: nothing may follow before. */
  async #commit(writes: readonly Write[]): Promise<void> {
    const { store, term, log } = this.#options;
    for (let failures = 1; ; failures += 1) {
      try {
        await store.commit({ follower: RECORDER, from: START, to: START, writes, term });
        return;
      } catch (error) {
        if (error instanceof OwnershipLost) this.#lose();
        if (error instanceof OwnershipLost || this.#cut.signal.aborted) throw error;
        const retryInMs = backOff(failures, this.#pauses.random);
        log.warn({ err: error, failures, retryInMs }, 'Deliveries of webhooks could not be recorded yet');
        await this.#pauses.sleep(retryInMs, this.#cut.signal);
      }
    }
  }

  /** Removes everything of a webhook that was removed. */
  async #purge({ id }: WebhookTarget): Promise<void> {
    const line = await this.#lines.get(id)?.catch(() => undefined);
    if (line) {
      line.reading?.abort();
      line.receiver.close();
      await Promise.allSettled(line.under);
      this.#open.delete(line);
      this.#wanting.delete(line);
      this.#lines.delete(id);
    }
    const { store } = this.#options;
    for (;;) {
      const query = { index: 'by-webhook', prefix: [id], limit: ITEMS_PER_EVENT };
      const { items } = await store.find(webhookDeliveries, query);
      if (items.length === 0 || this.#stopping.signal.aborted) break;
      await this.#record(undefined, items.map(removal));
    }
    if (this.#stopping.signal.aborted) return;
    await this.#record(undefined, [
      { collection: webhookProgress, id, document: undefined },
      { collection: webhookTargets, id, document: undefined },
    ]);
    this.#targets.delete(id);
  }

  /** Looks what is due. */
  async #tick(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.#pauses.sleep(TICK_MS, signal);
      for (const line of this.#open) if (line.receiver.open > 0) this.#wanting.add(line);
      this.#fill();
    }
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
          await this.#record(undefined, items.map(removal));
        }
      });
      await this.#pauses.sleep(SWEEP_MS, signal);
    }
  }

  /** Tries again with growing pauses until it is done, or all is stopped. */
  async #insist(what: string, work: () => Promise<void>): Promise<void> {
    const { log } = this.#options;
    const { signal } = this.#stopping;
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        await work();
        return;
      } catch (error) {
        if (signal.aborted) return;
        const retryInMs = backOff(failures, this.#pauses.random);
        log.warn({ what, err: error, failures, retryInMs }, 'A step for webhooks failed and will be retried');
        await this.#pauses.sleep(retryInMs, signal);
      }
    }
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

/** The id of the delivery of a change to a webhook: always the same. */
export function deliveryId(webhookId: string, change: Pick<ChangeView, 'id'>): string {
  return derivedId(change.id, 'delivery', webhookId);
}

function isKept(target: WebhookTarget): target is KeptTarget {
  return target.webhook.status !== 'removed';
}

function selectionFor({ account, webhook: { settings } }: KeptTarget): ChangeSelection {
  const types = settings.types?.filter(isChangeType);
  return { of: { account }, ...(types && { types: new Set<ChangeType>(types) }) };
}

function orderOf(event: Recorded<WebhookEvent>): WebhookOrder | undefined {
  if (event.type !== 'WebhookTestRequested' && event.type !== 'WebhookRetryRequested') return undefined;
  const { id, position, metadata } = event;
  const { webhookId, deliveryId } = event.data;
  const kind = event.type === 'WebhookTestRequested' ? 'test' : 'retry';
  return { id, kind, webhookId, deliveryId, position, at: metadata.at };
}

function save<D extends Document>(collection: CollectionDefinition<D>, document: D): Write {
  return { collection, id: document.id, document };
}

function removal({ id }: WebhookDelivery): Write {
  return { collection: webhookDeliveries, id, document: undefined };
}

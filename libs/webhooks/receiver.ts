import type { PlacedChange } from '#changes';
import type { Instant } from '#domain/kernel';
import type { KeptWebhook } from '#domain/webhook';
import type { Position } from '#event-store';
import { isSuccess, restart, type WebhookDelivery, type WebhookProgress } from './deliveries/index.ts';
import type { WebhookTarget } from './documents.ts';

export type KeptTarget = WebhookTarget & { readonly webhook: KeptWebhook };

/** A delivery that has not ended. */
export interface Item {
  delivery: WebhookDelivery;
  /** Its present state is stored, or is being stored. */
  stored: boolean;
  /** The change, where it was just read. */
  content?: PlacedChange;
  sending: boolean;
  /** An attempt was asked for, whatever the schedule and the webhook's state. */
  urgent: boolean;
}

/** How many deliveries of a webhook may be open. Reading goes on when some have ended. */
const MAX_OPEN = 500;
/** How many of them may be unrecorded: those are in memory with their content. */
const MAX_UNRECORDED = 50;
/** How many requests a receiver gets at once; only one while it fails or is slow. */
const AT_ONCE = 4;
const SLOW_MS = 3_000;

/**
 * The open deliveries of one webhook. Those of each subject wait in a lane, in the order of the log, and the first of
 * them is attempted. One that fails holds back those behind it, and no others.
 */
export class Receiver {
  target: KeptTarget;
  /** The changes up to here have been read. */
  readTo: Position;
  highest: Position;
  failingSince: Instant | undefined;
  /** No attempt is made until it is known whether the webhook is disabled. */
  suspended = false;
  sending = 0;
  readonly #items = new Map<string, Item>();
  readonly #lanes = new Map<string, Item[]>();
  #unrecorded = 0;
  #throttled = false;
  #closed = false;
  #replay: number;
  #run: number;
  #roomAvailable: (() => void) | undefined;

  /** @param progress as it was stored last, if it was */
  constructor(target: KeptTarget, progress: WebhookProgress | undefined) {
    const { webhook, registeredAt } = target;
    this.target = target;
    this.readTo = progress?.cursor ?? registeredAt;
    this.highest = progress?.highest ?? registeredAt;
    this.#replay = progress?.replay ?? 0;
    this.#run = progress?.run ?? webhook.run;
    this.failingSince = progress?.failingSince;
    this.update(target);
  }

  get isEnabled(): boolean {
    return this.target.webhook.status === 'enabled';
  }

  get open(): number {
    return this.#items.size;
  }

  get hasRoom(): boolean {
    return this.room > 0;
  }

  /** How many more deliveries may be added. */
  get room(): number {
    return Math.max(0, Math.min(MAX_OPEN - this.#items.size, MAX_UNRECORDED - this.#unrecorded));
  }

  /** The number of the present replay. */
  get replay(): number {
    return this.#replay;
  }

  /** Applies the webhook's new state. True when changes are to be read from another position from now on. */
  update(target: KeptTarget): boolean {
    this.target = target;
    const { replay, run } = target.webhook;
    this.suspended = false;
    if (run !== this.#run) {
      this.#run = run;
      this.failingSince = undefined;
      this.#throttled = false;
      for (const item of this.#items.values()) item.delivery = restart(item.delivery, run);
    }
    if (replay === undefined || replay.number === this.#replay) return false;
    this.#replay = replay.number;
    this.#readFrom(replay.after as Position);
    return true;
  }

  /** Drops what was read and not yet attempted: it is read again when the webhook is enabled. */
  pause(): void {
    this.#readFrom(this.#cursor);
  }

  /** Nothing is sent any more: the webhook was removed. */
  close(): void {
    this.#closed = true;
  }

  /** The open delivery with this id. */
  item(id: string): Item | undefined {
    return this.#items.get(id);
  }

  /**
   * Adds an open delivery to its lane.
   */
  add(delivery: WebhookDelivery, { stored, content }: Pick<Item, 'stored' | 'content'>): Item {
    const current = delivery.run === this.#run ? delivery : restart(delivery, this.#run);
    const item: Item = { delivery: current, stored, content, sending: false, urgent: false };
    this.#items.set(delivery.id, item);
    if (!stored) this.#unrecorded += 1;
    const name = laneOf(delivery);
    const lane = this.#lanes.get(name);
    if (lane === undefined) this.#lanes.set(name, [item]);
    else lane.splice(lane.findLastIndex((other) => isBefore(other, item)) + 1, 0, item);
    return item;
  }

  /** Whether a delivery of its subject before it is waiting for another attempt. */
  isHeldBack({ delivery }: Item): boolean {
    const first = this.#lanes.get(laneOf(delivery))?.[0];
    return first !== undefined && first.delivery.id !== delivery.id && first.delivery.failures > 0;
  }

  /** Those without a record that the delivery holds back. */
  behind({ delivery }: Item): readonly Item[] {
    return (this.#lanes.get(laneOf(delivery)) ?? []).filter(({ stored, sending }) => !stored && !sending);
  }

  /** The next delivery that may be attempted now, if there is any. */
  next(now: Instant): Item | undefined {
    if (this.#closed || this.suspended) return undefined;
    if (this.sending >= (this.#throttled ? 1 : AT_ONCE)) return undefined;
    for (const [first] of this.#lanes.values()) {
      if (first === undefined || first.sending) continue;
      const { once, nextAttemptAt } = first.delivery;
      const isAllowed = this.isEnabled || once || first.urgent;
      if (isAllowed && (first.urgent || nextAttemptAt === undefined || nextAttemptAt <= now)) return first;
    }
    return undefined;
  }

  begin(item: Item): void {
    item.sending = true;
    this.sending += 1;
  }

  /** An attempt ended without a known result. */
  abandon(item: Item): void {
    item.sending = false;
    this.sending -= 1;
  }

  /**
   * The outcome of an attempt, to be recorded from now on; the delivery stays in its lane until `settled`.
   * @param delivery as it is after the attempt
   */
  record(item: Item, delivery: WebhookDelivery): void {
    const last = delivery.attempts.at(-1);
    item.delivery = delivery;
    item.urgent = false;
    this.markStored(item);
    if (delivery.once || last === undefined || delivery.run !== this.#run) return;
    const failed = !isSuccess(last);
    this.#throttled = failed || last.durationMs > SLOW_MS;
    if (!failed) this.failingSince = undefined;
    else if (last.error !== 'not-available') this.failingSince ??= last.at;
  }

  /** The delivery is being stored, and will be before the cursor moves past it. */
  markStored(item: Item): void {
    if (item.stored) return;
    item.stored = true;
    item.content = undefined;
    this.#unrecorded -= 1;
    if (item.delivery.position > this.highest) this.highest = item.delivery.position;
    this.#makeRoom();
  }

  /** The attempt is over, and recorded. */
  settled(item: Item): void {
    this.abandon(item);
    if (item.delivery.status !== 'pending') this.#remove(item);
  }

  /** Resolves when there may be room again. */
  roomAvailable(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#roomAvailable = resolve;
    return promise;
  }

  /** To be stored now. */
  get progress(): WebhookProgress {
    const { target, highest, failingSince } = this;
    return {
      id: target.id,
      cursor: this.#cursor,
      highest,
      replay: this.#replay,
      run: this.#run,
      ...(failingSince !== undefined && { failingSince }),
    };
  }

  /** Everything up to here is stored or needs no delivery. */
  get #cursor(): Position {
    let cursor = this.readTo;
    if (this.#unrecorded === 0) return cursor;
    for (const { stored, delivery } of this.#items.values()) {
      if (!stored) cursor = Math.min(cursor, delivery.position - 1) as Position;
    }
    return cursor;
  }

  #readFrom(position: Position): void {
    for (const item of this.#items.values()) {
      if (!item.stored && !item.sending) this.#remove(item);
    }
    this.readTo = position;
  }

  #remove(item: Item): void {
    this.#items.delete(item.delivery.id);
    if (!item.stored) this.#unrecorded -= 1;
    const name = laneOf(item.delivery);
    const lane = this.#lanes.get(name);
    lane?.splice(lane.indexOf(item), 1);
    if (lane?.length === 0) this.#lanes.delete(name);
    this.#makeRoom();
  }

  #makeRoom(): void {
    this.#roomAvailable?.();
    this.#roomAvailable = undefined;
  }
}

/** What is sent once, on request, waits for no other delivery. */
function laneOf({ id, once, change }: WebhookDelivery): string {
  return once ? `once/${id}` : change.subject.id;
}

function isBefore(one: Item, other: Item): boolean {
  return one.delivery.position < other.delivery.position;
}

import type { Clock } from '#application/core';
import type { Log, Pauses } from '#subscriptions';
import type { Channel } from './channel.ts';
import type { Item } from './receiver.ts';

/** How often due deliveries are looked for. */
const TICK_MS = 500;

export interface RoundRobinOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly pauses: Pauses;
  /** The most requests that are sent at once. */
  readonly concurrency: number;
  /** Aborted when no more attempts are started. */
  readonly signal: AbortSignal;
  /** Makes an attempt. */
  readonly attempt: (channel: Channel, item: Item) => Promise<void>;
}

/** Starts attempts of the webhooks in turn, so that none delays another. */
export class RoundRobin {
  readonly #options: RoundRobinOptions;
  readonly #open = new Set<Channel>();
  /** Channels that may have something to send, in the order of their turns. */
  readonly #queue = new Set<Channel>();
  #sending = 0;

  constructor(options: RoundRobinOptions) {
    this.#options = options;
  }

  get channels(): Iterable<Channel> {
    return this.#open;
  }

  /** Requests that are being sent. */
  get sending(): number {
    return this.#sending;
  }

  add(channel: Channel): void {
    this.#open.add(channel);
  }

  remove(channel: Channel): void {
    this.#open.delete(channel);
    this.#queue.delete(channel);
  }

  /** The webhook may have something to send. */
  enqueue(channel: Channel): void {
    this.#queue.add(channel);
    this.#fill();
  }

  /** Starts what becomes due, until the signal is aborted. */
  async run(): Promise<void> {
    const { pauses, signal } = this.#options;
    while (!signal.aborted) {
      await pauses.sleep(TICK_MS, signal);
      for (const channel of this.#open) if (channel.receiver.open > 0) this.#queue.add(channel);
      this.#fill();
    }
  }

  /** Resolves when the attempts under way have ended. */
  async ended(): Promise<void> {
    await Promise.allSettled([...this.#open].flatMap(({ inFlight }) => [...inFlight]));
  }

  /** Starts attempts while there is capacity, one of each webhook in turn. */
  #fill(): void {
    const { concurrency, clock, signal } = this.#options;
    const now = clock.now();
    for (const channel of this.#queue) {
      if (this.#sending >= concurrency || signal.aborted) return;
      this.#queue.delete(channel);
      const item = channel.receiver.next(now);
      if (item === undefined) continue;
      this.#begin(channel, item);
      this.#queue.add(channel);
    }
  }

  #begin(channel: Channel, item: Item): void {
    channel.receiver.begin(item);
    this.#sending += 1;
    const attempt = this.#attempt(channel, item).finally(() => {
      channel.inFlight.delete(attempt);
      this.#sending -= 1;
      this.enqueue(channel);
    });
    channel.inFlight.add(attempt);
  }

  async #attempt(channel: Channel, item: Item): Promise<void> {
    const { log, pauses, signal, attempt } = this.#options;
    const { receiver } = channel;
    try {
      await attempt(channel, item);
      receiver.settled(item);
    } catch (error) {
      receiver.abandon(item);
      if (signal.aborted) return;
      log.warn({ webhook: receiver.target.id, err: error }, 'A delivery of a webhook could not be made');
      await pauses.sleep(TICK_MS, signal);
    }
  }
}

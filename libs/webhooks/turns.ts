import type { Clock } from '#application/core';
import type { Log, Pauses } from '#subscriptions';
import type { Line } from './line.ts';
import type { Item } from './receiver.ts';

/** How often it is looked which deliveries are due. */
const TICK_MS = 500;

export interface TurnsOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly pauses: Pauses;
  /** The most requests that are sent at once. */
  readonly concurrency: number;
  /** Aborted when nothing more is begun. */
  readonly signal: AbortSignal;
  /** Makes an attempt. */
  readonly attempt: (line: Line, item: Item) => Promise<void>;
}

/** Webhooks take turns, so that none delays another. */
export class Turns {
  readonly #options: TurnsOptions;
  readonly #open = new Set<Line>();
  /** Those that may have something to send, in the order of their turns. */
  readonly #wanting = new Set<Line>();
  #sending = 0;

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  get lines(): Iterable<Line> {
    return this.#open;
  }

  /** Requests that are being sent. */
  get sending(): number {
    return this.#sending;
  }

  add(line: Line): void {
    this.#open.add(line);
  }

  remove(line: Line): void {
    this.#open.delete(line);
    this.#wanting.delete(line);
  }

  /** Says that a webhook may have something to send. */
  want(line: Line): void {
    this.#wanting.add(line);
    this.#fill();
  }

  /** Looks again and again what has become due, until the signal is aborted. */
  async run(): Promise<void> {
    const { pauses, signal } = this.#options;
    while (!signal.aborted) {
      await pauses.sleep(TICK_MS, signal);
      for (const line of this.#open) if (line.receiver.open > 0) this.#wanting.add(line);
      this.#fill();
    }
  }

  /** Resolves when the attempts under way have ended. */
  async ended(): Promise<void> {
    await Promise.allSettled([...this.#open].flatMap(({ under }) => [...under]));
  }

  /** Sends what may be sent, a delivery of each webhook in turn. */
  #fill(): void {
    const { concurrency, clock, signal } = this.#options;
    const now = clock.now();
    for (const line of this.#wanting) {
      if (this.#sending >= concurrency || signal.aborted) return;
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
      this.want(line);
    });
    line.under.add(attempt);
  }

  async #attempt(line: Line, item: Item): Promise<void> {
    const { log, pauses, signal, attempt } = this.#options;
    const { receiver } = line;
    try {
      await attempt(line, item);
      receiver.settled(item);
    } catch (error) {
      receiver.abandon(item);
      if (signal.aborted) return;
      log.warn({ webhook: receiver.target.id, err: error }, 'A delivery of a webhook could not be made');
      await pauses.sleep(TICK_MS, signal);
    }
  }
}

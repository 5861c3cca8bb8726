import type { Clock } from '#application/core';
import type { Instant } from '#domain/kernel';
import { backOff, type Pauses } from '#subscriptions';
import type { ViewReader } from '#view-store';
import { processTimers, type TimerDocument } from './work.ts';

/** How long a moment that has come may go unnoticed. The clock is looked at, because a movable one does not run evenly. */
const LOOK_MS = 250;
const PAGE = 500;

interface TimersOptions {
  readonly store: ViewReader;
  readonly clock: Clock;
  readonly pauses: Pauses;
  /** Takes work whose moment has come; when it resolves, there is room for more. */
  readonly due: (works: readonly TimerDocument[]) => Promise<void>;
  readonly failed: (error: unknown) => void;
}

/** Releases stored work when it is due. Only the next moment is in memory, however much work waits. */
export class Timers {
  readonly #options: TimersOptions;
  /** The first moment that something waits for; `undefined` when nothing does, or the store has to be asked. */
  #next: Instant | undefined;
  #known = false;
  #ended: AbortController | undefined;
  /** Ends the wait for something to wait for. */
  #added: (() => void) | undefined;

  constructor(options: TimersOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#ended !== undefined) return;
    this.#ended = new AbortController();
    this.#known = false;
    void this.#run(this.#ended.signal);
  }

  stop(): void {
    this.#ended?.abort();
    this.#added?.();
    this.#ended = undefined;
  }

  /** Something was stored that waits for this moment. */
  added(at: Instant): void {
    if (this.#next === undefined || at < this.#next) this.#next = at;
    this.#added?.();
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, failed, pauses } = this.#options;
    let failures = 0;
    while (!signal.aborted) {
      const now = clock.now();
      try {
        if (!this.#known || (this.#next !== undefined && this.#next <= now)) await this.#handOut(now, signal);
        failures = 0;
      } catch (error) {
        this.#known = false;
        failures += 1;
        failed(error);
      }
      if (failures > 0) await pauses.sleep(backOff(failures, pauses.random), signal);
      else if (this.#next === undefined) await this.#somethingToWaitFor(signal);
      else await pauses.sleep(LOOK_MS, signal);
    }
  }

  async #somethingToWaitFor(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#added = resolve;
    await promise;
    this.#added = undefined;
  }

  async #handOut(now: Instant, signal: AbortSignal): Promise<void> {
    const { store, due } = this.#options;
    // What is added while the store is read counts as well.
    this.#next = undefined;
    this.#known = true;
    let after: string | undefined;
    do {
      const query = { index: 'by-moment', prefix: [], after, limit: PAGE };
      const page = await store.find(processTimers, query);
      const ready = page.items.filter(({ at }) => at <= now);
      if (ready.length > 0) await due(ready);
      const first = page.items.find(({ at }) => at > now);
      if (first !== undefined) {
        this.added(first.at);
        return;
      }
      after = page.next;
    } while (after !== undefined && !signal.aborted);
  }
}

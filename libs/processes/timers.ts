import type { Clock } from '#application/core';
import type { Instant } from '#domain/kernel';
import { backOff, type Pauses } from '#subscriptions';
import type { ViewReader } from '#view-store';
import { processTimers, type TimerDocument } from './work.ts';

/** How often the clock is checked. A timer would not do: a clock that can be moved does not run evenly. */
const POLL_MS = 250;
const PAGE = 500;

interface TimersOptions {
  readonly store: ViewReader;
  readonly clock: Clock;
  readonly pauses: Pauses;
  /** Takes due work; resolves when there is room for more. */
  readonly due: (works: readonly TimerDocument[]) => Promise<void>;
  readonly failed: (error: unknown) => void;
}

/** Releases stored work when it is due. Only the next moment is in memory, however much work is stored. */
export class Timers {
  readonly #options: TimersOptions;
  /** When the next work is due; `undefined` when none is stored, or the store has to be read. */
  #next: Instant | undefined;
  #isNextKnown = false;
  #ended: AbortController | undefined;
  /** Ends the wait while nothing is stored. */
  #wake: (() => void) | undefined;

  constructor(options: TimersOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#ended !== undefined) return;
    this.#ended = new AbortController();
    this.#isNextKnown = false;
    void this.#run(this.#ended.signal);
  }

  stop(): void {
    this.#ended?.abort();
    this.#wake?.();
    this.#ended = undefined;
  }

  /** Work was stored that is due at this moment. */
  schedule(at: Instant): void {
    if (this.#next === undefined || at < this.#next) this.#next = at;
    this.#wake?.();
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, failed, pauses } = this.#options;
    let failures = 0;
    while (!signal.aborted) {
      const now = clock.now();
      try {
        if (!this.#isNextKnown || (this.#next !== undefined && this.#next <= now))
          await this.#releaseDue(now, signal);
        failures = 0;
      } catch (error) {
        this.#isNextKnown = false;
        failures += 1;
        failed(error);
      }
      if (failures > 0) await pauses.sleep(backOff(failures, pauses.random), signal);
      else if (this.#next === undefined) await this.#waitForEntry(signal);
      else await pauses.sleep(POLL_MS, signal);
    }
  }

  async #waitForEntry(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    await promise;
    this.#wake = undefined;
  }

  async #releaseDue(now: Instant, signal: AbortSignal): Promise<void> {
    const { store, due } = this.#options;
    // Reset first, so that work scheduled while the store is read is not lost.
    this.#next = undefined;
    this.#isNextKnown = true;
    let after: string | undefined;
    do {
      const query = { index: 'by-moment', prefix: [], after, limit: PAGE };
      const page = await store.find(processTimers, query);
      const ready = page.items.filter(({ at }) => at <= now);
      if (ready.length > 0) await due(ready);
      const first = page.items.find(({ at }) => at > now);
      if (first !== undefined) {
        this.schedule(first.at);
        return;
      }
      after = page.next;
    } while (after !== undefined && !signal.aborted);
  }
}

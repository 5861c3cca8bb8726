import { setTimeout as delay } from 'node:timers/promises';
import { type Position, START } from '#event-store';
import { changesProjection } from '#projections/changes';
import type { ViewReader } from '#view-store';
import type { Followed, WaitOptions } from './port.ts';
import type { SettledRows } from './rows.ts';

/** For so long at most is the view waited for before it is looked at who waits. */
const WAIT_MS = 1_000;
const AFTER_FAILURE_MS = 250;

interface Waiter {
  readonly of: Followed;
  /** Nothing that concerns those followed is between where they have read to and here. */
  position: Position;
  readonly settle: () => void;
}

/**
 * The end of what can be read, watched once for all who wait there. When it moves on, it is looked at whom the new
 * changes concern: only who follows one of those is woken, everyone else moves on with it.
 */
export class ChangeTail {
  readonly #views: Pick<ViewReader, 'waitFor'>;
  readonly #rows: SettledRows;
  readonly #waiters = new Set<Waiter>();
  /** The position beyond which the view is waited for. */
  #awaited: Position = START;
  #looking: Promise<void> | undefined;
  #watching = false;

  constructor(views: Pick<ViewReader, 'waitFor'>, rows: SettledRows) {
    this.#views = views;
    this.#rows = rows;
  }

  /** As `Changes.wait`. */
  wait(after: Position, of: Followed, { timeoutMs, signal }: WaitOptions): Promise<Position> {
    if (signal?.aborted) return Promise.resolve(after);
    return new Promise((resolve) => {
      const settle = () => {
        this.#waiters.delete(waiter);
        clearTimeout(timer);
        signal?.removeEventListener('abort', settle);
        resolve(waiter.position);
      };
      const waiter: Waiter = { of, position: after, settle };
      const timer = setTimeout(settle, timeoutMs);
      signal?.addEventListener('abort', settle);
      this.#waiters.add(waiter);
      // What the others have read, or were moved past, may concern it.
      if (after < this.#awaited) this.#look().catch(() => undefined);
      void this.#watch();
    });
  }

  async #watch(): Promise<void> {
    if (this.#watching) return;
    this.#watching = true;
    while (this.#waiters.size > 0) {
      try {
        this.#awaited = this.#lowest();
        const beyond = (this.#awaited + 1) as Position;
        if (await this.#views.waitFor(changesProjection.name, beyond, WAIT_MS)) await this.#look();
      } catch {
        // Whoever waits reads in the end, and is told of a failure that lasts.
        await delay(AFTER_FAILURE_MS);
      }
    }
    this.#awaited = START;
    this.#watching = false;
  }

  /** Looks once for all who ask at the same time, and again for those who come meanwhile. */
  async #look(): Promise<void> {
    while (this.#looking) await this.#looking;
    this.#looking = this.#lookOnce().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #lookOnce(): Promise<void> {
    if (this.#waiters.size === 0) return;
    const from = this.#lowest();
    const { last, upTo } = await this.#rows.concerned(from);
    const lastOfAll = Math.max(START, ...last.values());
    for (const waiter of [...this.#waiters]) {
      // Who came meanwhile with a lower position is looked after next.
      if (waiter.position < from) continue;
      const { of } = waiter;
      const latest = typeof of === 'object' ? (last.get(of.account) ?? START) : lastOfAll;
      if (latest > waiter.position) waiter.settle();
      else if (upTo > waiter.position) waiter.position = upTo;
    }
  }

  #lowest(): Position {
    let lowest = Number.POSITIVE_INFINITY;
    for (const { position } of this.#waiters) lowest = Math.min(lowest, position);
    return lowest as Position;
  }
}

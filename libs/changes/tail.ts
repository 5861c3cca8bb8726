import { setTimeout as delay } from 'node:timers/promises';
import { type Position, START } from '#event-store';
import { changesProjection } from '#projections/changes';
import type { ViewReader } from '#view-store';
import type { ChangeScope, WaitOptions } from './port.ts';
import type { SettledRows } from './rows.ts';

/** How long one wait for the view lasts before the waiters are checked again. */
const WAIT_MS = 1_000;
const AFTER_FAILURE_MS = 250;

interface Waiter {
  readonly of: ChangeScope;
  /** Nothing in the scope is between the position that was read and this one. */
  position: Position;
  readonly settle: () => void;
}

/**
 * Watches the end of the view once for all waiters. When it advances, only the waiters whose scope has new
 * changes resolve; the positions of all others advance with it.
 */
export class ChangeTail {
  readonly #views: Pick<ViewReader, 'waitFor'>;
  readonly #rows: SettledRows;
  readonly #waiters = new Set<Waiter>();
  /** The position that the view is expected to pass. */
  #awaited: Position = START;
  #notifying: Promise<void> | undefined;
  #watching = false;

  constructor(views: Pick<ViewReader, 'waitFor'>, rows: SettledRows) {
    this.#views = views;
    this.#rows = rows;
  }

  /** As `Changes.wait`. */
  wait(after: Position, of: ChangeScope, { timeoutMs, signal }: WaitOptions): Promise<Position> {
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
      // Changes that the other waiters have passed may be in its scope.
      if (after < this.#awaited) this.#notify().catch(() => undefined);
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
        if (await this.#views.waitFor(changesProjection.name, beyond, WAIT_MS)) await this.#notify();
      } catch {
        // The waiters read after their time-out, and get a lasting failure then.
        await delay(AFTER_FAILURE_MS);
      }
    }
    this.#awaited = START;
    this.#watching = false;
  }

  /** Checks once for all callers at the same time, and again for those that come meanwhile. */
  async #notify(): Promise<void> {
    while (this.#notifying) await this.#notifying;
    this.#notifying = this.#notifyOnce().finally(() => {
      this.#notifying = undefined;
    });
    return this.#notifying;
  }

  async #notifyOnce(): Promise<void> {
    if (this.#waiters.size === 0) return;
    const from = this.#lowest();
    const { last, upTo } = await this.#rows.concerned(from);
    const lastOfAll = Math.max(START, ...last.values());
    for (const waiter of [...this.#waiters]) {
      // Waiters that came meanwhile with a lower position are checked next.
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

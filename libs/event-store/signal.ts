import { type Position, START } from './port.ts';

export interface WaitOptions {
  /** Ends the wait early. */
  readonly signal?: AbortSignal;
  /** Waits this long at most; for ever by default. */
  readonly timeoutMs?: number;
}

interface Waiter {
  readonly position: Position;
  readonly settle: (passed: boolean) => void;
}

/**
 * A position that threads advance and wait for, without polling. Pass `buffer` to another thread and create a
 * `PositionSignal` from it there. It starts at `START`.
 */
export class PositionSignal {
  /** Holds the position plus one, so that a fresh buffer of zeros means `START`. */
  readonly #cell: BigInt64Array;
  readonly #waiters = new Set<Waiter>();
  #watching = false;

  constructor(readonly buffer: SharedArrayBuffer = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT)) {
    this.#cell = new BigInt64Array(buffer);
  }

  get current(): Position {
    return (Number(Atomics.load(this.#cell, 0)) - 1) as Position;
  }

  /** Advances to `position` and wakes those that wait for it; does nothing where it is there already. */
  advance(position: Position): void {
    const next = BigInt(position - START);
    for (let seen = Atomics.load(this.#cell, 0); seen < next; ) {
      const found = Atomics.compareExchange(this.#cell, 0, seen, next);
      if (found === seen) {
        Atomics.notify(this.#cell, 0);
        return;
      }
      // Another thread has advanced it meanwhile.
      seen = found;
    }
  }

  /** Goes back to `START`: the former position is no longer valid. */
  rewind(): void {
    Atomics.store(this.#cell, 0, 0n);
    Atomics.notify(this.#cell, 0);
  }

  /**
   * Resolves to true as soon as the position is greater than `position`, to false when aborted or timed out. A wait
   * without `timeoutMs` does not keep the process alive.
   */
  waitBeyond(position: Position, { signal, timeoutMs }: WaitOptions = {}): Promise<boolean> {
    if (this.current > position) return Promise.resolve(true);
    if (signal?.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const giveUp = () => waiter.settle(false);
      const timer = timeoutMs === undefined ? undefined : setTimeout(giveUp, timeoutMs);
      const waiter: Waiter = {
        position,
        settle: (passed) => {
          this.#waiters.delete(waiter);
          clearTimeout(timer);
          signal?.removeEventListener('abort', giveUp);
          resolve(passed);
        },
      };
      signal?.addEventListener('abort', giveUp);
      this.#waiters.add(waiter);
      void this.#watch();
    });
  }

  /** All waiters of this thread share one wait on the cell, so that an abandoned waiter leaks nothing. */
  async #watch(): Promise<void> {
    if (this.#watching) return;
    this.#watching = true;
    while (this.#waiters.size > 0) {
      const seen = Atomics.load(this.#cell, 0);
      for (const waiter of [...this.#waiters]) if (this.current > waiter.position) waiter.settle(true);
      if (this.#waiters.size > 0) await Atomics.waitAsync(this.#cell, 0, seen).value;
    }
    this.#watching = false;
  }
}

import type { Pauses } from '../back-off.ts';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Simulated time, advanced by specs. */
export class FakeTime {
  #now = 0;
  readonly #sleepers = new Set<Sleeper>();

  /** Milliseconds since the start. */
  get now(): number {
    return this.#now;
  }

  /** Pauses that end as the time advances. */
  pauses(random: () => number = () => 0): Pauses {
    return {
      random,
      sleep: (ms, signal) => {
        if (signal.aborted) return Promise.resolve();
        const { promise, resolve } = Promise.withResolvers<void>();
        const sleeper = { at: this.#now + ms, wake: resolve };
        this.#sleepers.add(sleeper);
        signal.addEventListener('abort', () => resolve(), { once: true });
        return promise.finally(() => this.#sleepers.delete(sleeper));
      },
    };
  }

  /** Advances the time, and runs everything due in it. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settled();
    for (;;) {
      const [next] = [...this.#sleepers].toSorted((a, b) => a.at - b.at);
      if (next === undefined || next.at > end) break;
      this.#now = Math.max(this.#now, next.at);
      next.wake();
      await settled();
    }
    this.#now = end;
  }
}

/** Waits until all work that needs no time is done. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
}

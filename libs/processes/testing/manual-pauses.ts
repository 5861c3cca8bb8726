import type { Pauses } from '#subscriptions';

interface Sleeper {
  readonly ms: number;
  readonly wake: () => void;
}

/** Pauses that end when a spec ends them. */
export class ManualPauses implements Pauses {
  private readonly sleepers = new Set<Sleeper>();

  random(): number {
    return 0;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    const sleeper = { ms, wake: resolve };
    this.sleepers.add(sleeper);
    signal.addEventListener('abort', () => resolve(), { once: true });
    return promise.finally(() => this.sleepers.delete(sleeper));
  }

  /** The lengths of all pauses in progress. */
  get lengths(): number[] {
    return [...this.sleepers].map(({ ms }) => ms).sort((a, b) => a - b);
  }

  /** Ends every pause of exactly that length. */
  end(ms: number): void {
    for (const sleeper of this.sleepers) if (sleeper.ms === ms) sleeper.wake();
  }
}

import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Each measurement wakes the thread; at this interval that costs an idle one next to nothing. */
const RESOLUTION_MS = 100;
const QUANTILES = { '0.5': 50, '0.99': 99, '1': 100 };

/** The delay of an event loop in seconds: median, 99th percentile, maximum. */
export type Lateness = Readonly<Record<keyof typeof QUANTILES, number>>;

/** Watches the event loop of this thread. */
export class EventLoopWatch {
  readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

  constructor() {
    this.#delay.enable();
  }

  /** Since the previous read. */
  read(): Lateness {
    const late = Object.entries(QUANTILES).map(([quantile, percent]) => {
      // It measures how long each wait of its resolution took in all.
      const seconds = this.#delay.percentile(percent) / 1e9 - RESOLUTION_MS / 1_000;
      return [quantile, Math.max(0, seconds)];
    });
    this.#delay.reset();
    return Object.fromEntries(late);
  }
}

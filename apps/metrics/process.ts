import type { Lateness } from './event-loop.ts';
import type { MetricRegistry } from './registry.ts';

/** The threads that have an event loop of ours. */
export type ThreadName = 'service' | 'worker';

/** Metrics of a process and its threads. */
export class ProcessMetrics {
  readonly #delay;
  readonly #cpu;
  readonly #memory;
  readonly #uptime;

  constructor(registry: MetricRegistry) {
    this.#delay = registry.gauge(
      'tessera_event_loop_delay_seconds',
      'How late the event loop of a thread was since the metrics were last asked for.',
      ['thread', 'quantile'],
    );
    this.#cpu = registry.counter('process_cpu_seconds_total', 'Time spent on any of the cores.');
    this.#memory = registry.gauge('process_resident_memory_bytes', 'Resident memory.');
    this.#uptime = registry.gauge('process_uptime_seconds', 'Time since the start.');
  }

  /** Those of now. */
  show(threads: Readonly<Partial<Record<ThreadName, Lateness>>>): void {
    this.#delay.reset();
    for (const [thread, late] of Object.entries(threads)) {
      for (const [quantile, seconds] of Object.entries(late)) this.#delay.set({ thread, quantile }, seconds);
    }
    const { user, system } = process.cpuUsage();
    this.#cpu.reset();
    this.#cpu.inc((user + system) / 1e6);
    this.#memory.set(process.memoryUsage.rss());
    this.#uptime.set(Math.round(process.uptime()));
  }
}

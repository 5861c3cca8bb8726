import type { CommandObserver } from '#application';
import type { MetricsAccess } from '../metrics/access.ts';
import { commandMetrics } from '../metrics/commands.ts';
import { FollowerMetrics } from '../metrics/followers.ts';
import { ProcessMetrics } from '../metrics/process.ts';
import { MetricRegistry } from '../metrics/registry.ts';
import { WorkerMetrics } from '../metrics/worker.ts';
import type { WorkerMonitoring } from './health.ts';
import type { Worker } from './worker.ts';

/** The metrics of a worker that has a process of its own, for Prometheus. */
export class Monitoring {
  readonly #registry = new MetricRegistry();
  readonly #followers = new FollowerMetrics(this.#registry);
  readonly #worker = new WorkerMetrics(this.#registry);
  readonly #process = new ProcessMetrics(this.#registry);
  /** A command of its processes came to its end. */
  readonly command: CommandObserver = commandMetrics(this.#registry);

  constructor(private readonly access: MetricsAccess) {}

  of(worker: Pick<Worker, 'readings'>): WorkerMonitoring {
    return { access: this.access, text: () => this.#text(worker) };
  }

  async #text(worker: Pick<Worker, 'readings'>): Promise<string> {
    const readings = await worker.readings();
    const { status, eventLoop } = readings;
    const { owned, projections, processes, webhooks, seal } = status;
    const own = [...projections, processes.follower, webhooks.follower, seal.follower].filter(({ name }) =>
      owned.includes(name),
    );
    // Others report what they run.
    this.#followers.show({
      head: Math.max(-1, ...own.map(({ head }) => head)),
      followers: own.map(({ name, position, parkedStreams }) => ({ name, position, parked: parkedStreams })),
    });
    this.#worker.show(readings);
    this.#process.show({ worker: eventLoop });
    return this.#registry.text();
  }
}

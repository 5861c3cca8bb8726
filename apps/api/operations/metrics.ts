import type { CommandObserver } from '#application';
import { commandMetrics } from '../../metrics/commands.ts';
import { EventLoopWatch } from '../../metrics/event-loop.ts';
import { type Followed, FollowerMetrics } from '../../metrics/followers.ts';
import { ProcessMetrics } from '../../metrics/process.ts';
import { MetricRegistry } from '../../metrics/registry.ts';
import { WorkerMetrics } from '../../metrics/worker.ts';
import type { WorkerReadings } from '../../worker/index.ts';

/** Sources that are read when the metrics are requested. */
export interface Readings extends Followed {
  /** Of the worker within the service, if there is one that answers. */
  readonly worker?: WorkerReadings;
}

const GROUP_SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024];

/** The metrics of one service, for Prometheus. */
export class Metrics {
  readonly #registry = new MetricRegistry();
  readonly #eventLoop = new EventLoopWatch();
  readonly #requests = this.#registry.counter(
    'tessera_http_requests_total',
    'Requests answered, by method and status.',
    ['method', 'status'],
  );
  readonly #groups = this.#registry.histogram(
    'tessera_append_group_size',
    'How many appends to the embedded log shared one commit.',
    GROUP_SIZES,
  );
  readonly #followers = new FollowerMetrics(this.#registry);
  readonly #worker = new WorkerMetrics(this.#registry);
  readonly #process = new ProcessMetrics(this.#registry);

  /** A command came to its end. */
  readonly command: CommandObserver = commandMetrics(this.#registry);

  /** A request was answered. */
  request(method: string, status: number): void {
    this.#requests.inc({ method, status: String(status) });
  }

  /** So many appends shared one commit. */
  readonly appended = (appends: number): void => {
    this.#groups.observe(appends);
  };

  /** All metrics as of now, in the text format of Prometheus. */
  text({ worker, ...followed }: Readings): Promise<string> {
    this.#followers.show(followed);
    this.#worker.show(worker ?? {});
    const service = this.#eventLoop.read();
    this.#process.show({ service, ...(worker && { worker: worker.eventLoop }) });
    return this.#registry.text();
  }
}

import type { CommandObserver } from '#application';
import { commandFigures } from '../../figures/commands.ts';
import { EventLoopWatch } from '../../figures/event-loop.ts';
import { Figures } from '../../figures/figures.ts';
import { type Followed, FollowerFigures } from '../../figures/followers.ts';
import { ProcessFigures } from '../../figures/process.ts';
import { WorkerFigures } from '../../figures/worker.ts';
import type { WorkerReadings } from '../../worker/index.ts';

/** What is read where and when the figures are asked for. */
export interface Readings extends Followed {
  /** Of the worker within the service, if there is one that answers. */
  readonly worker?: WorkerReadings;
}

const GROUP_SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024];

/** The figures of one service, for Prometheus. */
export class Metrics {
  readonly #figures = new Figures();
  readonly #eventLoop = new EventLoopWatch();
  readonly #requests = this.#figures.counter(
    'tessera_http_requests_total',
    'Requests answered, by method and status.',
    ['method', 'status'],
  );
  readonly #groups = this.#figures.histogram(
    'tessera_append_group_size',
    'How many appends to the embedded log shared one commit.',
    GROUP_SIZES,
  );
  readonly #followers = new FollowerFigures(this.#figures);
  readonly #worker = new WorkerFigures(this.#figures);
  readonly #process = new ProcessFigures(this.#figures);

  /** A command came to its end. */
  readonly command: CommandObserver = commandFigures(this.#figures);

  /** A request was answered. */
  request(method: string, status: number): void {
    this.#requests.inc({ method, status: String(status) });
  }

  /** So many appends shared one commit. */
  readonly appended = (appends: number): void => {
    this.#groups.observe(appends);
  };

  /** All figures as of now, in the text format of Prometheus. */
  text({ worker, ...followed }: Readings): Promise<string> {
    this.#followers.show(followed);
    this.#worker.show(worker ?? {});
    const service = this.#eventLoop.read();
    this.#process.show({ service, ...(worker && { worker: worker.eventLoop }) });
    return this.#figures.text();
  }
}

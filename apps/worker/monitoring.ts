import type { CommandObserver } from '#application';
import { commandFigures } from '../figures/commands.ts';
import type { FiguresDoor } from '../figures/door.ts';
import { Figures } from '../figures/figures.ts';
import { FollowerFigures } from '../figures/followers.ts';
import { ProcessFigures } from '../figures/process.ts';
import { WorkerFigures } from '../figures/worker.ts';
import type { WorkerMonitoring } from './health.ts';
import type { Worker } from './worker.ts';

/** The figures of a worker that has a process of its own, for Prometheus. */
export class Monitoring {
  readonly #figures = new Figures();
  readonly #followers = new FollowerFigures(this.#figures);
  readonly #worker = new WorkerFigures(this.#figures);
  readonly #process = new ProcessFigures(this.#figures);
  /** A command of its processes came to its end. */
  readonly command: CommandObserver = commandFigures(this.#figures);

  constructor(private readonly door: FiguresDoor) {}

  of(worker: Pick<Worker, 'readings'>): WorkerMonitoring {
    return { door: this.door, text: () => this.#text(worker) };
  }

  async #text(worker: Pick<Worker, 'readings'>): Promise<string> {
    const readings = await worker.readings();
    const { status, eventLoop } = readings;
    const { owned, projections, processes, webhooks, seal } = status;
    const own = [...projections, processes.follower, webhooks.follower, seal.follower].filter(({ name }) =>
      owned.includes(name),
    );
    // Of what others run they tell.
    this.#followers.show({
      head: Math.max(-1, ...own.map(({ head }) => head)),
      followers: own.map(({ name, position, parkedStreams }) => ({ name, position, parked: parkedStreams })),
    });
    this.#worker.show(readings);
    this.#process.show({ worker: eventLoop });
    return this.#figures.text();
  }
}

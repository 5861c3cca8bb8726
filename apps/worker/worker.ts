import { Aggregates, type Clock, type CommandPort } from '#application';
import { checkRegistry, deserialise } from '#contracts';
import type { EventReader } from '#event-store';
import { createProcesses, PROCESSES, type ProcessesStatus, ProcessRunner } from '#processes';
import { projections } from '#projections';
import { type FollowerStatus, type Log, type ParkedStream, ProjectionEngine } from '#subscriptions';
import type { ViewStore } from '#view-store';

/** What a worker stands on; chosen by the composition root. */
export interface WorkerPorts {
  readonly reader: EventReader;
  readonly views: ViewStore;
  readonly commands: CommandPort;
  readonly clock: Clock;
  readonly log: Log;
}

export interface WorkerStatus {
  /** Every follower is at the log's end, or close to it. */
  readonly ready: boolean;
  readonly projections: readonly FollowerStatus[];
  readonly processes: ProcessesStatus;
}

/** Events a follower may be behind under load and still be called ready. */
const READY_LAG = 5_000;

/** Events that the replayed states kept for processes may stand for: few streams are in use at once. */
const KEPT_EVENTS = 50_000;

/** The names of all followers: readers wait for a view, or for the processes, by these. */
export const followers: readonly string[] = [...projections.map(({ name }) => name), PROCESSES];

/** Every projection and every process, run by one owner. */
export class Worker {
  readonly #engine: ProjectionEngine;
  readonly #runner: ProcessRunner;

  /** @throws BrokenUpcasterChain this release cannot read every event it once wrote */
  constructor(ports: WorkerPorts) {
    checkRegistry();
    this.#engine = new ProjectionEngine({ ...ports, projections, deserialise });
    this.#runner = new ProcessRunner({
      ...ports,
      processes: createProcesses(),
      aggregates: new Aggregates(ports.reader, KEPT_EVENTS),
    });
  }

  async start(): Promise<void> {
    this.#engine.start();
    await this.#runner.start();
  }

  /** Resolves when what is under way has been committed or given up; the ports stay open. */
  async stop(): Promise<void> {
    await Promise.all([this.#runner.stop(), this.#engine.stop()]);
  }

  async status(): Promise<WorkerStatus> {
    const [status, processes] = await Promise.all([this.#engine.status(), this.#runner.status()]);
    const ready = [...status, processes.follower].every(keepsUp);
    return { ready, projections: status, processes };
  }

  /** Drives work of a process that waits or is stuck at once; false when none with this key is open. */
  redrive(process: string, key: string): boolean {
    return this.#runner.redrive(process, key);
  }

  /** Builds a projection's documents anew. */
  rebuild(projection: string): Promise<void> {
    return this.#engine.rebuild(projection);
  }

  /** What a follower could not handle. */
  parked(follower: string): Promise<readonly ParkedStream[]> {
    return follower === PROCESSES ? this.#runner.parked() : this.#engine.parked(follower);
  }

  /** Tries a stream again that a follower has parked; true when none of it is parked any longer. */
  retryParked(follower: string, stream: string): Promise<boolean> {
    return follower === PROCESSES
      ? this.#runner.retryParked(stream)
      : this.#engine.retryParked(follower, stream);
  }
}

/** Whether what it follows shows as good as live. */
function keepsUp({ state, lag }: FollowerStatus): boolean {
  return state === 'live' || (state === 'catching-up' && lag <= READY_LAG);
}

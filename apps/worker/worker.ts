import { Aggregates, type Clock, type CommandPort } from '#application/core';
import { checkRegistry, deserialise } from '#contracts';
import type { EventReader } from '#event-store';
import {
  createProcesses,
  PROCESSES,
  type ProcessesStatus,
  ProcessRunner,
  type ProcessRunnerOptions,
  processesStandby,
} from '#processes';
import { projections } from '#projections';
import {
  type FollowerStatus,
  followerOf,
  type Leased,
  LeaseHolder,
  type LeaseTimings,
  type Log,
  listParked,
  NotOwnerHere,
  type ParkedStream,
  ProjectionEngine,
  ProjectionViews,
  SharedReader,
} from '#subscriptions';
import type { ViewStore } from '#view-store';

/** The ports of a worker; chosen by the composition root. */
export interface WorkerPorts {
  readonly reader: EventReader;
  readonly views: ViewStore;
  readonly commands: CommandPort;
  readonly clock: Clock;
  readonly log: Log;
  /** With other workers: each follower is run by one of them at a time. Without, this is the only worker. */
  readonly lease?: WorkerLease;
}

export interface WorkerLease extends Partial<LeaseTimings> {
  /** Unique to this run of this process. */
  readonly owner: string;
}

export interface WorkerStatus {
  /** Every follower that it owns is at the log's end, or close to it, and it could take over others. */
  readonly ready: boolean;
  /** The names of the followers it runs; others are on standby here. */
  readonly owned: readonly string[];
  readonly projections: readonly FollowerStatus[];
  readonly processes: ProcessesStatus;
}

/** The lag in events at which a follower still counts as ready. */
const READY_LAG = 5_000;

/** The size of the cache of folded streams for processes, in events: few streams are in use at once. */
const KEPT_EVENTS = 50_000;

/** The followers that readers wait for: each view, in the version they read, and the processes. */
export const followers: readonly string[] = [...projections.map(({ name }) => name), PROCESSES];

/** The followers as they run here: each projection's is of this release's version. */
export const ownFollowers: readonly string[] = [...projections.map(followerOf), PROCESSES];

/** Every projection and every process, run by their only owner, or those whose lease this worker has. */
export class Worker {
  readonly #ports: Omit<WorkerPorts, 'lease'>;
  readonly #engine: ProjectionEngine;
  readonly #aggregates: Aggregates;
  readonly #holder: LeaseHolder | undefined;
  /** While this worker owns the processes. */
  #runner: ProcessRunner | undefined;

  /** @throws BrokenUpcasterChain this release cannot read every event it once wrote */
  constructor({ lease, ...ports }: WorkerPorts) {
    checkRegistry();
    // The processes follow the log beside the projections.
    const reader = new SharedReader(ports.reader);
    this.#ports = { ...ports, reader };
    this.#engine = new ProjectionEngine({ ...ports, reader, projections, deserialise });
    this.#aggregates = new Aggregates(reader, KEPT_EVENTS);
    if (lease === undefined) return;
    const { owner, ...timings } = lease;
    const leased = [...this.#engine.leased, this.#leasedProcesses];
    this.#holder = new LeaseHolder({ leases: ports.views.leases, owner, leased, log: ports.log, timings });
  }

  async start(): Promise<void> {
    if (this.#holder) {
      this.#holder.start();
    } else {
      this.#engine.start();
      this.#runner = this.#newRunner();
      await this.#runner.start();
    }
  }

  /** Resolves when the current work has been committed or abandoned; the ports stay open. */
  async stop(): Promise<void> {
    if (this.#holder) await this.#holder.stop();
    else await Promise.all([this.#runner?.stop(), this.#engine.stop()]);
  }

  async status(): Promise<WorkerStatus> {
    const [status, processes] = await Promise.all([
      this.#engine.status(),
      this.#runner?.status() ?? processesStandby,
    ]);
    const owned = this.#holder?.owned ?? ownFollowers;
    const ready = (this.#holder?.inTouch ?? true) && [...status, processes.follower].every(keepsUp);
    return { ready, owned, projections: status, processes };
  }

  /**
   * Retries waiting or stuck work of a process at once; false when no work with this key is open.
   * @throws NotOwnerHere another worker runs the processes
   */
  redrive(process: string, key: string): boolean {
    return this.#running().redrive(process, key);
  }

  /**
   * Rebuilds a projection's documents.
   * @throws NotOwnerHere another worker runs it
   */
  rebuild(projection: string): Promise<void> {
    return this.#engine.rebuild(projection);
  }

  /** What a follower could not handle. */
  parked(follower: string): Promise<readonly ParkedStream[]> {
    return follower === PROCESSES ? listParked(this.#ports.views, PROCESSES) : this.#engine.parked(follower);
  }

  /**
   * Retries a parked stream of a follower; true when none of it is parked any longer.
   * @throws NotOwnerHere another worker runs the follower
   */
  async retryParked(follower: string, stream: string): Promise<boolean> {
    return follower === PROCESSES
      ? this.#running().retryParked(stream)
      : this.#engine.retryParked(follower, stream);
  }

  get #leasedProcesses(): Leased {
    return {
      name: PROCESSES,
      take: (term, giveUp) => {
        const runner = this.#newRunner({ term, lost: giveUp });
        this.#runner = runner;
        runner.start().catch((error) => {
          this.#ports.log.warn({ follower: PROCESSES, err: error }, 'The processes failed to start');
          giveUp();
        });
        return {
          stop: async () => {
            await runner.stop();
            this.#runner = undefined;
          },
        };
      },
    };
  }

  #newRunner(owner?: Pick<ProcessRunnerOptions, 'term' | 'lost'>): ProcessRunner {
    const { views: store, ...ports } = this.#ports;
    return new ProcessRunner({
      ...ports,
      ...owner,
      store,
      views: new ProjectionViews(store, projections),
      processes: createProcesses(),
      aggregates: this.#aggregates,
    });
  }

  #running(): ProcessRunner {
    if (this.#runner) return this.#runner;
    throw new NotOwnerHere(PROCESSES);
  }
}

/** Whether the follower is live or nearly so, or belongs to another worker. */
function keepsUp({ state, lag }: FollowerStatus): boolean {
  return state === 'live' || state === 'standby' || (state === 'catching-up' && lag <= READY_LAG);
}

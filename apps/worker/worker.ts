import { Aggregates, type Clock, type CommandPort, WebhookSecrets } from '#application/core';
import { ChangeFeed } from '#changes';
import { checkRegistry, deserialise } from '#contracts';
import { type EventReader, EventStoreUnavailable } from '#event-store';
import { type PersonalKeys, revealing } from '#personal-data';
import {
  createProcesses,
  PROCESSES,
  type ProcessesStatus,
  ProcessRunner,
  type ProcessRunnerOptions,
  processesStandby,
} from '#processes';
import { projections } from '#projections';
import { type CheckpointCopy, SEAL, Sealer, type SealingKeys, type SealStatus, sealStandby } from '#seal';
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
  type Skipped,
  type Swapped,
  takeOver,
} from '#subscriptions';
import { type ViewStore, ViewStoreUnavailable } from '#view-store';
import {
  HttpSender,
  WEBHOOKS,
  WebhookDispatcher,
  type WebhookDispatcherOptions,
  type WebhooksStatus,
  webhooksStandby,
} from '#webhooks';
import { type CountedKind, countFlows } from '../flows/index.ts';
import { EventLoopWatch, type Lateness } from '../metrics/event-loop.ts';
import type { WebhookConfig } from '../webhooks.ts';

/** The ports of a worker; chosen by the composition root. */
export interface WorkerPorts {
  readonly reader: EventReader;
  readonly views: ViewStore;
  /** With which both keep what is personal; without, nothing is. */
  readonly keys?: PersonalKeys;
  readonly commands: CommandPort;
  readonly clock: Clock;
  readonly log: Log;
  /** Without, nothing is sealed here. */
  readonly sealing?: Sealing;
  /** Without, nothing is delivered to webhooks here. */
  readonly webhooks?: WebhookConfig;
  /** With other workers: each follower is run by one of them at a time. Without, this is the only worker. */
  readonly lease?: WorkerLease;
}

/** How the log is sealed. */
export interface Sealing {
  readonly keys: SealingKeys;
  readonly intervalMs: number;
  readonly copy?: CheckpointCopy;
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
  readonly seal: SealStatus;
  readonly webhooks: WebhooksStatus;
}

/** The figures of a worker for its metrics. */
export interface WorkerReadings {
  readonly status: WorkerStatus;
  /** Of its thread. */
  readonly eventLoop: Lateness;
  /** The number of stalled flows, where it runs the processes and the views are available. */
  readonly flows?: Readonly<Record<CountedKind, number>>;
}

/** The lag in events at which a follower still counts as ready. */
const READY_LAG = 5_000;

/** The size of the cache of folded streams for processes, in events: few streams are in use at once. */
const KEPT_EVENTS = 50_000;

/** The followers that are no projections. */
const OWN: readonly string[] = [PROCESSES, SEAL, WEBHOOKS];

/** The followers that readers wait for: each view, in the version they read, the processes, the sealer, the deliveries. */
export const followers: readonly string[] = [...projections.map(({ name }) => name), ...OWN];

/** The followers as they run here: each projection's is of this release's version. */
export const ownFollowers: readonly string[] = [...projections.map(followerOf), ...OWN];

/**
 * Every projection, every process, the sealer and the deliveries, run by their only owner, or those whose lease this
 * worker has.
 */
export class Worker {
  readonly #ports: Omit<WorkerPorts, 'lease'>;
  readonly #engine: ProjectionEngine;
  readonly #aggregates: Aggregates;
  readonly #sender: HttpSender | undefined;
  readonly #holder: LeaseHolder | undefined;
  readonly #eventLoop = new EventLoopWatch();
  /** While this worker owns the processes. */
  #runner: ProcessRunner | undefined;
  /** While this worker seals the log. */
  #sealer: Sealer | undefined;
  /** Until they have loaded their open work. */
  #starting: Promise<void> | undefined;
  /** While this worker owns the deliveries of webhooks. */
  #dispatcher: WebhookDispatcher | undefined;

  /** @throws BrokenUpcasterChain this release cannot read every event it once wrote */
  constructor({ lease, ...ports }: WorkerPorts) {
    checkRegistry();
    // The processes and the sealer follow the log beside the projections.
    const reader = SharedReader.over(ports.reader);
    this.#ports = { ...ports, reader };
    this.#engine = new ProjectionEngine({ ...ports, reader, projections, deserialise });
    this.#aggregates = new Aggregates(reader, { capacity: KEPT_EVENTS });
    this.#sender = ports.webhooks && new HttpSender({ allowPrivate: ports.webhooks.allowPrivate });
    if (lease === undefined) return;
    const { owner, ...timings } = lease;
    const leased = this.#leased;
    this.#holder = new LeaseHolder({ leases: ports.views.leases, owner, leased, log: ports.log, timings });
  }

  async start(): Promise<void> {
    if (this.#holder) {
      this.#holder.start();
    } else {
      this.#engine.start();
      this.#runner = this.#newRunner();
      this.#dispatcher = this.#newDispatcher();
      await Promise.all([this.#runner.start(), this.#dispatcher?.start()]);
      this.#sealer = this.#newSealer();
      await this.#sealer?.start();
    }
  }

  /** Resolves when the current work has been committed or abandoned; the ports stay open. */
  async stop(): Promise<void> {
    if (this.#holder) await this.#holder.stop();
    else {
      const acting = Promise.all([this.#dispatcher?.stop(), this.#runner?.stop()]);
      await Promise.all([acting.then(() => this.#sealer?.stop()), this.#engine.stop()]);
    }
    await this.#sender?.close();
  }

  async status(): Promise<WorkerStatus> {
    const [status, processes, seal, webhooks] = await Promise.all([
      this.#engine.status(),
      this.#runner?.status() ?? processesStandby,
      this.#sealer?.status() ?? sealStandby,
      this.#dispatcher?.status() ?? webhooksStandby,
    ]);
    const owned = this.#holder?.owned ?? ownFollowers;
    const all = [...status, processes.follower, webhooks.follower];
    const ready = (this.#holder?.isConnected ?? true) && all.every(keepsUp);
    return { ready, owned, projections: status, processes, seal, webhooks };
  }

  async readings(): Promise<WorkerReadings> {
    const [status, flows] = await Promise.all([this.status(), this.#flows()]);
    return { status, eventLoop: this.#eventLoop.read(), ...(flows && { flows }) };
  }

  /**
   * Retries waiting or stuck work of a process at once; false when no work with this key is open.
   * @throws NotOwnerHere another worker runs the processes
   */
  async redrive(process: string, key: string): Promise<boolean> {
    return (await this.#running()).redrive(process, key);
  }

  /**
   * Rebuilds a projection's documents.
   * @throws NotOwnerHere another worker runs it
   */
  rebuild(projection: string): Promise<void> {
    if (projection !== SEAL) return this.#engine.rebuild(projection);
    if (this.#sealer) return this.#sealer.rebuild();
    throw new NotOwnerHere(SEAL);
  }

  /** After the view store has discarded its files: what was in them is built anew at once. */
  viewsDiscarded(): void {
    this.#engine.reopen();
    this.#runner?.reopen();
    this.#dispatcher?.reopen();
  }

  /** Lets readers switch to this release's version of a projection before it has come to the log's end. */
  swap(projection: string): Promise<Swapped> {
    return this.#engine.swap(projection);
  }

  /** What a follower could not handle. */
  parked(follower: string): Promise<readonly ParkedStream[]> {
    return OWN.includes(follower) ? listParked(this.#ports.views, follower) : this.#engine.parked(follower);
  }

  /**
   * Retries a parked stream of a follower; true when none of it is parked any longer.
   * @throws NotOwnerHere another worker runs the follower
   */
  async retryParked(follower: string, stream: string): Promise<boolean> {
    switch (follower) {
      case PROCESSES:
        return (await this.#running()).retryParked(stream);
      case SEAL:
        // It leaves no event out.
        return true;
      case WEBHOOKS:
        if (this.#dispatcher) return this.#dispatcher.retryParked(stream);
        throw new NotOwnerHere(WEBHOOKS);
      default:
        return this.#engine.retryParked(follower, stream);
    }
  }

  /**
   * Passes over the event that a stream of a follower was parked on, if it still is, and tries those behind it.
   * @throws NotOwnerHere another worker runs the follower
   */
  async skipParked(follower: string, stream: string, eventId: string): Promise<Skipped> {
    switch (follower) {
      case PROCESSES:
        return (await this.#running()).skipParked(stream, eventId);
      case SEAL:
        // It leaves no event out.
        return 'not-parked-on-it';
      case WEBHOOKS:
        if (this.#dispatcher) return this.#dispatcher.skipParked(stream, eventId);
        throw new NotOwnerHere(WEBHOOKS);
      default:
        return this.#engine.skipParked(follower, stream, eventId);
    }
  }

  /**
   * Runs a follower here in the place of its owner, while `work` lasts; then any worker may claim it again. This worker
   * has not been started.
   * @param owner unique to this run of this process
   * @throws OwnershipLost another worker came first
   */
  takeOver<Result>(follower: string, owner: string, work: () => Promise<Result>): Promise<Result> {
    const names = new Map<string, string>(projections.map((each) => [each.name, followerOf(each)]));
    const name = names.get(follower) ?? follower;
    const leased = this.#leased.find((each) => each.name === name);
    if (leased === undefined) throw new TypeError(`There is no follower ${follower}.`);
    return takeOver(this.#ports.views.leases, owner, leased, work);
  }

  get #leased(): readonly Leased[] {
    return [...this.#engine.leased, this.#leasedProcesses, ...this.#leasedSealer, ...this.#leasedWebhooks];
  }

  get #leasedProcesses(): Leased {
    return {
      name: PROCESSES,
      start: (term, giveUp) => {
        const runner = this.#newRunner({ term, lost: giveUp });
        this.#runner = runner;
        this.#starting = runner.start().catch((error) => {
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

  /** None where nothing is sealed. */
  get #leasedSealer(): readonly Leased[] {
    if (this.#ports.sealing === undefined) return [];
    return [
      {
        name: SEAL,
        start: (term, giveUp) => {
          const sealer = this.#newSealer({ term, lost: giveUp });
          this.#sealer = sealer;
          sealer?.start().catch((error) => {
            this.#ports.log.warn({ follower: SEAL, err: error }, 'The sealer failed to start');
            giveUp();
          });
          return {
            stop: async () => {
              await sealer?.stop();
              this.#sealer = undefined;
            },
          };
        },
      },
    ];
  }

  #newSealer(owner?: Pick<ProcessRunnerOptions, 'term' | 'lost'>): Sealer | undefined {
    const { sealing, ...ports } = this.#ports;
    return sealing && new Sealer({ ...ports, ...sealing, ...owner });
  }

  /** None where nothing is delivered. */
  get #leasedWebhooks(): readonly Leased[] {
    if (this.#ports.webhooks === undefined) return [];
    return [
      {
        name: WEBHOOKS,
        start: (term, giveUp) => {
          const dispatcher = this.#newDispatcher({ term, lost: giveUp });
          this.#dispatcher = dispatcher;
          dispatcher?.start().catch((error) => {
            this.#ports.log.warn(
              { follower: WEBHOOKS, err: error },
              'The deliveries of webhooks failed to start',
            );
            giveUp();
          });
          return {
            stop: async () => {
              await dispatcher?.stop();
              this.#dispatcher = undefined;
            },
          };
        },
      },
    ];
  }

  #newDispatcher(owner?: Pick<WebhookDispatcherOptions, 'term' | 'lost'>): WebhookDispatcher | undefined {
    const { views: store, webhooks, keys, ...ports } = this.#ports;
    if (webhooks === undefined || this.#sender === undefined) return undefined;
    return new WebhookDispatcher({
      ...ports,
      ...owner,
      store,
      // Deliveries contain personal data; their stored documents do not.
      changes: new ChangeFeed({
        log: ports.reader,
        reveal: keys && revealing(keys),
        views: new ProjectionViews(store, projections),
      }),
      sender: this.#sender,
      secrets: new WebhookSecrets(webhooks.key),
    });
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

  /** Not while a view is being built, or a store does not answer: other metrics show that. */
  async #flows(): Promise<WorkerReadings['flows']> {
    if (this.#runner === undefined) return undefined;
    const { views: stored, reader, clock, log } = this.#ports;
    try {
      return await countFlows({ stored, log: reader }, clock.now());
    } catch (error) {
      const isExpected = error instanceof ViewStoreUnavailable || error instanceof EventStoreUnavailable;
      if (!isExpected) log.warn({ err: error }, 'Stuck flows could not be counted');
      return undefined;
    }
  }

  async #running(): Promise<ProcessRunner> {
    await this.#starting;
    if (this.#runner) return this.#runner;
    throw new NotOwnerHere(PROCESSES);
  }
}

/** Whether the follower is live or nearly so, or belongs to another worker. */
function keepsUp({ state, lag }: FollowerStatus): boolean {
  return state === 'live' || state === 'standby' || (state === 'catching-up' && lag <= READY_LAG);
}

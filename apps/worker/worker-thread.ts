import { setTimeout as delay } from 'node:timers/promises';
import { MessageChannel, type ResourceLimits, Worker as Thread } from 'node:worker_threads';
import type { CausedCommand, CommandOutcome } from '#application/core';
import type { PositionSignal } from '#event-store';
import type { Log, ParkedStream, Skipped, Swapped } from '#subscriptions';
import type { ProgressSignals } from '#view-store';
import type { FoundDamage } from '#view-store/sqlite';
import type { SealingSettings } from '../sealing.ts';
import type { TracingConfig } from '../telemetry/index.ts';
import type { WebhookConfig } from '../webhooks.ts';
import { Caller } from './calls.ts';
import { executeCommands } from './command-channel.ts';
import type { ThreadData, ThreadMethods } from './thread.ts';
import type { WorkerReadings, WorkerStatus } from './worker.ts';

export interface WorkerThreadOptions {
  /** The directory of the embedded stores; the event store is open in this thread. */
  readonly dataDir: string;
  /** The event store's own signal. */
  readonly events: PositionSignal;
  /** The signal for the `followers`; shared with the readers of views in this thread. */
  readonly progress: ProgressSignals;
  /** Whether the clock can be moved forward. */
  readonly movableClock?: boolean;
  /** Executes a command of the thread's processes. */
  readonly execute: (command: CausedCommand) => Promise<CommandOutcome>;
  readonly sealing: SealingSettings;
  /** The key-encryption key of data subjects. */
  readonly keyEncryption: string;
  readonly log: Log;
  readonly webhooks: WebhookConfig;
  /** How traces are recorded in the thread, if at all. */
  readonly tracing?: TracingConfig;
  /** The log level of the thread; `info` by default. */
  readonly logLevel?: string;
}

/** Threads run compiled code, also when this module runs from source. */
const ENTRY = import.meta.url.endsWith('.ts')
  ? new URL('../../dist/apps/worker/thread.js', import.meta.url)
  : new URL('./thread.js', import.meta.url);

/**
 * With less than 2 GiB at most, V8 collects the old generation before it is twice what lives in it, else only at four
 * times that. While views are built, 60 to 95 MB live in it. The larger the young one, the less garbage gets there.
 */
const HEAP_LIMITS: ResourceLimits = { maxYoungGenerationSizeMb: 48, maxOldGenerationSizeMb: 1_024 };

const RESTART_MS = 1_000;
const STOP_MS = 10_000;

/** Starts the worker in its own thread; restarted when it dies. */
export function startWorkerThread(options: WorkerThreadOptions): WorkerThread {
  return new WorkerThread(options);
}

interface RunningThread {
  readonly thread: Thread;
  readonly caller: Caller<ThreadMethods>;
}

export class WorkerThread {
  readonly #options: WorkerThreadOptions;
  readonly #stopping = new AbortController();
  #current: RunningThread;

  constructor(options: WorkerThreadOptions) {
    this.#options = options;
    this.#current = this.#start();
  }

  status(): Promise<WorkerStatus> {
    return this.#current.caller.call('status', undefined);
  }

  readings(): Promise<WorkerReadings> {
    return this.#current.caller.call('readings', undefined);
  }

  /** Retries waiting or stuck work of a process at once; false when no work with this key is open. */
  redrive(process: string, key: string): Promise<boolean> {
    return this.#current.caller.call('redrive', { process, key });
  }

  /** Rebuilds a projection's documents. */
  rebuild(projection: string): Promise<void> {
    return this.#current.caller.call('rebuild', projection);
  }

  /** Lets readers switch to this release's version of a projection before it has reached the end of the log. */
  swap(projection: string): Promise<Swapped> {
    return this.#current.caller.call('swap', projection);
  }

  /** What a follower could not handle. */
  parked(follower: string): Promise<readonly ParkedStream[]> {
    return this.#current.caller.call('parked', follower);
  }

  /** Retries a parked stream of a follower; true when none of it is parked any longer. */
  retryParked(follower: string, stream: string): Promise<boolean> {
    return this.#current.caller.call('retryParked', { follower, stream });
  }

  /** Skips the event that a stream of a follower is parked on, if it still is, and continues with later ones. */
  skipParked(follower: string, stream: string, event: string): Promise<Skipped> {
    return this.#current.caller.call('skipParked', { follower, stream, event });
  }

  /** Sets a view file aside that cannot be read, and rebuilds its views. */
  viewsDamaged(found: FoundDamage): Promise<void> {
    return this.#current.caller.call('viewsDamaged', found);
  }

  /** Resolves when the thread has completed its current work, closed its files and exited. */
  async stop(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    this.#stopping.abort();
    const { thread, caller } = this.#current;
    const stopped = new AbortController();
    const patience = delay(STOP_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
    await Promise.race([caller.call('stop', undefined).catch(() => undefined), patience]);
    stopped.abort();
    await thread.terminate();
  }

  #start(): RunningThread {
    const {
      dataDir,
      events,
      progress,
      movableClock = false,
      execute,
      sealing,
      keyEncryption,
      log,
      logLevel = 'info',
      webhooks,
      tracing,
    } = this.#options;
    const [commands, control] = [new MessageChannel(), new MessageChannel()];
    const workerData: ThreadData = {
      dataDir,
      logLevel,
      movableClock,
      sealing,
      keyEncryption,
      webhooks,
      tracing,
      events: events.buffer,
      progress: progress.buffers,
      commands: commands.port2,
      control: control.port2,
    };
    const transferList = [commands.port2, control.port2];
    const resourceLimits = HEAP_LIMITS;
    const thread = new Thread(ENTRY, { workerData, transferList, name: 'worker', resourceLimits });
    thread.on('error', (error) => log.error({ err: error }, 'The worker thread failed'));
    thread.on('exit', (code) => {
      if (this.#stopping.signal.aborted) return;
      log.error({ code }, 'The worker thread exited and is being restarted');
      void this.#restart();
    });
    executeCommands(commands.port1, execute);
    const caller = new Caller<ThreadMethods>(control.port1, () => new Error('The worker thread has exited.'));
    return { thread, caller };
  }

  async #restart(): Promise<void> {
    await delay(RESTART_MS, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    if (!this.#stopping.signal.aborted) this.#current = this.#start();
  }
}

// The worker in its own thread, beside the one that owns the log.
import { type MessagePort, workerData } from 'node:worker_threads';
import { pino } from 'pino';
import { systemClock } from '#application/core';
import { PositionSignal } from '#event-store';
import { SqliteEventReader } from '#event-store/sqlite';
import { keysPath, SqliteKeyStore } from '#personal-data/sqlite';
import { parseSealingKeys } from '#seal';
import type { ParkedStream, Skipped, Swapped } from '#subscriptions';
import { type ProgressBuffers, ProgressSignals } from '#view-store';
import { type FoundDamage, SqliteViewStore } from '#view-store/sqlite';
import { AdjustableClock } from '../adjustable-clock.ts';
import { personalKeys } from '../personal-data.ts';
import { checkpointIn, type SealingSettings } from '../sealing.ts';
import { startTelemetry, type TracingConfig } from '../telemetry/index.ts';
import type { WebhookConfig } from '../webhooks.ts';
import { answerCalls } from './calls.ts';
import { commandsOver } from './command-channel.ts';
import { viewsPath } from './paths.ts';
import { Worker, type WorkerReadings, type WorkerStatus } from './worker.ts';

/** Options of the thread. */
export interface ThreadData {
  readonly dataDir: string;
  readonly logLevel: string;
  /** The clock is that of the data folder, which can be moved forward. */
  readonly movableClock: boolean;
  /** Settings of sealing. */
  readonly sealing: SealingSettings;
  /** The key-encryption key of data subjects. */
  readonly keyEncryption: string;
  readonly webhooks: WebhookConfig;
  readonly tracing?: TracingConfig;
  /** The signal for the end of the log, moved by its owner. */
  readonly events: SharedArrayBuffer;
  /** The signal for the followers' checkpoints, moved by this thread. */
  readonly progress: ProgressBuffers;
  /** Sends this thread's commands to the owner of the log. */
  readonly commands: MessagePort;
  /** Receives calls of `ThreadMethods`. */
  readonly control: MessagePort;
}

/** The methods of the thread. */
export type ThreadMethods = {
  status(argument: undefined): Promise<WorkerStatus>;
  readings(argument: undefined): Promise<WorkerReadings>;
  redrive(work: { readonly process: string; readonly key: string }): Promise<boolean>;
  rebuild(projection: string): Promise<void>;
  swap(projection: string): Promise<Swapped>;
  parked(follower: string): Promise<readonly ParkedStream[]>;
  retryParked(parked: { readonly follower: string; readonly stream: string }): Promise<boolean>;
  skipParked(parked: {
    readonly follower: string;
    readonly stream: string;
    readonly event: string;
  }): Promise<Skipped>;
  /** The service cannot read the view file. */
  viewsDamaged(found: FoundDamage): void;
  stop(argument: undefined): Promise<void>;
};

const {
  dataDir,
  logLevel,
  movableClock,
  sealing,
  keyEncryption,
  webhooks,
  tracing,
  events,
  progress,
  commands,
  control,
}: ThreadData = workerData;

const log = pino({ name: 'worker', level: logLevel }, pino.destination(2));
const telemetry = await startTelemetry(tracing, false, log);
const reader = await SqliteEventReader.open({ directory: dataDir, signal: new PositionSignal(events) });
/** Files that are set aside when they are opened need nothing more: the worker starts after that. */
let rebuild = (): void => undefined;
const views = new SqliteViewStore({
  path: viewsPath(dataDir),
  signals: ProgressSignals.from(progress),
  discarded: (reason) => {
    log.warn({ reason }, 'The view files could not be used and were set aside; the views are being rebuilt');
    rebuild();
  },
});
const clock = movableClock ? new AdjustableClock(dataDir) : systemClock;
const keyStore = new SqliteKeyStore(keysPath(dataDir));
const worker = new Worker({
  reader,
  views,
  keys: personalKeys(keyStore, keyEncryption),
  commands: commandsOver(commands),
  clock,
  log,
  webhooks,
  sealing: {
    keys: parseSealingKeys(sealing.keys),
    intervalMs: sealing.intervalMs,
    copy: checkpointIn(dataDir),
  },
});
rebuild = () => worker.viewsDiscarded();

const methods: ThreadMethods = {
  status: () => worker.status(),
  readings: () => worker.readings(),
  redrive: ({ process, key }) => worker.redrive(process, key),
  rebuild: (projection) => worker.rebuild(projection),
  swap: (projection) => worker.swap(projection),
  parked: (follower) => worker.parked(follower),
  retryParked: ({ follower, stream }) => worker.retryParked(follower, stream),
  skipParked: ({ follower, stream, event }) => worker.skipParked(follower, stream, event),
  viewsDamaged: ({ reason, file }) => views.discard(reason, file),
  stop: async () => {
    await worker.stop();
    await Promise.all([views.close(), reader.close(), keyStore.close(), telemetry.stop()]);
    commands.close();
    control.unref();
  },
};
answerCalls(control, methods);
await worker.start();

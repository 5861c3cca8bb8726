// The worker in a thread of its own, beside the one that owns the log.
import { type MessagePort, workerData } from 'node:worker_threads';
import { pino } from 'pino';
import { systemClock } from '#application/core';
import { PositionSignal } from '#event-store';
import { SqliteEventReader } from '#event-store/sqlite';
import type { ParkedStream } from '#subscriptions';
import { type ProgressBuffers, ProgressSignals } from '#view-store';
import { type FoundDamage, SqliteViewStore } from '#view-store/sqlite';
import { answerCalls } from './calls.ts';
import { commandsOver } from './command-channel.ts';
import { viewsPath } from './paths.ts';
import { Worker, type WorkerStatus } from './worker.ts';

/** What the thread is started with. */
export interface ThreadData {
  readonly dataDir: string;
  readonly logLevel: string;
  /** The log's end, as its owner moves it on. */
  readonly events: SharedArrayBuffer;
  /** How far each follower is, as this thread moves it on. */
  readonly progress: ProgressBuffers;
  /** Carries this thread's commands to the owner of the log. */
  readonly commands: MessagePort;
  /** Carries `ThreadMethods` to this thread. */
  readonly control: MessagePort;
}

/** What the thread can be asked. */
export type ThreadMethods = {
  status(argument: undefined): Promise<WorkerStatus>;
  redrive(work: { readonly process: string; readonly key: string }): boolean;
  rebuild(projection: string): Promise<void>;
  parked(follower: string): Promise<readonly ParkedStream[]>;
  retryParked(parked: { readonly follower: string; readonly stream: string }): Promise<boolean>;
  /** The service cannot read the view file. */
  viewsDamaged(found: FoundDamage): void;
  stop(argument: undefined): Promise<void>;
};

const { dataDir, logLevel, events, progress, commands, control }: ThreadData = workerData;

const log = pino({ name: 'worker', level: logLevel }, pino.destination(2));
const reader = await SqliteEventReader.open({ directory: dataDir, signal: new PositionSignal(events) });
const views = new SqliteViewStore({
  path: viewsPath(dataDir),
  signals: ProgressSignals.from(progress),
  discarded: (reason) =>
    log.warn({ reason }, 'The view files could not be used and were set aside; the views are being rebuilt'),
});
const worker = new Worker({ reader, views, commands: commandsOver(commands), clock: systemClock, log });

const methods: ThreadMethods = {
  status: () => worker.status(),
  redrive: ({ process, key }) => worker.redrive(process, key),
  rebuild: (projection) => worker.rebuild(projection),
  parked: (follower) => worker.parked(follower),
  retryParked: ({ follower, stream }) => worker.retryParked(follower, stream),
  viewsDamaged: ({ reason, file }) => views.discard(reason, file),
  stop: async () => {
    await worker.stop();
    await Promise.all([views.close(), reader.close()]);
    commands.close();
    control.unref();
  },
};
answerCalls(control, methods);
await worker.start();

import type { Logger } from 'pino';
import type { CommandSender } from '#application';
import type { EventStore } from '#event-store';
import type { PersonalKeys } from '#personal-data';
import type { SettledViews } from '#subscriptions';
import type { TracingConfig } from '../telemetry/index.ts';
import type { WebhookConfig } from '../webhooks.ts';
import type { WorkerReadings } from '../worker/index.ts';
import type { Config } from './config.ts';
import type { Metrics } from './operations/metrics.ts';

/** Options of a worker beside the service. */
export interface BesideService {
  /** Executes the commands of processes and operators. */
  readonly gateway: CommandSender;
  readonly log: Logger;
  readonly webhooks: WebhookConfig;
  readonly tracing?: TracingConfig;
}

/** What the service keeps its data in, and what keeps its views. */
export interface Stores {
  readonly events: EventStore;
  readonly views: SettledViews;
  /** With which both keep what is personal. */
  readonly keys: PersonalKeys;
  /** Begins whatever keeps the views beside the service; resolves when they can be read. */
  start(beside: BesideService): Promise<void>;
  /**
   * Checks that events can be recorded, without recording one.
   * @throws EventStoreUnavailable
   */
  checkWritable(): Promise<void>;
  /** Of the worker beside the service; nothing where there is none, or it does not answer soon. */
  readings(): Promise<WorkerReadings | undefined>;
  close(): Promise<void>;
}

/**
 * Those the configuration names. The others, and the clients of servers they come with, are not even loaded.
 * @throws EventStoreUnusable the embedded stores are open in another process, damaged or too new
 */
export async function openStores(config: Config, metrics: Metrics): Promise<Stores> {
  const { dataDir, authentication, stores, worker, sealing, keyEncryption } = config;
  if (stores) {
    const { SharedStores } = await import('./shared.ts');
    return new SharedStores(stores.events, stores.views, keyEncryption);
  }
  const { EmbeddedStores } = await import('./embedded.ts');
  return EmbeddedStores.open(
    dataDir,
    authentication.mode === 'development',
    sealing,
    keyEncryption,
    worker,
    metrics.appended,
  );
}

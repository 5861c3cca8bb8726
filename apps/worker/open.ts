import { randomBytes } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { applicationModule, CommandGateway, type CommandObserver, systemClock } from '#application';
import { RevealedViews, SealingLog } from '#personal-data';
import { projections } from '#projections';
import { type Log, ProjectionViews } from '#subscriptions';
import { AdjustableClock } from '../adjustable-clock.ts';
import type { WorkerPlace } from './config.ts';
import { openStores, type WorkerStores } from './stores.ts';
import { Worker, type WorkerPorts } from './worker.ts';

/** A worker in a process of its own, with the command side its processes need. */
export interface OpenWorker extends WorkerStores {
  /** It has not been started. */
  readonly worker: Worker;
  readonly gateway: CommandGateway;
  /** Once the worker has stopped. */
  close(): Promise<void>;
}

/**
 * @param options whether there may be other workers, and whether it seals the log and delivers to webhooks
 * @throws EventStoreUnusable the embedded stores are open in another process, damaged or too new
 */
export async function openWorker(
  config: WorkerPlace,
  log: Log,
  options: Pick<WorkerPorts, 'lease' | 'sealing' | 'webhooks'> & {
    readonly observeCommand?: CommandObserver;
  } = {},
): Promise<OpenWorker> {
  let rebuild = (): void => undefined;
  const stores = await openStores(config, log, () => rebuild());
  const { events, views, keys, keyStore } = stores;
  const clock = config.development ? new AdjustableClock(config.dataDir) : systemClock;
  const application = await NestFactory.createApplicationContext(
    applicationModule({
      eventStore: new SealingLog(events, keys),
      views: new RevealedViews(new ProjectionViews(views, projections), keys),
      personalData: { decisions: new SealingLog(events, keys, 'data'), stored: events, keys },
      clock,
      // Processes neither approve shares nor create tokens: only services need the settings for that.
      revocationWindow: { kind: 'window', milliseconds: 72 * 60 * 60 * 1000, from: 'placed' },
      tokenKey: randomBytes(32),
      observeCommand: options.observeCommand,
    }),
    { logger: false },
  );
  const gateway = application.get(CommandGateway);
  const commands = { send: gateway.sendCaused.bind(gateway) };
  const worker = new Worker({ reader: events, views, keys, commands, clock, log, ...options });
  rebuild = () => worker.viewsDiscarded();
  const close = async () => {
    await application.close();
    await Promise.all([views.close(), events.close(), keyStore.close()]);
  };
  return { ...stores, worker, gateway, close };
}

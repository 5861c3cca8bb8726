import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { type ApplicationPorts, CommandGateway, systemClock } from '#application';
import type { WorkerThread } from '../worker/index.ts';
import type { Development } from './app.module.ts';
import { DevelopmentTokens, tokenVerifier } from './auth/tokens.ts';
import type { Config } from './config.ts';
import { AdjustableClock } from './development/adjustable-clock.ts';
import { EmbeddedStores } from './embedded.ts';
import { Secret } from './secret.ts';
import { createServer } from './server.ts';

/** The whole service in one process: the HTTP edge here, projections and processes in a thread beside it. */
export class Service {
  private constructor(
    private readonly app: NestFastifyApplication,
    private readonly stores: EmbeddedStores,
    private readonly worker: WorkerThread,
    readonly ports: ApplicationPorts,
    readonly url: string,
  ) {}

  /** The door for commands from within this process. */
  get gateway(): CommandGateway {
    return this.app.get(CommandGateway);
  }

  /** Opens the stores, starts the worker, and listens. */
  static async start(config: Config, log: Logger): Promise<Service> {
    const stores = await EmbeddedStores.open(config.dataDir);
    let worker: WorkerThread | undefined;
    try {
      const secret = new Secret(config.dataDir);
      const development = developmentOf(config, secret);
      const ports: ApplicationPorts = {
        eventStore: stores.events,
        views: stores.views,
        clock: development?.clock ?? systemClock,
        revocationWindow: config.revocationWindow,
        tokenKey: secret.keyFor('connection-tokens'),
      };
      const verifier = await tokenVerifier(config.authentication, development?.tokens);
      const app = await createServer({ ports, verifier, log, development });
      const gateway = app.get(CommandGateway);
      worker = stores.startWorker((command) => gateway.sendCaused(command), log);
      // It answers once its views can be read: nobody is let in before.
      await worker.status();
      await app.listen(config.port, config.host);
      return new Service(app, stores, worker, ports, await app.getUrl());
    } catch (error) {
      await stores.close(worker);
      throw error;
    }
  }

  /** Finishes what was accepted, then lets go of the files. */
  async stop(): Promise<void> {
    await this.app.close();
    await this.stores.close(this.worker);
  }
}

function developmentOf({ authentication, dataDir }: Config, secret: Secret): Development | undefined {
  if (authentication.mode !== 'development') return undefined;
  return {
    tokens: new DevelopmentTokens(secret.keyFor('development-tokens')),
    clock: new AdjustableClock(join(dataDir, 'development-clock')),
  };
}

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { type ApplicationPorts, CommandGateway, systemClock, WebhookSecrets } from '#application';
import { ChangeFeed } from '#changes';
import { RevealedViews, revealing, SealingLog } from '#personal-data';
import { PromptEnforcement } from '#processes';
import { refusalOfUrl } from '#webhooks';
import { AdjustableClock } from '../adjustable-clock.ts';
import { MetricsAccess } from '../metrics/access.ts';
import { Secret } from '../secret.ts';
import { webhookConfig } from '../webhooks.ts';
import type { Development } from './app.module.ts';
import { Sessions } from './auth/sessions.ts';
import { DevelopmentTokens, type TokenVerifier, tokenVerifier } from './auth/tokens.ts';
import type { Config } from './config.ts';
import { CatalogueReceiver } from './imports/receiver.ts';
import type { CommandsOverNats } from './nats/index.ts';
import { Metrics } from './operations/metrics.ts';
import { createServer } from './server.ts';
import { SignInProvider } from './sign-in/provider.ts';
import { SignIn } from './sign-in/sign-in.ts';
import { openStores, type Stores } from './stores.ts';

/** The HTTP edge over its stores; in the embedded mode the whole service, with its worker in a thread beside it. */
export class Service {
  private constructor(
    private readonly app: NestFastifyApplication,
    private readonly stores: Stores,
    private readonly verifier: TokenVerifier,
    private readonly nats: CommandsOverNats | undefined,
    readonly ports: ApplicationPorts,
    /** The clock of the whole service, where it can be moved. */
    readonly ownClock: AdjustableClock | undefined,
    readonly url: string,
  ) {}

  /** Executes commands from within this process. */
  get gateway(): CommandGateway {
    return this.app.get(CommandGateway);
  }

  /** Takes in catalogue files from within this process. */
  get imports(): CatalogueReceiver {
    return this.app.get(CatalogueReceiver);
  }

  /** Opens the stores, starts the worker, and listens. */
  static async start(config: Config, log: Logger): Promise<Service> {
    const metrics = new Metrics();
    const stores = await openStores(config, metrics);
    let verifier: TokenVerifier | undefined;
    let nats: CommandsOverNats | undefined;
    try {
      const secret = config.stores?.secret ?? Secret.in(config.dataDir);
      const webhooks = webhookConfig(secret, config.webhooksAllowPrivate);
      const development = developmentOf(config, secret);
      const views = new RevealedViews(stores.views, stores.keys);
      const ports: ApplicationPorts = {
        eventStore: new SealingLog(stores.events, stores.keys),
        views,
        personalData: {
          decisions: new SealingLog(stores.events, stores.keys, 'data'),
          stored: stores.events,
          keys: stores.keys,
        },
        clock: development?.clock ?? systemClock,
        revocationWindow: config.revocationWindow,
        tokenKey: secret.keyFor('connection-tokens'),
        webhooks: {
          secrets: new WebhookSecrets(webhooks.key),
          urlRefusal: (url) => refusalOfUrl(url, webhooks.allowPrivate),
        },
        observeCommand: metrics.command,
        enforcement: (ports) => new PromptEnforcement(ports),
      };
      const tokens = await tokenVerifier(config.authentication, development?.tokens, log);
      verifier = tokens;
      const signIn = signInOf(config, tokens, secret);
      nats = config.nats && (await import('./nats/index.ts')).commandsOverNats(config.nats, log);
      const app = await createServer({
        metrics,
        monitoring: {
          // Development listens where nobody else can reach it.
          access: new MetricsAccess(config.metricsToken, config.authentication.mode === 'development'),
          worker: () => stores.readings(),
        },
        ports,
        changes: new ChangeFeed({ log: stores.events, reveal: revealing(stores.keys), views }),
        verifier: tokens,
        log,
        rateLimit: config.rateLimit,
        listeners: config.listeners,
        requestsUnderWay: config.requestsUnderWay,
        readiness: [() => stores.checkWritable(), () => tokens.checkReady()],
        nats,
        development,
        signIn,
      });
      // No request is accepted before the views can be read.
      await stores.start({ gateway: app.get(CommandGateway), log, webhooks, tracing: config.tracing });
      await app.listen(config.port, config.host);
      await app.startAllMicroservices();
      const ownClock = config.stores ? undefined : development?.clock;
      return new Service(app, stores, tokens, nats, ports, ownClock, await app.getUrl());
    } catch (error) {
      verifier?.close();
      await stores.close();
      throw error;
    }
  }

  /** Finishes accepted requests, then closes the files. */
  async stop(): Promise<void> {
    await Promise.all([this.app.close(), this.nats?.transport.close()]);
    this.verifier.close();
    await this.stores.close();
  }
}

function signInOf({ authentication }: Config, verifier: TokenVerifier, secret: Secret): SignIn | undefined {
  if (authentication.mode !== 'oidc' || authentication.signIn === undefined) return undefined;
  const { issuer, signIn: settings } = authentication;
  const { publicUrl } = settings;
  const provider = new SignInProvider(issuer, settings, verifier);
  const sessions = new Sessions(secret.keyFor('console-sessions'), publicUrl);
  return new SignIn(provider, sessions, publicUrl, secret.keyFor('console-sign-in'));
}

function developmentOf({ authentication, dataDir }: Config, secret: Secret): Development | undefined {
  if (authentication.mode !== 'development') return undefined;
  return {
    tokens: new DevelopmentTokens(secret.keyFor('development-tokens')),
    clock: new AdjustableClock(dataDir),
  };
}

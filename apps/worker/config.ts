import { Environment, LOG_LEVELS, type LogLevel } from '../environment.ts';
import { readMetricsToken } from '../metrics/access.ts';
import { readKeyEncryption } from '../personal-data.ts';
import { readSealing, type SealingConfig } from '../sealing.ts';
import { readSecret, type SharedStoresConfig } from '../secret.ts';
import { readStoreUrls, type StoreUrls } from '../store-urls.ts';
import { readTracing, type TracingConfig } from '../telemetry/index.ts';
import { readAllowPrivate } from '../webhooks.ts';

/** The stores and the clock of a worker: what operators' commands need to know of it. */
export interface WorkerPlace {
  readonly dataDir: string;
  /** The stores that this worker shares with services and other workers. */
  readonly stores?: StoreUrls;
  /** What the keys of data subjects are wrapped with; by default a key beside the data, unless the stores are shared. */
  readonly keyEncryption?: string;
  /** Whether the clock may have been moved, as the services' development mode allows. */
  readonly development: boolean;
}

/** Everything that can be set, from the environment. */
export interface WorkerConfig extends WorkerPlace {
  readonly stores?: SharedStoresConfig;
  readonly sealing: SealingConfig;
  /** The address of its health endpoints. */
  readonly host: string;
  readonly port: number;
  /** Whether webhooks may lead to private addresses. */
  readonly webhooksAllowPrivate: boolean;
  /** How traces are recorded, if at all. */
  readonly tracing?: TracingConfig;
  /** The token that monitors must send to read the metrics. */
  readonly metricsToken?: string;
  readonly logLevel: LogLevel;
}

/**
 * Reads the configuration and checks all of it.
 * @throws InvalidConfig
 */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): WorkerConfig {
  const env = new Environment(variables);
  const place = placeIn(env);
  return env.checked({
    ...place,
    keyEncryption: readKeyEncryption(env, place.stores !== undefined),
    stores: place.stores && { ...place.stores, secret: readSecret(env) },
    sealing: readSealing(env, place.stores !== undefined),
    host: env.text('WORKER_HOST', '127.0.0.1'),
    port: env.port('WORKER_PORT', 3001),
    webhooksAllowPrivate: readAllowPrivate(env, place.development),
    tracing: readTracing(env, 'tessera-worker'),
    metricsToken: readMetricsToken(env),
    logLevel: env.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
  });
}

/**
 * Of the configuration, where the worker is.
 * @throws InvalidConfig
 */
export function readPlace(variables: Readonly<Record<string, string | undefined>>): WorkerPlace {
  const env = new Environment(variables);
  return env.checked(placeIn(env));
}

function placeIn(env: Environment): WorkerPlace {
  return {
    dataDir: env.text('DATA_DIR', './data'),
    stores: readStoreUrls(env),
    keyEncryption: readKeyEncryption(env, false),
    development: env.oneOf('AUTH', ['development', 'oidc'], 'development') === 'development',
  };
}

import { Environment, LOG_LEVELS, type LogLevel } from '../environment.ts';
import { readSealing, type SealingConfig } from '../sealing.ts';
import { readStoreUrls, type StoreUrls } from '../store-urls.ts';

/** Everything that can be set, from the environment. */
export interface WorkerConfig {
  readonly dataDir: string;
  /** The stores that this worker shares with services and other workers. */
  readonly stores?: StoreUrls;
  readonly sealing: SealingConfig;
  /** The address of its health endpoints. */
  readonly host: string;
  readonly port: number;
  /** Whether the clock may have been moved, as the services' development mode allows. */
  readonly development: boolean;
  readonly logLevel: LogLevel;
}

/**
 * Reads the configuration and checks all of it.
 * @throws InvalidConfig
 */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): WorkerConfig {
  const env = new Environment(variables);
  const stores = readStoreUrls(env);
  return env.checked({
    dataDir: env.text('DATA_DIR', './data'),
    stores,
    sealing: readSealing(env, stores !== undefined),
    host: env.text('WORKER_HOST', '127.0.0.1'),
    port: env.port('WORKER_PORT', 3001),
    development: env.oneOf('AUTH', ['development', 'oidc'], 'development') === 'development',
    logLevel: env.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
  });
}

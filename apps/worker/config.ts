import { Environment, LOG_LEVELS, type LogLevel } from '../environment.ts';

/** Everything that can be set, from the environment. */
export interface WorkerConfig {
  readonly dataDir: string;
  /** Of the health figures, on loopback. */
  readonly port: number;
  readonly logLevel: LogLevel;
}

/**
 * Reads the configuration and checks all of it.
 * @throws InvalidConfig
 */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): WorkerConfig {
  const env = new Environment(variables);
  return env.checked({
    dataDir: env.text('DATA_DIR', './data'),
    port: env.port('WORKER_PORT', 3001),
    logLevel: env.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
  });
}

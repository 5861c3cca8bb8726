/** Everything that can be set, from the environment. */
export interface WorkerConfig {
  readonly dataDir: string;
  /** Of the health figures, on loopback. */
  readonly port: number;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Something in the environment is not as documented; the message names every fault. */
export class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';
  constructor(readonly faults: readonly string[]) {
    super(`The configuration is not valid:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

/**
 * Reads the configuration and checks all of it.
 * @throws InvalidConfig
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): WorkerConfig {
  const faults: string[] = [];
  const dataDir = env.DATA_DIR ?? './data';
  if (dataDir === '') faults.push('DATA_DIR must be a directory.');
  const port = Number(env.WORKER_PORT ?? 3001);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    faults.push(`WORKER_PORT must be a port number from 0 to 65535, not "${env.WORKER_PORT}".`);
  }
  const logLevel = LOG_LEVELS.find((level) => level === (env.LOG_LEVEL ?? 'info'));
  if (logLevel === undefined) {
    faults.push(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}, not "${env.LOG_LEVEL}".`);
  }
  if (logLevel === undefined || faults.length > 0) throw new InvalidConfig(faults);
  return { dataDir, port, logLevel };
}

import type { Log } from '#subscriptions';
import type { TracingConfig } from './config.ts';

export { readTracing, type TracingConfig } from './config.ts';

/** What records traces in this thread. */
export interface Telemetry {
  /** Exports the recorded spans and stops recording; takes a bounded time, also when no collector answers. */
  stop(): Promise<void>;
}

const NONE: Telemetry = { stop: async () => undefined };

/**
 * Starts recording traces; to be called before the clients of the stores are loaded. Without an exporter nothing of
 * OpenTelemetry is loaded.
 * @param clients whether calls of the clients of shared stores are recorded
 */
export async function startTelemetry(
  config: TracingConfig | undefined,
  clients: boolean,
  log: Log,
): Promise<Telemetry> {
  if (config === undefined) return NONE;
  const { OpenTelemetry } = await import('./open-telemetry.ts');
  return OpenTelemetry.start(config, clients, log);
}

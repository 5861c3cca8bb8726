import type { CommandObserver } from '#application';
import type { MetricRegistry } from './registry.ts';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Metrics of the commands that this process executes, by type and outcome; types are a known set. */
export function commandMetrics(registry: MetricRegistry): CommandObserver {
  const commands = registry.histogram(
    'tessera_command_duration_seconds',
    'Commands by type and outcome (done, replayed, refused, failed), and how long they took.',
    SECONDS,
    ['type', 'outcome'],
  );
  return (type, outcome, milliseconds) => commands.observe({ type, outcome }, milliseconds / 1_000);
}

import type { CommandObserver } from '#application';
import type { MetricRegistry } from './registry.ts';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** MetricRegistry of the commands that this process carries out: by their types, which are known, and what they came to. */
export function commandMetrics(registry: MetricRegistry): CommandObserver {
  const commands = registry.histogram(
    'tessera_command_duration_seconds',
    'Commands by type and outcome (done, replayed, refused, failed), and how long they took.',
    SECONDS,
    ['type', 'outcome'],
  );
  return (type, outcome, milliseconds) => commands.observe({ type, outcome }, milliseconds / 1_000);
}

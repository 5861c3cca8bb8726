import type { WorkerReadings } from '../worker/worker.ts';
import type { MetricRegistry } from './registry.ts';

/** Metrics of a worker, in a process of its own or in a thread beside the service. */
export class WorkerMetrics {
  readonly #owned;
  readonly #work;
  readonly #steps;
  readonly #flows;
  readonly #enabled;
  readonly #open;
  readonly #ended;
  readonly #failed;
  readonly #size;
  readonly #signed;
  readonly #age;

  constructor(registry: MetricRegistry) {
    this.#owned = registry.gauge('tessera_follower_owned', 'Whether the worker runs the follower.', [
      'follower',
    ]);
    this.#work = registry.gauge('tessera_process_work', 'Open work of the processes, by its state.', [
      'state',
    ]);
    this.#steps = registry.counter(
      'tessera_process_steps_total',
      'Steps of processes, by what came of them (done, continue, failed).',
      ['process', 'result'],
    );
    this.#flows = registry.gauge(
      'tessera_flows_stuck',
      'Flows without progress for an hour, by kind; reported by the worker that runs the processes.',
      ['kind'],
    );
    this.#enabled = registry.gauge('tessera_webhooks_enabled', 'Webhooks that are delivered to.');
    this.#open = registry.gauge('tessera_webhook_deliveries_open', 'Deliveries that have not ended.');
    this.#ended = registry.counter(
      'tessera_webhook_deliveries_total',
      'Deliveries that have ended, by what came of them (delivered, failed).',
      ['outcome'],
    );
    this.#failed = registry.counter(
      'tessera_webhook_failed_attempts_total',
      'Attempts to deliver that failed.',
    );
    this.#size = registry.gauge('tessera_seal_events', 'Events in the tree that is sealed.');
    this.#signed = registry.gauge('tessera_seal_signed_events', 'Those that the last checkpoint seals.');
    this.#age = registry.gauge(
      'tessera_seal_age_seconds',
      'For how long there have been events that no checkpoint seals; 0 where each is sealed.',
    );
  }

  /** The current figures: each worker reports what it runs. None where the worker does not answer. */
  show({ status, flows }: Partial<Pick<WorkerReadings, 'status' | 'flows'>>): void {
    const own = [this.#owned, this.#work, this.#flows];
    const gauges = [...own, this.#enabled, this.#open, this.#size, this.#signed, this.#age];
    for (const metric of [...gauges, this.#steps, this.#ended, this.#failed]) metric.reset();
    if (status === undefined) return;
    const { owned, projections, processes, webhooks, seal } = status;
    const all = [...projections, processes.follower, webhooks.follower, seal.follower];
    for (const { name: follower } of all) this.#owned.set({ follower }, owned.includes(follower) ? 1 : 0);
    for (const [state, count] of Object.entries(processes.open)) this.#work.set({ state }, count);
    for (const [process, results] of Object.entries(processes.steps)) {
      for (const [result, count] of Object.entries(results)) this.#steps.inc({ process, result }, count);
    }
    for (const [kind, count] of Object.entries(flows ?? {})) this.#flows.set({ kind }, count);
    this.#enabled.set(webhooks.enabled);
    this.#open.set(webhooks.open);
    for (const outcome of ['delivered', 'failed'] as const) this.#ended.inc({ outcome }, webhooks[outcome]);
    this.#failed.inc(webhooks.failedAttempts);
    if (seal.size !== undefined) this.#size.set(seal.size);
    if (seal.signed !== undefined) this.#signed.set(seal.signed);
    if (seal.unsealedMs !== undefined) this.#age.set(seal.unsealedMs / 1_000);
  }
}

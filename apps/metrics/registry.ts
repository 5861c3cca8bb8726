import { Counter, Gauge, Histogram, Registry } from '@prometheus-io/client';

/** Metrics for Prometheus, each with a name of its own. */
export class MetricRegistry {
  readonly #registry = new Registry();

  counter<Label extends string = never>(name: string, help: string, labels: readonly Label[] = []) {
    return new Counter<Label>({ name, help, labelNames: [...labels], registers: [this.#registry] });
  }

  gauge<Label extends string = never>(name: string, help: string, labels: readonly Label[] = []) {
    return new Gauge<Label>({ name, help, labelNames: [...labels], registers: [this.#registry] });
  }

  histogram<Label extends string = never>(
    name: string,
    help: string,
    buckets: readonly number[],
    labels: readonly Label[] = [],
  ) {
    const labelNames = [...labels];
    return new Histogram<Label>({
      name,
      help,
      labelNames,
      buckets: [...buckets],
      registers: [this.#registry],
    });
  }

  /** All of them, in the text format of Prometheus. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }
}

/** The type of that text. */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

import type { Environment } from '../environment.ts';

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

const MOST_MS = 600_000;
const MOST_SPANS = 1_000_000;

/** How traces are recorded. The exporter itself reads its endpoint and its credentials from the environment. */
export interface TracingConfig {
  readonly service: string;
  readonly sampler: (typeof SAMPLERS)[number];
  /** The share of traces that is recorded, from 0 to 1. */
  readonly ratio: number;
  /** The longest that a span waits to be sent with others. */
  readonly delayMs: number;
  /** The most spans that wait; further ones are dropped. */
  readonly queued: number;
  readonly perExport: number;
  readonly exportTimeoutMs: number;
  /** The time limit of sending spans, with retries. */
  readonly sendTimeoutMs: number;
}

/**
 * From the variables of the OpenTelemetry specification; `undefined` when traces are not exported.
 * @param service the default name of the service
 */
export function readTracing(env: Environment, service: string): TracingConfig | undefined {
  const endpoint =
    endpointIn(env, 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') ?? endpointIn(env, 'OTEL_EXPORTER_OTLP_ENDPOINT');
  const exporter = env.oneOf('OTEL_TRACES_EXPORTER', ['otlp', 'none'], endpoint ? 'otlp' : 'none');
  const disabled = env.oneOf('OTEL_SDK_DISABLED', ['true', 'false'], 'false') === 'true';
  if (disabled || exporter === 'none') return undefined;
  for (const name of ['OTEL_EXPORTER_OTLP_PROTOCOL', 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL']) {
    env.oneOf(name, ['http/protobuf'], 'http/protobuf');
  }
  const queued = env.wholeNumber('OTEL_BSP_MAX_QUEUE_SIZE', 2_048, 1, MOST_SPANS);
  return {
    service: env.text('OTEL_SERVICE_NAME', service),
    sampler: env.oneOf('OTEL_TRACES_SAMPLER', SAMPLERS, 'parentbased_always_on'),
    ratio: ratioIn(env),
    delayMs: env.wholeNumber('OTEL_BSP_SCHEDULE_DELAY', 5_000, 0, MOST_MS),
    queued,
    perExport: env.wholeNumber('OTEL_BSP_MAX_EXPORT_BATCH_SIZE', Math.min(512, queued), 1, queued),
    sendTimeoutMs: env.wholeNumber('OTEL_EXPORTER_OTLP_TIMEOUT', 3_000, 1, MOST_MS),
    exportTimeoutMs: env.wholeNumber('OTEL_BSP_EXPORT_TIMEOUT', 30_000, 1, MOST_MS),
  };
}

function endpointIn(env: Environment, name: string): string | undefined {
  const url = env.optional(name);
  if (url === undefined) return undefined;
  // It may contain a password, so the message does not repeat it.
  const isHttp = URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
  if (!isHttp) env.fault(`${name} must be an http: or https: URL.`);
  return url;
}

function ratioIn(env: Environment): number {
  const text = env.text('OTEL_TRACES_SAMPLER_ARG', '1');
  const ratio = Number(text);
  if (!(ratio >= 0 && ratio <= 1)) {
    env.fault(`OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1, not "${text}".`);
  }
  return ratio;
}

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

/** How traces are recorded. Where they go to, and with which secrets, the exporter reads in the environment itself. */
export interface TracingConfig {
  readonly service: string;
  readonly sampler: (typeof SAMPLERS)[number];
  /** Of all traces, as a share of 1. */
  readonly ratio: number;
  /** Spans wait at most so long for others to be sent with. */
  readonly delayMs: number;
  /** So many wait at most; further ones are dropped. */
  readonly queued: number;
  readonly perExport: number;
  readonly exportTimeoutMs: number;
  /** How long it is tried to send spans, in all. */
  readonly sendTimeoutMs: number;
}

/**
 * By the variables of the OpenTelemetry specification; `undefined` where traces go nowhere.
 * @param service what the program is called where the environment does not say
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
  // It may hold a password: it is not repeated.
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

import { describe, expect, it } from '@jest/globals';
import { Environment, InvalidConfig } from '../environment.ts';
import { readTracing } from './config.ts';

type Variables = Readonly<Record<string, string>>;

function read(variables: Variables) {
  const env = new Environment(variables);
  return env.checked(readTracing(env, 'tessera'));
}

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

describe('traces', () => {
  it.each<Variables>([
    {},
    { OTEL_SERVICE_NAME: 'tessera', OTEL_TRACES_SAMPLER: 'always_on' },
    { ...ENDPOINT, OTEL_TRACES_EXPORTER: 'none' },
    { ...ENDPOINT, OTEL_SDK_DISABLED: 'true' },
  ])('go nowhere by %j', (variables) => {
    expect(read(variables)).toBeUndefined();
  });

  it.each<Variables>([
    ENDPOINT,
    { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://collector/v1/traces' },
    { OTEL_TRACES_EXPORTER: 'otlp' },
  ])('are recorded by %j', (variables) => {
    expect(read(variables)).toMatchObject({
      service: 'tessera',
      sampler: 'parentbased_always_on',
      delayMs: 5_000,
    });
  });

  it('are sampled and sent as configured', () => {
    const variables = {
      ...ENDPOINT,
      OTEL_SERVICE_NAME: 'sharing',
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
      OTEL_BSP_MAX_QUEUE_SIZE: '100',
    };
    expect(read(variables)).toMatchObject({
      service: 'sharing',
      sampler: 'parentbased_traceidratio',
      ratio: 0.25,
      queued: 100,
      perExport: 100,
    });
  });

  it.each<[Variables, string]>([
    [{ OTEL_TRACES_EXPORTER: 'zipkin' }, 'OTEL_TRACES_EXPORTER'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'grpc://me:secret@collector' }, 'OTEL_EXPORTER_OTLP_ENDPOINT'],
    [{ ...ENDPOINT, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, 'OTEL_EXPORTER_OTLP_PROTOCOL'],
    [{ ...ENDPOINT, OTEL_TRACES_SAMPLER: 'sometimes' }, 'OTEL_TRACES_SAMPLER'],
    [{ ...ENDPOINT, OTEL_TRACES_SAMPLER_ARG: '1.5' }, 'OTEL_TRACES_SAMPLER_ARG'],
    [{ ...ENDPOINT, OTEL_TRACES_SAMPLER_ARG: 'half' }, 'OTEL_TRACES_SAMPLER_ARG'],
    [{ ...ENDPOINT, OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '5000' }, 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE'],
  ])('are refused with %j, and the fault names the setting without a secret', (variables, name) => {
    expect(() => read(variables)).toThrow(InvalidConfig);
    expect(() => read(variables)).toThrow(name);
    expect(() => read(variables)).not.toThrow('secret');
  });
});

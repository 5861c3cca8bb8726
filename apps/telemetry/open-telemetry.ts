import { setTimeout as delay } from 'node:timers/promises';
import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { setGlobalErrorHandler } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Log } from '#subscriptions';
import { traceWith } from '#tracing';
import type { TracingConfig } from './config.ts';
import type { Telemetry } from './index.ts';
import { OtelTracer } from './otel-tracer.ts';
import { samplerOf } from './sampling.ts';

/** How long a stop waits for what was recorded to be taken. */
const STOP_PATIENCE_MS = 3_000;

/** How often it is told, at most, that traces are lost. */
const TOLD_EVERY_MS = 60_000;

/** The SDK, in this thread. It is asked by nobody but our own spans and the clients of the stores. */
export class OpenTelemetry implements Telemetry {
  private constructor(private readonly provider: TracerProvider) {}

  /** @param clients whether calls of the clients of shared stores are recorded; they are not loaded yet */
  static async start(config: TracingConfig, clients: boolean, log: Log): Promise<OpenTelemetry> {
    const { delayMs, queued, perExport, exportTimeoutMs, sendTimeoutMs } = config;
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    setGlobalErrorHandler(teller(log));
    const provider = new TracerProvider({
      resource: defaultResource()
        .merge(resourceFromAttributes({ 'service.name': config.service }))
        .merge(detectResources({ detectors: [envDetector] })),
      sampler: samplerOf(config),
      spanProcessors: [
        new BatchSpanProcessor({
          exporter: new OTLPTraceExporter({ timeoutMillis: sendTimeoutMs }),
          scheduledDelayMillis: delayMs,
          maxQueueSize: queued,
          maxExportBatchSize: perExport,
          exportTimeoutMillis: exportTimeoutMs,
        }),
      ],
    });
    if (clients) (await import('./store-clients.ts')).traceStoreClients(provider);
    traceWith(new OtelTracer(provider.getTracer('tessera')));
    return new OpenTelemetry(provider);
  }

  async stop(): Promise<void> {
    traceWith(undefined);
    const stopped = new AbortController();
    const patience = delay(STOP_PATIENCE_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
    await Promise.race([this.provider.shutdown().catch(() => undefined), patience]);
    stopped.abort();
  }
}

/** Tells that traces are lost; neither where they should have gone nor with what, which may be secrets. */
function teller(log: Log): (error: unknown) => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (error) => {
    const now = performance.now();
    if (now - toldAt < TOLD_EVERY_MS) return;
    toldAt = now;
    const { name, code } = error as { readonly name?: string; readonly code?: string | number };
    log.warn(
      { error: name, code },
      'Traces could not be exported and are lost; nothing else suffers from it',
    );
  };
}

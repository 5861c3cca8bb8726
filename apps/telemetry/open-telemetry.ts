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

/** How long a stop waits for the recorded spans to be exported. */
const STOP_PATIENCE_MS = 3_000;

/** The shortest time between two warnings that traces are lost. */
const WARNING_INTERVAL_MS = 60_000;

/** The SDK of this thread; only our own spans and the clients of the stores use it. */
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

/** Warns that traces are lost, without the endpoint and the headers, which may be secret. */
function teller(log: Log): (error: unknown) => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (error) => {
    const now = performance.now();
    if (now - toldAt < WARNING_INTERVAL_MS) return;
    toldAt = now;
    const { name, code } = error as { readonly name?: string; readonly code?: string | number };
    log.warn(
      { error: name, code },
      'Traces could not be exported and are lost; nothing else suffers from it',
    );
  };
}

import type { TracerProvider } from '@opentelemetry/api';
import { GrpcInstrumentation } from '@opentelemetry/instrumentation-grpc';
import { MongoDBInstrumentation } from '@opentelemetry/instrumentation-mongodb';

/** Instruments the clients of the stores, which must be loaded afterwards. Records methods, never arguments. */
export function traceStoreClients(provider: TracerProvider): void {
  const instrumentations = [
    new GrpcInstrumentation(),
    new MongoDBInstrumentation({ dbStatementSerializer: () => '' }),
  ];
  for (const each of instrumentations) each.setTracerProvider(provider);
}

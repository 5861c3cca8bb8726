import type { TracerProvider } from '@opentelemetry/api';
import { GrpcInstrumentation } from '@opentelemetry/instrumentation-grpc';
import { MongoDBInstrumentation } from '@opentelemetry/instrumentation-mongodb';

/** Records the calls of the stores' clients, which are loaded afterwards: their methods, never what they are about. */
export function traceStoreClients(provider: TracerProvider): void {
  const instrumentations = [
    new GrpcInstrumentation(),
    new MongoDBInstrumentation({ dbStatementSerializer: () => '' }),
  ];
  for (const each of instrumentations) each.setTracerProvider(provider);
}

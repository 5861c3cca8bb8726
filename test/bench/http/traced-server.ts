// The service's own HTTP server, which records a trace of each request, and sends it to a thread that only takes it.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { pino } from 'pino';
import { Environment } from '../../../apps/environment.ts';
import { readTracing, startTelemetry } from '../../../apps/telemetry/index.ts';

const TAKER = `
  const { parentPort } = require('node:worker_threads');
  const taker = require('node:http').createServer((request, response) => request.resume().on('end', () => response.end()));
  taker.listen(0, '127.0.0.1', () => parentPort.postMessage(taker.address().port));
`;

const [port] = await once(new Worker(TAKER, { eval: true }), 'message');
process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${port}`;
const tracing = readTracing(new Environment(process.env), 'bench');
await startTelemetry(tracing, false, pino({ level: 'warn' }, pino.destination(2)));
await import('./tessera-server.ts');

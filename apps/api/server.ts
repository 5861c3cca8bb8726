import 'reflect-metadata';
import type { Readable } from 'node:stream';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type ApiOptions, apiModule } from './app.module.ts';
import { serveDescription } from './openapi/document.ts';
import { RequestCounts } from './operations/metrics.ts';

const BODY_LIMIT = 1024 * 1024;
const STREAMED = ['text/csv', 'application/x-ndjson'];

/** The service's HTTP server over the given ports; it does not listen yet. */
export async function createServer(options: ApiOptions): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: BODY_LIMIT, forceCloseConnections: 'idle' });
  for (const type of STREAMED) {
    adapter
      .getInstance()
      .addContentTypeParser(type, (_request: unknown, body: Readable, done: Done) => done(null, body));
  }
  const app = await NestFactory.create<NestFastifyApplication>(apiModule(options), adapter, {
    logger: ['error', 'warn'],
  });
  serveDescription(app);
  const requests = app.get(RequestCounts);
  adapter.getInstance().addHook('onResponse', ({ method }, { statusCode }, done) => {
    requests.count(method, statusCode);
    done();
  });
  return app;
}

type Done = (error: Error | null, body: Readable) => void;

import 'reflect-metadata';
import type { Readable } from 'node:stream';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { type ApiOptions, apiModule } from './app.module.ts';
import { answerTo } from './http/problem.filter.ts';
import { serveDescription } from './openapi/document.ts';
import { RequestCounts } from './operations/metrics.ts';

const BODY_LIMIT = 1024 * 1024;
const STREAMED = ['text/csv', 'application/x-ndjson'];

/** The service's HTTP server over the given ports; it does not listen yet. */
export async function createServer(options: ApiOptions): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: 'idle',
    frameworkErrors,
  });
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
  const fastify = adapter.getInstance();
  let closing = false;
  fastify.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  fastify.addHook('onResponse', ({ method }, { statusCode }, done) => {
    requests.count(method, statusCode);
    // A connection that was still being answered when the service began to close is idle only now.
    if (closing) fastify.server.closeIdleConnections();
    done();
  });
  return app;
}

/** Answers what Fastify refuses before there is a route to ask, as a URL that cannot be decoded. */
function frameworkErrors(error: Error, _request: unknown, reply: unknown): void {
  const { problem } = answerTo(error);
  const body = JSON.stringify(problem);
  (reply as FastifyReply).status(problem.status).type('application/problem+json').send(body);
}

type Done = (error: Error | null, body: Readable) => void;

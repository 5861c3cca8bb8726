import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type ApiOptions, apiModule } from './app.module.ts';
import { limitLoad } from './http/load-limit.ts';
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
  const fastify = adapter.getInstance();
  limitLoad(fastify);
  takeBodies(fastify);
  const app = await NestFactory.create<NestFastifyApplication>(apiModule(options), adapter, {
    logger: ['error', 'warn'],
    bodyParser: false,
  });
  serveDescription(app);
  const requests = app.get(RequestCounts);
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

/** JSON, of which nothing at all is no body; and files, which whoever takes them reads as they come. */
function takeBodies(fastify: FastifyInstance): void {
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else parseJson(request, body as string, done);
  });
  fastify.addContentTypeParser(STREAMED, (_request, body, done) => done(null, body));
}

/** Answers what Fastify refuses before there is a route to ask, as a URL that cannot be decoded. */
function frameworkErrors(error: Error, _request: unknown, reply: unknown): void {
  const { problem } = answerTo(error);
  const body = JSON.stringify(problem);
  (reply as FastifyReply).status(problem.status).type('application/problem+json').send(body);
}

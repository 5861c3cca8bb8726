import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type ApiOptions, apiModule, controllersFor } from './app.module.ts';
import { FailureLimit } from './auth/failure-limit.ts';
import { Guard } from './auth/guard.ts';
import { takeBodies } from './http/bodies.ts';
import { closeInTime } from './http/closing.ts';
import { limitLoad } from './http/load-limit.ts';
import { refuseUnknownMethods } from './http/methods.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { serveRoutes } from './http/routes.ts';
import { checkRequests, transport } from './http/transport.ts';
import { serveDescription } from './openapi/document.ts';
import { RequestCounts } from './operations/metrics.ts';

/** The service's HTTP server over the given ports; it does not listen yet. */
export async function createServer(options: ApiOptions): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter(transport);
  const fastify = adapter.getInstance();
  closeInTime(fastify);
  limitLoad(fastify);
  checkRequests(fastify);
  refuseUnknownMethods(fastify);
  takeBodies(fastify);
  const app = await NestFactory.create<NestFastifyApplication>(apiModule(options), adapter, {
    logger: ['error', 'warn'],
    bodyParser: false,
  });
  serveRoutes(app, controllersFor(options), {
    guard: new Guard(options.verifier, new FailureLimit(), options.log),
    problems: new ProblemFilter(options.log),
  });
  serveDescription(app);
  const requests = app.get(RequestCounts);
  fastify.addHook('onResponse', ({ method }, { statusCode }, done) => {
    requests.count(method, statusCode);
    done();
  });
  return app;
}

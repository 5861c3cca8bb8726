import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import Fastify, { type FastifyInstance } from 'fastify';
import { type ApiOptions, apiModule, controllersFor } from './app.module.ts';
import { AccountLimit } from './auth/account-limit.ts';
import { FailureLimit } from './auth/failure-limit.ts';
import { Guard } from './auth/guard.ts';
import { serveConsole, serveNoConsole } from './console/console.ts';
import { JSON_READER, jsonReader, takeBodies } from './http/bodies.ts';
import { closeInTime } from './http/closing.ts';
import { Load, limitLoad } from './http/load-limit.ts';
import { refuseUnknownMethods } from './http/methods.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { serveRoutes } from './http/routes.ts';
import { traceRequests } from './http/tracing.ts';
import { checkRequests, transport } from './http/transport.ts';
import { serveDescriptions } from './openapi/pages.ts';

/** The service's HTTP server over the given ports; it does not listen yet. */
export async function createServer(options: ApiOptions): Promise<NestFastifyApplication> {
  const fastify = Fastify(transport);
  const adapter = adapterOf(fastify);
  closeInTime(fastify);
  const load = new Load(options.requestsUnderWay);
  limitLoad(fastify, load);
  checkRequests(fastify);
  refuseUnknownMethods(fastify);
  const readJson = jsonReader(fastify);
  takeBodies(fastify, readJson);
  const accounts = new AccountLimit(options.rateLimit);
  const failures = new FailureLimit();
  const { sessions } = options.signIn ?? {};
  const guard = new Guard(options.verifier, failures, accounts, options.log, sessions);
  const problems = new ProblemFilter(options.log);
  const means = [
    { provide: Guard, useValue: guard },
    { provide: FailureLimit, useValue: failures },
    { provide: ProblemFilter, useValue: problems },
    { provide: Load, useValue: load },
    { provide: JSON_READER, useValue: readJson },
  ];
  const app = await NestFactory.create<NestFastifyApplication>(apiModule(options, means), adapter, {
    logger: ['error', 'warn'],
    bodyParser: false,
  });
  serveRoutes(app, controllersFor(options), { guard, problems });
  traceRequests(fastify);
  if (options.nats) app.connectMicroservice({ strategy: options.nats.transport });
  serveDescriptions(fastify);
  if (options.development || options.signIn) serveConsole(fastify);
  else serveNoConsole(fastify);
  fastify.addHook('onSend', ({ method }, { statusCode }, _payload, done) => {
    options.metrics.request(method, statusCode);
    done();
  });
  return app;
}

/**
 * Nest's adapter without hooks of its own. They are for what is not used here (cross-origin requests, security headers,
 * versions of routes, hooks of Nest), and each would be run for every request; targets that are no paths, which one of
 * them passes over, are refused by `checkRequests`.
 */
function adapterOf(fastify: FastifyInstance): FastifyAdapter {
  const { addHook } = fastify;
  fastify.addHook = () => fastify;
  try {
    return new FastifyAdapter(fastify as never);
  } finally {
    fastify.addHook = addHook;
  }
}

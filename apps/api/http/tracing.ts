import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isTracing, type OpenSpan, openSpan, readTraceparent } from '#tracing';

/** Polled by monitors every few seconds. */
const UNTRACED = /^\/(?:health\/|metrics$)/;

/**
 * A span for each request, by the name of its route: it continues the caller's trace, and all that is done
 * for the request belongs to it. Where nothing is traced the routes are as they were.
 * @param fastify whose routes are not declared yet, or only those that come after other handlers
 */
export function traceRequests(fastify: FastifyInstance): void {
  if (!isTracing()) return;
  const spans = new WeakMap<FastifyRequest, OpenSpan>();
  fastify.addHook('onRequest', (request, reply, done) => {
    const { method, routeOptions, headers } = request;
    const route = routeOptions.url;
    if (route === undefined || !UNTRACED.test(route)) {
      const parent = readTraceparent(headers.traceparent);
      const span = openSpan({
        name: route === undefined ? method : `${method} ${route}`,
        kind: 'server',
        attributes: { 'http.request.method': method, ...(route !== undefined && { 'http.route': route }) },
        ...(parent !== undefined && { follows: () => [parent] }),
      });
      spans.set(request, span);
      // Also where the caller has gone.
      reply.raw.once('close', () => {
        span.describe({ 'http.response.status_code': reply.raw.statusCode });
        span.end(reply.raw.statusCode >= 500 ? new ServerError() : undefined);
      });
    }
    done();
  });
  fastify.addHook('onRoute', (route) => {
    const { handler } = route;
    route.handler = function (request, reply) {
      const answer = () => handler.call(this, request, reply);
      const span = spans.get(request);
      return span === undefined ? answer() : span.run(answer);
    };
  });
}

class ServerError extends Error {
  override readonly name = 'ServerError';
}

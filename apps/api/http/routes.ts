import { HttpStatus, RequestMethod, type Type } from '@nestjs/common';
import {
  EXCEPTION_FILTERS_METADATA,
  GUARDS_METADATA,
  HEADERS_METADATA,
  HTTP_CODE_METADATA,
  INTERCEPTORS_METADATA,
  METHOD_METADATA,
  PATH_METADATA,
  PIPES_METADATA,
  REDIRECT_METADATA,
  RENDER_METADATA,
  ROUTE_ARGS_METADATA,
  RouteParamtypes,
  SSE_METADATA,
} from '@nestjs/common/internal';
import { MetadataScanner } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { validate as isUuid } from 'uuid';
import type { Actor } from '#domain/kernel';
import { type Access, accessTo, type Guard } from '../auth/guard.ts';
import { dryRunAnswer, dryRunOf, sendsCommand } from './dry-run.ts';
import { type Exchange, exchange } from './exchange.ts';
import type { ProblemFilter } from './problem.filter.ts';
import { checkQuery, takesParameters } from './query.ts';

/** Decorators of Nest that are not supported here; a route with one would be served without it. */
const NOT_SERVED = [
  EXCEPTION_FILTERS_METADATA,
  GUARDS_METADATA,
  INTERCEPTORS_METADATA,
  PIPES_METADATA,
  REDIRECT_METADATA,
  RENDER_METADATA,
  SSE_METADATA,
];

type Method = (...args: readonly unknown[]) => unknown;

/** A route as its controller declares it. */
interface Route {
  readonly access: Access;
  readonly takesParameters: boolean;
  /** Whether it can be asked what it would do. */
  readonly sendsCommand: boolean;
  readonly status: number;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** The names of the path's parameters. */
  readonly names: readonly string[];
  readonly answer: (http: Exchange) => unknown;
}

export interface RouteDependencies {
  readonly guard: Guard;
  readonly problems: ProblemFilter;
}

/**
 * Serves each route of the controllers by one handler made from what its decorators declare. Nest registers the routes,
 * but what it runs around each of them (guards, pipes and interceptors, found anew and awaited one by one) costs as
 * much as a sixth of a command. To be called before the application is initialised.
 * @throws Error a route declares what is not supported; once it starts to listen, Nest has registered another
 */
export function serveRoutes(
  app: NestFastifyApplication,
  controllers: readonly Type[],
  dependencies: RouteDependencies,
): void {
  const handlers = new Map<string, RouteHandlerMethod>();
  const send = (reply: FastifyReply, body: unknown) => app.getHttpAdapter().reply(reply, body);
  for (const controller of controllers) {
    const instance = app.get<Record<string, Method>>(controller, { strict: false });
    for (const name of new MetadataScanner().getAllMethodNames(controller.prototype)) {
      const method = instance[name] as Method;
      const verb = RequestMethod[Reflect.getMetadata(METHOD_METADATA, method) as RequestMethod];
      if (verb === undefined) continue;
      const path = pathOf(controller, method);
      handlers.set(
        `${verb} ${path}`,
        handlerOf(routeOf(controller, instance, name, path), dependencies, send),
      );
    }
  }
  const unserved = new Set(handlers.keys());
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRoute', (route) => {
    // Fastify serves each GET for HEAD, too.
    const key = `${route.method === 'HEAD' ? 'GET' : route.method} ${route.url}`;
    const handler = handlers.get(key);
    if (handler === undefined) return;
    route.handler = handler;
    unserved.delete(key);
  });
  // Nest's own handler of a route would not authenticate its callers.
  fastify.addHook('onReady', async () => {
    if (unserved.size > 0) throw new Error(`Not served as declared: ${[...unserved].join(', ')}.`);
  });
}

function pathOf(controller: Type, method: Method): string {
  const parts = [controller, method].map((target) => Reflect.getMetadata(PATH_METADATA, target) as string);
  return `/${parts
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .join('/')}`;
}

function routeOf(controller: Type, instance: Record<string, Method>, name: string, path: string): Route {
  const method = instance[name] as Method;
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name as string);
  for (const declared of NOT_SERVED) {
    if ([controller, method].some((target) => Reflect.hasMetadata(declared, target))) {
      throw new Error(`${controller.name}.${name} declares ${declared}, which is not served.`);
    }
  }
  const verb = Reflect.getMetadata(METHOD_METADATA, method) as RequestMethod;
  const usual = verb === RequestMethod.POST ? HttpStatus.CREATED : HttpStatus.OK;
  const sources = argumentsOf(controller, name);
  return {
    access: accessTo(controller, method),
    takesParameters: takesParameters(controller, method),
    sendsCommand: sendsCommand(method),
    status: (Reflect.getMetadata(HTTP_CODE_METADATA, method) as number | undefined) ?? usual,
    headers: (Reflect.getMetadata(HEADERS_METADATA, method) as Route['headers'] | undefined) ?? [],
    names,
    answer: (http) =>
      method.apply(
        instance,
        sources.map((source) => source(http)),
      ),
  };
}

interface DeclaredArgument {
  readonly index: number;
  readonly data?: unknown;
  readonly pipes: readonly unknown[];
  readonly factory?: unknown;
}

/** Where each argument of a route's method comes from, in their order: the exchange, or a parameter of the path. */
function argumentsOf(controller: Type, name: string): ((http: Exchange) => unknown)[] {
  const declared = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Readonly<
    Record<string, DeclaredArgument>
  >;
  return Object.entries(declared)
    .sort(([, one], [, other]) => one.index - other.index)
    .map(([kind, { data, pipes, factory }]) => {
      if (factory === exchange && pipes.length === 0) return (http: Exchange) => http;
      if (
        Number.parseInt(kind, 10) !== RouteParamtypes.PARAM ||
        typeof data !== 'string' ||
        pipes.length > 0
      ) {
        throw new Error(
          `${controller.name}.${name} has an argument that is neither @Http() nor @Param(name).`,
        );
      }
      return ({ request }: Exchange) => (request.params as Readonly<Record<string, string>>)[data];
    });
}

function handlerOf(
  { access, takesParameters, sendsCommand, status, headers, names, answer }: Route,
  { guard, problems }: RouteDependencies,
  send: (reply: FastifyReply, body: unknown) => unknown,
): RouteHandlerMethod {
  const run = (request: FastifyRequest, reply: FastifyReply, caller: Actor | undefined) => {
    if (!access.open) checkQuery(request, takesParameters || sendsCommand);
    reply.status(status);
    for (const { name, value } of headers) reply.header(name, value);
    const http: Exchange = { request, reply, caller: caller as Actor };
    if (!sendsCommand) return answer(http);
    http.dryRun = dryRunOf(request);
    return written(http, answer(http) as Promise<object>);
  };
  const written = async (http: Exchange, answer: Promise<object>) => {
    const body = await answer;
    return http.dryRun ? dryRunAnswer(http.dryRun, http.reply, body) : body;
  };
  const answered = (reply: FastifyReply, body: unknown) => {
    try {
      send(reply, body);
    } catch (error) {
      problems.answer(reply, error);
    }
  };
  return (request, reply) => {
    if (names.length > 0 && !takeNames(request, names)) {
      reply.callNotFound();
      return;
    }
    try {
      const caller = access.open
        ? undefined
        : guard.admit(request, access, (allowance) => reply.headers(allowance));
      const answer = isPromise(caller)
        ? caller.then((caller) => run(request, reply, caller))
        : run(request, reply, caller);
      if (isPromise(answer)) {
        answer.then(
          (body) => answered(reply, body),
          (error: unknown) => problems.answer(reply, error),
        );
      } else {
        answered(reply, answer);
      }
    } catch (error) {
      problems.answer(reply, error);
    }
  };
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as Partial<Promise<unknown>> | undefined)?.then === 'function';
}

/**
 * UUIDs in paths are accepted in any case, and made lower case.
 * @returns whether each name has a value
 */
function takeNames({ params }: FastifyRequest, names: readonly string[]): boolean {
  const values = params as Record<string, string>;
  for (const name of names) {
    const value = values[name];
    if (!value) return false;
    if (isUuid(value)) values[name] = value.toLowerCase();
  }
  return true;
}

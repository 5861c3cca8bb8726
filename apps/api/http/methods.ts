import type { FastifyInstance } from 'fastify';
import { checkEach } from './checks.ts';
import { HttpProblem } from './problem.ts';

/**
 * Answers 405 with the methods there are, where a path is known and the method is not: without it both are 404.
 * Must be called before any route is declared.
 */
export function refuseUnknownMethods(fastify: FastifyInstance): void {
  const methods = new Map<string, Set<string>>();
  fastify.addHook('onRoute', ({ url, method }) => {
    const known = methods.get(url) ?? new Set<string>();
    for (const name of [method].flat()) known.add(name);
    methods.set(url, known);
  });
  checkEach(fastify, (request, reply) => {
    const allowed = request.is404 ? methodsAt(request.url, methods) : [];
    if (allowed.length === 0) return undefined;
    reply.header('allow', allowed.join(', '));
    const detail = `${request.method} is not allowed here; use ${allowed.join(', ')}.`;
    return new HttpProblem(405, 'method-not-allowed', detail);
  });
}

function methodsAt(url: string, methods: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const path = (url.split('?', 1)[0] as string).split('/');
  const found = [...methods].flatMap(([route, names]) => (leads(route.split('/'), path) ? [...names] : []));
  return [...new Set(found)].sort();
}

/** Whether a route's segments, of which `:name` stands for any and `*` for any rest, are those of a path. */
function leads(route: readonly string[], path: readonly string[]): boolean {
  if (route.at(-1) !== '*' && route.length !== path.length) return false;
  return route.every(
    (part, index) => part === '*' || part === path[index] || (part[0] === ':' && path[index]),
  );
}

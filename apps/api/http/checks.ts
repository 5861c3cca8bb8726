import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from './problem.filter.ts';
import type { HttpProblem } from './problem.ts';

/** Returns why a request is refused, before its body is read; it may set headers of the answer. */
export type Check = (request: FastifyRequest, reply: FastifyReply) => HttpProblem | undefined;

const checksOf = new WeakMap<FastifyInstance, Check[]>();

/** Has every request checked, after the checks added before: all in one hook, since Fastify continues after each. */
export function checkEach(fastify: FastifyInstance, check: Check): void {
  const known = checksOf.get(fastify);
  if (known !== undefined) {
    known.push(check);
    return;
  }
  const checks = [check];
  checksOf.set(fastify, checks);
  fastify.addHook('onRequest', (request, reply, done) => {
    for (const check of checks) {
      const refusal = check(request, reply);
      if (refusal !== undefined) {
        sendProblem(reply, refusal);
        return;
      }
    }
    done();
  });
}

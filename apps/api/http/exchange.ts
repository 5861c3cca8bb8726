import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '#domain/kernel';
import type { SignedIn } from '../auth/caller.ts';

/** One request of a known caller, and the reply it will get. */
export interface Exchange {
  readonly request: SignedIn;
  readonly reply: FastifyReply;
  readonly caller: Actor;
}

/** Hands a route the exchange; its body and headers are read, and the reply's headers set, through it. */
export const Http = createParamDecorator((_: unknown, context: ExecutionContext): Exchange => {
  const http = context.switchToHttp();
  const request = http.getRequest<SignedIn>();
  return { request, reply: http.getResponse<FastifyReply>(), caller: request.caller };
});

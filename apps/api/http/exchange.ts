import { createParamDecorator } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '#domain/kernel';
import type { DryRun } from './dry-run.ts';

/** One request of a known caller, and the reply it will get. */
export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly caller: Actor;
  /** Present for a dry run. */
  dryRun?: DryRun;
}

/** Marks the parameter of a route that `serveRoutes` passes the exchange in. */
export function exchange(): never {
  throw new Error('Only serveRoutes passes routes their exchange.');
}

/** Passes the exchange to a route; its body and headers are read, and the reply's headers set, through it. */
export const Http = createParamDecorator(exchange);

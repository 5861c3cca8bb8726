import { createParamDecorator } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '#domain/kernel';
import type { DryRun } from './dry-run.ts';

/** One request of a known caller, and the reply it will get. */
export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly caller: Actor;
  /** There where a write is only asked what it would do. */
  dryRun?: DryRun;
}

/** Stands for the exchange where a route declares what it is given; `serveRoutes` puts it there. */
export function exchange(): never {
  throw new Error('Only serveRoutes hands routes their exchange.');
}

/** Hands a route the exchange; its body and headers are read, and the reply's headers set, through it. */
export const Http = createParamDecorator(exchange);

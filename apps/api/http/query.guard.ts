import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { PUBLIC } from '../auth/caller.ts';
import { invalidQuery, unknownParameter } from './list-request.ts';

const TAKES_PARAMETERS = 'tessera:takes-parameters';

/** A route that reads its query itself. */
export const TakesParameters = () => SetMetadata(TAKES_PARAMETERS, true);

/**
 * Refuses queries that would go unread: whoever adds a parameter to a request means something by it, and nobody is
 * served as if they had not. Open routes are asked by probes, which add what they like.
 */
@Injectable()
export class QueryGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const start = request.url.indexOf('?');
    if (start < 0 || this.is(PUBLIC, context)) return true;
    requireDecodable(request.url.slice(start + 1));
    const names = Object.keys(request.query as object);
    if (names.length > 0 && !this.is(TAKES_PARAMETERS, context)) {
      throw invalidQuery(names.map(unknownParameter));
    }
    return true;
  }

  private is(declared: string, context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    return this.reflector.getAllAndOverride<boolean>(declared, targets) === true;
  }
}

/** What cannot be decoded would be read as some other text. */
function requireDecodable(query: string): void {
  try {
    decodeURIComponent(query);
  } catch {
    const detail = 'The query must be text in UTF-8, percent-encoded.';
    throw invalidQuery([{ pointer: '', code: 'not-utf-8', detail }]);
  }
}

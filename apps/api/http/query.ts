import { SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { invalidQuery, unknownParameter } from './list-request.ts';

const TAKES_PARAMETERS = 'tessera:takes-parameters';

/** A route that reads its query itself. */
export const TakesParameters = () => SetMetadata(TAKES_PARAMETERS, true);

type Declaring = Parameters<Reflector['getAllAndOverride']>[1];

/** Whether the method of a controller declares so, or else the controller. */
export function takesParameters(controller: Declaring[number], method: Declaring[number]): boolean {
  return new Reflector().getAllAndOverride<boolean>(TAKES_PARAMETERS, [method, controller]) === true;
}

/**
 * Refuses queries on routes without parameters, rather than ignore what the caller meant by them.
 * @throws HttpProblem 400
 */
export function checkQuery(request: FastifyRequest, takesParameters: boolean): void {
  const start = request.url.indexOf('?');
  if (start < 0) return;
  requireDecodable(request.url.slice(start + 1));
  const names = Object.keys(request.query as object);
  if (names.length > 0 && !takesParameters) throw invalidQuery(names.map(unknownParameter));
}

/** Text that cannot be decoded would be misread. */
function requireDecodable(query: string): void {
  try {
    decodeURIComponent(query);
  } catch {
    const detail = 'The query must be text in UTF-8, percent-encoded.';
    throw invalidQuery([{ pointer: '', code: 'not-utf-8', detail }]);
  }
}

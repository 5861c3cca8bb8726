import { SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Role } from '#domain/kernel';

const BEARER = /^Bearer +(\S+) *$/i;

/** What the request shows of its caller; `undefined` when it is nothing, or not of that kind. */
export function bearerToken({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  return BEARER.exec(headers.authorization ?? '')?.[1];
}

export const PUBLIC = 'tessera:public';

/** A route that asks for no token. */
export const Public = () => SetMetadata(PUBLIC, true);

export const ROLES = 'tessera:roles';

/** A read that asks for one of these roles; commands ask for theirs themselves. */
export const ForRoles = (...roles: readonly Role[]) => SetMetadata(ROLES, roles);

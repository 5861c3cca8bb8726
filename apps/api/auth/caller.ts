import { SetMetadata } from '@nestjs/common';
import type { Role } from '#domain/kernel';
import type { Provenance } from './same-origin.ts';

const BEARER = /^Bearer +(\S+) *$/i;

/** The parts of a request that identify its caller, over HTTP or NATS. */
export interface CallerRequest {
  readonly headers: Provenance & {
    readonly authorization?: string | undefined;
    /** The session cookie is used where there is no token. */
    readonly cookie?: string | undefined;
    readonly 'tessera-session'?: string | readonly string[] | undefined;
  };
  /** Over HTTP. */
  readonly method?: string;
  /** Failed tokens are limited by address. */
  readonly ip: string;
  /** The last token of each connection is cached. */
  readonly raw: { readonly socket: object };
}

/** The bearer token; `undefined` when there is none. */
export function bearerToken({ headers }: Pick<CallerRequest, 'headers'>): string | undefined {
  return BEARER.exec(headers.authorization ?? '')?.[1];
}

export const PUBLIC = 'tessera:public';

/** A route without authentication. */
export const Public = () => SetMetadata(PUBLIC, true);

export const ROLES = 'tessera:roles';

/** A read that requires one of these roles; commands check roles themselves. */
export const ForRoles = (...roles: readonly Role[]) => SetMetadata(ROLES, roles);

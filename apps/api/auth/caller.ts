import { SetMetadata } from '@nestjs/common';
import type { Role } from '#domain/kernel';
import type { Provenance } from './same-origin.ts';

const BEARER = /^Bearer +(\S+) *$/i;

/** What a request shows of who asks, whichever way it came: a request over HTTP is one as it is. */
export interface Asking {
  readonly headers: Provenance & {
    readonly authorization?: string | undefined;
    /** That of a session is taken where there is no token. */
    readonly cookie?: string | undefined;
    readonly 'tessera-session'?: string | readonly string[] | undefined;
  };
  /** Of one over HTTP. */
  readonly method?: string;
  /** Where it came from: whoever sends too many bad tokens is slowed down by it. */
  readonly ip: string;
  /** Whose last token is known without ado. */
  readonly raw: { readonly socket: object };
}

/** What the request shows of its caller; `undefined` when it is nothing, or not of that kind. */
export function bearerToken({ headers }: Pick<Asking, 'headers'>): string | undefined {
  return BEARER.exec(headers.authorization ?? '')?.[1];
}

export const PUBLIC = 'tessera:public';

/** A route that asks for no token. */
export const Public = () => SetMetadata(PUBLIC, true);

export const ROLES = 'tessera:roles';

/** A read that asks for one of these roles; commands ask for theirs themselves. */
export const ForRoles = (...roles: readonly Role[]) => SetMetadata(ROLES, roles);

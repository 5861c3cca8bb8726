import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Actor } from '#domain/kernel';
import { HttpProblem } from '../http/problem.ts';
import type { CallerRequest } from './caller.ts';
import { requireSameOrigin } from './same-origin.ts';
import { MOST_SEALED, SealedCookie } from './sealed-cookie.ts';

const OPENED = 1_000;
const ENDED = 10_000;

/** A console session, as its cookie holds it. */
export interface Session {
  /** The same for as long as it is renewed. */
  readonly id: string;
  readonly actor: Actor;
  /** The end of the access token that it replaces. Milliseconds since the epoch. */
  readonly until: number;
  /** What it is renewed with, where the issuer gives one. */
  readonly refreshToken?: string;
  /** Identifies the person to the issuer at sign-out. */
  readonly idToken?: string;
}

/** The header in which a page names whom it shows: no other site can send it, and no page of someone signed out. */
const PERSON = 'tessera-session';

/**
 * The sessions of the console, each kept by the browser itself in a cookie that any service with the same secret reads.
 */
export class Sessions {
  private readonly cookie: SealedCookie<Session>;
  /** Opened cookies by their sealed text: opening one costs more than the rest of a read. */
  private readonly opened = new LRUCache<string, Session>({ max: OPENED });
  private readonly ended = new LRUCache<string, true>({ max: ENDED });

  /**
   * @param key of 32 bytes
   * @param origin of the service, as browsers find it
   * @param now milliseconds since the epoch
   */
  constructor(
    key: Uint8Array,
    private readonly origin: string,
    private readonly now: () => number = Date.now,
  ) {
    const secure = origin.startsWith('https:');
    this.cookie = new SealedCookie('tessera-session', { key, secure, sameSite: 'Strict' });
  }

  /**
   * Whom a request's session speaks for; `undefined` without one.
   * @throws HttpProblem 401 `invalid-session`, `session-expired`, `other-session`; 403 `cross-site`, `session-header-missing`
   */
  async callerOf(request: Pick<CallerRequest, 'headers' | 'method'>): Promise<Actor | undefined> {
    const session = await this.in(request);
    if (session === undefined) return undefined;
    const { method = 'GET', headers } = request;
    const person = headers[PERSON];
    if (person === undefined && method !== 'GET' && method !== 'HEAD') throw headerMissing();
    if (person !== undefined && person !== personOf(session)) {
      const detail = 'Somebody else has signed in in this browser in the meantime.';
      throw new HttpProblem(401, 'other-session', detail);
    }
    if (!this.isLive(session)) throw over();
    return session.actor;
  }

  /**
   * The session that a request carries, which may want to be renewed; `undefined` without one.
   * @throws HttpProblem 401 `invalid-session`, `session-expired`; 403 `cross-site`
   */
  async in({ headers }: Pick<CallerRequest, 'headers'>): Promise<Session | undefined> {
    const sealed = this.cookie.in(headers.cookie);
    if (sealed === undefined) return undefined;
    requireSameOrigin(headers, this.origin);
    const session = this.opened.get(sealed) ?? (await this.cookie.open(sealed));
    if (session === undefined) {
      throw new HttpProblem(401, 'invalid-session', 'The cookie is not a session of this service.');
    }
    if (this.ended.has(session.id)) throw over();
    this.opened.set(sealed, session);
    return session;
  }

  /**
   * The same, for a request that changes what session there is.
   * @throws HttpProblem the same, and 403 `session-header-missing`
   */
  async changedBy(request: Pick<CallerRequest, 'headers'>): Promise<Session | undefined> {
    const session = await this.in(request);
    if (session !== undefined && request.headers[PERSON] === undefined) throw headerMissing();
    return session;
  }

  /** Whether it speaks for anyone before it is renewed. */
  isLive({ until }: Session): boolean {
    return this.now() < until;
  }

  /** This process rejects the session from now on, whichever copy of its cookie is sent. */
  end({ id }: Session): void {
    this.ended.set(id, true);
  }

  /**
   * The `Set-Cookie` that keeps it. Of tokens that are too long for a cookie it keeps none: it is then not renewed, or
   * the issuer asks whom to sign out.
   */
  async setCookie(session: Session): Promise<string> {
    const { idToken, ...renewable } = session;
    const { refreshToken, ...bare } = renewable;
    for (const content of [session, renewable, bare]) {
      const sealed = await this.cookie.seal(content);
      if (sealed.length <= MOST_SEALED) return this.cookie.setCookie(sealed);
    }
    throw new Error('The roles of a session are too many for a cookie.');
  }

  /** The `Set-Cookie` that removes it. */
  removed(): string {
    return this.cookie.removed();
  }
}

/** Names whom a session is of, the same at each of their sessions, without telling it. */
export function personOf({ actor: { account, user } }: Session): string {
  return hash('sha256', JSON.stringify([account, user]), 'base64url').slice(0, 22);
}

/** The session must be renewed, or the person must sign in again. */
export function over(): HttpProblem {
  return new HttpProblem(401, 'session-expired', 'The session has ended. Sign in again.');
}

function headerMissing(): HttpProblem {
  const detail = 'A write with a session must name the session, in the header Tessera-Session.';
  return new HttpProblem(403, 'session-header-missing', detail);
}

import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Session } from '../auth/sessions.ts';
import type { SignInProvider } from './provider.ts';

const RENEWALS = 1_000;
/** For how long requests to renew the same session get the same result. Milliseconds. */
const SHARED = 30_000;

/**
 * Renews each session once, however many tabs ask at the same time: issuers regard a refresh token that is used twice as
 * stolen, and revoke all its tokens.
 */
export class Renewals {
  private readonly made = new LRUCache<string, Promise<Session>>({ max: RENEWALS, ttl: SHARED });

  constructor(private readonly provider: Pick<SignInProvider, 'renew'>) {}

  /** @throws what `SignInProvider.renew` throws */
  renew(session: Session & { readonly refreshToken: string }): Promise<Session> {
    const key = hash('sha256', session.refreshToken, 'base64url');
    const made = this.made.get(key) ?? this.provider.renew(session);
    this.made.set(key, made, { noUpdateTTL: true });
    // One that failed may be tried again: the issuer may not have been asked at all.
    made.catch(() => this.made.delete(key));
    return made;
  }
}

import { hash } from 'node:crypto';
import { createRemoteJWKSet, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Actor, Role } from '#domain/kernel';
import type { Authentication } from '../config.ts';

const ROLES: readonly Role[] = ['technician', 'manager', 'administrator', 'auditor', 'operator', 'service'];

/** Whether a token may name it. */
export function isRole(value: unknown): value is Role {
  return ROLES.includes(value as Role);
}

/** A verified token is taken on trust for no longer than this, so that rotated keys and new roles bite. */
const TRUST_MS = 60_000;
const TRUSTED_TOKENS = 10_000;

/** How far clocks may differ. */
const TOLERANCE_SECONDS = 5;

/** The token is not one of ours, has expired, or does not say who asks. */
export class InvalidToken extends Error {
  override readonly name = 'InvalidToken';
}

/** Tells who a bearer token speaks for. */
export interface TokenVerifier {
  /** @throws InvalidToken */
  verify(token: string): Promise<Actor>;
}

interface Trusted {
  readonly actor: Actor;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

type VerifyPayload = (token: string) => Promise<JWTPayload>;

/**
 * Verifies tokens once and remembers the verdict by a hash of the token: the signature costs more than a whole
 * command otherwise.
 */
export class CachedTokenVerifier implements TokenVerifier {
  private readonly trusted = new LRUCache<string, Trusted>({ max: TRUSTED_TOKENS });

  /** @param now milliseconds since the epoch */
  constructor(
    private readonly verifyPayload: VerifyPayload,
    private readonly now: () => number = Date.now,
  ) {}

  async verify(token: string): Promise<Actor> {
    const key = hash('sha256', token, 'base64url');
    const known = this.trusted.get(key);
    if (known !== undefined && this.now() < known.until) return known.actor;
    const payload = await this.verifyPayload(token).catch((error: Error) => {
      throw new InvalidToken(error.message);
    });
    const actor = actorOf(payload);
    this.trusted.set(key, { actor, until: Math.min(this.now() + TRUST_MS, (payload.exp as number) * 1000) });
    return actor;
  }
}

function actorOf({ sub, account, roles }: JWTPayload): Actor {
  if (typeof sub !== 'string' || sub === '') throw new InvalidToken('The token has no subject.');
  if (!Array.isArray(roles) || roles.length === 0 || !roles.every(isRole)) {
    throw new InvalidToken(`The token's roles must be some of ${ROLES.join(', ')}.`);
  }
  if (account !== undefined && typeof account !== 'string')
    throw new InvalidToken('The account of the token must be a string.');
  return { user: sub, account: account ?? '', roles };
}

/**
 * The verifier of a deployment: by our own development key, or by an OpenID Connect issuer's keys.
 * @param development what signs tokens where callers need not be real
 */
export async function tokenVerifier(
  authentication: Authentication,
  development: DevelopmentTokens | undefined,
): Promise<TokenVerifier> {
  if (authentication.mode === 'oidc') return oidcVerifier(authentication);
  if (development === undefined) throw new Error('Development sign-in needs the key that signs its tokens.');
  return new CachedTokenVerifier((token) => development.verify(token));
}

async function oidcVerifier({ issuer, audience }: Extract<Authentication, { mode: 'oidc' }>) {
  const keys = createRemoteJWKSet(await discoverKeys(issuer));
  const options = { issuer, audience, requiredClaims: ['exp', 'sub'], clockTolerance: TOLERANCE_SECONDS };
  return new CachedTokenVerifier(async (token) => (await jwtVerify(token, keys, options)).payload);
}

async function discoverKeys(issuer: string): Promise<URL> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok)
    throw new Error(`The OpenID configuration of ${issuer} could not be fetched: status ${response.status}.`);
  const discovered = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (discovered.issuer !== issuer || typeof discovered.jwks_uri !== 'string') {
    throw new Error(
      `The OpenID configuration of ${issuer} is not valid: it needs that issuer and a jwks_uri.`,
    );
  }
  return new URL(discovered.jwks_uri);
}

const DEVELOPMENT_ISSUER = 'tessera:development';

/** Tokens for trying the service on one's own machine, signed with a key of its own. */
export class DevelopmentTokens {
  constructor(private readonly key: Uint8Array) {}

  /** A token for twelve hours. */
  sign(actor: Actor): Promise<string> {
    return new SignJWT({ account: actor.account, roles: [...actor.roles] })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(DEVELOPMENT_ISSUER)
      .setSubject(actor.user)
      .setIssuedAt()
      .setExpirationTime('12h')
      .sign(this.key);
  }

  async verify(token: string): Promise<JWTPayload> {
    const options = { issuer: DEVELOPMENT_ISSUER, requiredClaims: ['exp', 'sub'], algorithms: ['HS256'] };
    return (await jwtVerify(token, this.key, options)).payload;
  }
}

import { hash } from 'node:crypto';
import { type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Actor } from '#domain/kernel';
import type { Log } from '#subscriptions';
import type { Authentication } from '../config.ts';
import { actorOf, type ClaimNames, OUR_CLAIMS } from './claims.ts';
import { whyInvalid } from './invalid-token.ts';
import { IssuerKeys, IssuerUnavailable } from './issuer-keys.ts';

/** For how long a verified token is cached: then rotated keys and new roles take effect. */
const TRUST_MS = 60_000;
const TRUSTED_TOKENS = 10_000;

/** How far clocks may differ. */
const TOLERANCE_SECONDS = 5;

/** Asymmetric ones only: discovery never publishes a shared secret. */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512'],
  ...['PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** Verifies bearer tokens. */
export interface TokenVerifier {
  /**
   * The actor of the token, who may have no role of this service.
   * @throws InvalidToken
   * @throws IssuerUnavailable it cannot be verified now
   */
  verify(token: string): Promise<Actor>;
  /**
   * The same, if it was verified not long ago.
   * @param connection that the token came over; the last token of each is cached
   */
  cached(token: string, connection: object): Actor | undefined;
  /** @throws IssuerUnavailable no token can be verified now */
  checkReady(): Promise<void>;
  close(): void;
}

interface Trusted {
  readonly actor: Actor;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

interface VerifierOptions {
  readonly claims?: ClaimNames;
  /** Of the issuer, where it is not this service itself. */
  readonly keys?: IssuerKeys;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

type VerifyPayload = (token: string) => Promise<JWTPayload>;

/**
 * Verifies tokens once and caches the result by a hash of the token: verifying a signature costs more than a whole
 * command.
 */
export class CachedTokenVerifier implements TokenVerifier {
  private readonly trusted = new LRUCache<string, Trusted>({ max: TRUSTED_TOKENS });
  /** The last token of each connection: hashing a token costs as much as routing its request. */
  private readonly last = new WeakMap<object, { readonly token: string; readonly trusted: Trusted }>();

  constructor(
    private readonly verifyPayload: VerifyPayload,
    private readonly options: VerifierOptions = {},
  ) {}

  async verify(token: string): Promise<Actor> {
    const key = keyOf(token);
    const cached = this.trusted.get(key);
    if (cached !== undefined && this.isFresh(cached)) return cached.actor;
    const payload = await this.verifyPayload(token).catch((error: unknown) => {
      throw error instanceof IssuerUnavailable ? error : whyInvalid(error);
    });
    const actor = actorOf(payload, this.options.claims ?? OUR_CLAIMS);
    this.trusted.set(key, { actor, until: Math.min(this.now() + TRUST_MS, (payload.exp as number) * 1000) });
    return actor;
  }

  cached(token: string, connection: object): Actor | undefined {
    const last = this.last.get(connection);
    if (last !== undefined && last.token === token && this.isFresh(last.trusted)) return last.trusted.actor;
    const trusted = this.trusted.get(keyOf(token));
    if (trusted === undefined || !this.isFresh(trusted)) return undefined;
    this.last.set(connection, { token, trusted });
    return trusted.actor;
  }

  async checkReady(): Promise<void> {
    this.options.keys?.checkReady();
  }

  close(): void {
    this.options.keys?.close();
  }

  private isFresh({ until }: Trusted): boolean {
    return this.now() < until;
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
  }
}

function keyOf(token: string): string {
  return hash('sha256', token, 'base64url');
}

/**
 * The verifier of a deployment: by our own development key, or by an OpenID Connect issuer's keys.
 * @param development the key pair that signs tokens in development mode
 */
export async function tokenVerifier(
  authentication: Authentication,
  development: DevelopmentTokens | undefined,
  log: Log,
): Promise<TokenVerifier> {
  if (authentication.mode === 'oidc') {
    return oidcVerifier(authentication, await IssuerKeys.open(authentication.issuer, log));
  }
  if (development === undefined) throw new Error('Development sign-in needs the key that signs its tokens.');
  return new CachedTokenVerifier((token) => development.verify(token));
}

/** The verifier by an issuer's keys. */
export function oidcVerifier(
  { issuer, audience, claims }: Extract<Authentication, { mode: 'oidc' }>,
  keys: IssuerKeys,
): TokenVerifier {
  const options = {
    issuer,
    audience,
    algorithms: ALGORITHMS,
    requiredClaims: ['exp', 'sub'],
    clockTolerance: TOLERANCE_SECONDS,
  };
  const verify = async (token: string) => (await jwtVerify(token, keys.keyOf, options)).payload;
  return new CachedTokenVerifier(verify, { claims, keys });
}

const DEVELOPMENT_ISSUER = 'tessera:development';

/** Tokens for development, signed with a key of the service. */
export class DevelopmentTokens {
  constructor(private readonly key: Uint8Array) {}

  /** A token for twelve hours. */
  sign(actor: Actor): Promise<string> {
    const { account, roles, service } = actor;
    return new SignJWT({ account, roles: [...roles], ...(service && { act: { sub: service } }) })
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

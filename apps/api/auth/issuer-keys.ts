import { setTimeout as pause } from 'node:timers/promises';
import {
  createLocalJWKSet,
  errors,
  type FlattenedJWSInput,
  type JSONWebKeySet,
  type JWSHeaderParameters,
} from 'jose';
import type { Log } from '#subscriptions';

/** The keys of the issuer cannot be loaded now, so tokens cannot be verified. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
}

/** In milliseconds. */
export interface IssuerTiming {
  /** How often its keys are reloaded, and so how long a withdrawn key may still be accepted. */
  readonly refresh: number;
  /** Between two attempts while it does not answer. */
  readonly retry: number;
  /** Between two reloads because of an unknown key: anybody can name one. */
  readonly cooldown: number;
  /** For how long loaded keys are trusted while it does not answer. */
  readonly trust: number;
  /** For one answer. */
  readonly timeout: number;
}

const TIMING: IssuerTiming = {
  refresh: 60_000,
  retry: 5_000,
  cooldown: 5_000,
  trust: 3_600_000,
  timeout: 5_000,
};

/**
 * The public keys of an OpenID Connect issuer, found by discovery. They are reloaded regularly: the issuer may be
 * down when the service starts and at any time later.
 */
export class IssuerKeys {
  private known: { readonly find: ReturnType<typeof createLocalJWKSet>; readonly at: number } | undefined;
  private looking: Promise<void> | undefined;
  private failure: string | undefined;
  private lookedAt = 0;
  private readonly closing = new AbortController();

  private constructor(
    private readonly issuer: string,
    private readonly log: Log,
    private readonly timing: IssuerTiming,
  ) {}

  /** Loads the keys; resolves after the first attempt. */
  static async open(issuer: string, log: Log, timing: Partial<IssuerTiming> = {}): Promise<IssuerKeys> {
    const keys = new IssuerKeys(issuer, log, { ...TIMING, ...timing });
    await keys.look();
    void keys.keepLooking();
    return keys;
  }

  /**
   * The key that a token is signed with, as `jwtVerify` asks for it.
   * @throws IssuerUnavailable it is not known, and the issuer does not answer
   * @throws JWKSNoMatchingKey it is not known, and the issuer has no such key
   */
  readonly keyOf = async (header: JWSHeaderParameters, token: FlattenedJWSInput) => {
    if (this.isTrusted(this.known)) {
      try {
        return await this.known.find(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      }
    }
    // The issuer may have started to use another one in the meantime.
    if (Date.now() - this.lookedAt >= this.timing.cooldown) await this.look();
    if (this.failure !== undefined || this.known === undefined) throw this.unavailable();
    return this.known.find(header, token);
  };

  /** @throws IssuerUnavailable no token can be verified */
  checkReady(): void {
    if (!this.isTrusted(this.known)) throw this.unavailable();
  }

  close(): void {
    this.closing.abort();
  }

  private isTrusted(known: typeof this.known): known is NonNullable<typeof this.known> {
    return known !== undefined && Date.now() - known.at < this.timing.trust;
  }

  private unavailable(): IssuerUnavailable {
    return new IssuerUnavailable(`The issuer of tokens does not answer: ${this.failure}`);
  }

  private async keepLooking(): Promise<void> {
    const { signal } = this.closing;
    while (!signal.aborted) {
      const ms = this.failure === undefined ? this.timing.refresh : this.timing.retry;
      await pause(ms, undefined, { signal, ref: false }).catch(() => {});
      if (!signal.aborted) await this.look();
    }
  }

  /** One reload at a time, however many wait for it. */
  private look(): Promise<void> {
    this.looking ??= this.lookOnce().finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  private async lookOnce(): Promise<void> {
    const { issuer } = this;
    try {
      const find = createLocalJWKSet(await this.fetchKeys());
      this.known = { find, at: Date.now() };
      if (this.failure !== undefined)
        this.log.info({ issuer }, `OIDC_ISSUER ${issuer} can be asked for its keys again`);
      this.failure = undefined;
    } catch (error) {
      const reason = whyFailed(error);
      if (this.failure === undefined && !this.closing.signal.aborted) {
        this.log.error(
          { issuer, reason },
          `OIDC_ISSUER ${issuer} cannot be asked for its keys: ${reason}. It is asked again every few seconds`,
        );
      }
      this.failure = reason;
    }
    this.lookedAt = Date.now();
  }

  private async fetchKeys(): Promise<JSONWebKeySet> {
    const { issuer } = this;
    const found = (await this.fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)) as {
      readonly issuer?: unknown;
      readonly jwks_uri?: unknown;
    } | null;
    if (found?.issuer !== issuer) {
      throw new Error(`what it says of itself is not an OpenID configuration for ${issuer}`);
    }
    if (typeof found.jwks_uri !== 'string' || !URL.canParse(found.jwks_uri)) {
      throw new Error('its OpenID configuration names no jwks_uri');
    }
    return (await this.fetchJson(found.jwks_uri)) as JSONWebKeySet;
  }

  private async fetchJson(url: string): Promise<unknown> {
    const signal = AbortSignal.any([this.closing.signal, AbortSignal.timeout(this.timing.timeout)]);
    const response = await fetch(url, { signal, headers: { accept: 'application/json' } });
    if (!response.ok) throw new Error(`${url} answers ${response.status}`);
    return response.json().catch(() => {
      throw new Error(`${url} does not answer with JSON`);
    });
  }
}

/** `fetch` itself only says that it failed. */
function whyFailed(error: unknown): string {
  const { name, message, cause } = error as Error;
  if (name === 'TimeoutError') return 'no answer in time';
  const { code, message: why } = (cause ?? {}) as { readonly code?: string; readonly message?: string };
  return why || code || message;
}

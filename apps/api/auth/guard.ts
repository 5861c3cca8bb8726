import { Reflector } from '@nestjs/core';
import { type Actor, Refusal, type Role, requireRole } from '#domain/kernel';
import type { Log } from '#subscriptions';
import { HttpProblem } from '../http/problem.ts';
import type { AccountLimit, Allowance } from './account-limit.ts';
import { type Asking, bearerToken, PUBLIC, ROLES } from './caller.ts';
import type { FailureLimit } from './failure-limit.ts';
import { InvalidToken } from './invalid-token.ts';
import { IssuerUnavailable } from './issuer-keys.ts';
import type { Sessions } from './sessions.ts';
import type { TokenVerifier } from './tokens.ts';

const RETRY_AFTER_SECONDS = 10;

/** Whom a route serves. */
export interface Access {
  /** Whether it asks for no token. */
  readonly open: boolean;
  /** A read that asks for one of these roles; commands ask for theirs themselves. */
  readonly roles: readonly Role[] | undefined;
}

type Declaring = Parameters<Reflector['getAllAndOverride']>[1];

/** What the method of a controller declares, or else the controller. */
export function accessTo(controller: Declaring[number], method: Declaring[number]): Access {
  const reflector = new Reflector();
  return {
    open: reflector.getAllAndOverride<boolean>(PUBLIC, [method, controller]) === true,
    roles: reflector.getAllAndOverride<readonly Role[] | undefined>(ROLES, [method, controller]),
  };
}

/**
 * Knows the caller of each request by its bearer token, or else by its session, and turns away whoever lacks the role a read asks for, or asks
 * too often.
 */
export class Guard {
  constructor(
    private readonly verifier: TokenVerifier,
    private readonly failures: FailureLimit,
    private readonly accounts: AccountLimit,
    private readonly log: Log,
    /** Where people sign in by an issuer. */
    private readonly sessions?: Sessions,
  ) {}

  /**
   * The caller of a request; at once where its token is known.
   * @param tell is told what the caller's account may still ask
   * @throws HttpProblem 401, 429
   * @throws InvalidToken
   * @throws Refusal `no-role`, `role-not-allowed`
   * @throws IssuerUnavailable
   */
  admit(
    request: Asking,
    access: Access,
    tell: (allowance: Allowance) => void = ignore,
  ): Actor | Promise<Actor> {
    const token = bearerToken(request);
    if (token === undefined) {
      return this.bySession(request).then((caller) => this.allowed(caller, request, access, tell));
    }
    const known = this.verifier.known(token, request.raw.socket);
    if (known !== undefined) return this.allowed(known, request, access, tell);
    return this.verify(token, request).then((caller) => this.allowed(caller, request, access, tell));
  }

  /** Whether the caller of a request that is still being answered could ask again. */
  async mayStill(request: Asking): Promise<boolean> {
    const token = bearerToken(request);
    try {
      await (token === undefined ? this.bySession(request) : this.verifier.verify(token));
      return true;
    } catch (error) {
      const isRefusal =
        error instanceof HttpProblem || error instanceof InvalidToken || error instanceof IssuerUnavailable;
      if (isRefusal) return false;
      throw error;
    }
  }

  private async bySession(request: Asking): Promise<Actor> {
    const caller = await this.sessions?.callerOf(request);
    if (caller !== undefined) return caller;
    throw new HttpProblem(401, 'not-signed-in', 'Send a bearer token.', { challenge: 'Bearer' });
  }

  private allowed(
    caller: Actor,
    request: Asking,
    { roles }: Access,
    tell: (allowance: Allowance) => void,
  ): Actor {
    this.accounts.count(caller, tell);
    if (caller.roles.length === 0) throw this.refused(request, noRole());
    if (roles) requireRole(caller, roles);
    return caller;
  }

  private async verify(token: string, request: Asking): Promise<Actor> {
    try {
      return await this.verifier.verify(token);
    } catch (error) {
      if (!(error instanceof InvalidToken)) throw error;
      // Behind one address are many: whoever has a good token is not turned away for those who have none.
      if (this.failures.exceeded(request.ip)) throw tooManyFailures();
      this.failures.count(request.ip);
      throw this.refused(request, error);
    }
  }

  /** Logged, because operators are asked why; the token itself is never logged. */
  private refused({ ip }: Asking, error: Error): Error {
    this.log.info({ address: ip, reason: error.message }, 'Refused a bearer token');
    return error;
  }
}

function ignore(): void {}

function noRole(): Refusal {
  return new Refusal('forbidden', 'no-role', 'Your token names no role that is known here.');
}

function tooManyFailures(): HttpProblem {
  return new HttpProblem(429, 'too-many-bad-tokens', 'Too many tokens failed to verify; wait a little.', {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}

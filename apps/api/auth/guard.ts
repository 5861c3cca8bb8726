import { Reflector } from '@nestjs/core';
import { type Actor, Refusal, type Role, requireRole } from '#domain/kernel';
import type { Log } from '#subscriptions';
import { HttpProblem } from '../http/problem.ts';
import type { AccountLimit, Allowance } from './account-limit.ts';
import { bearerToken, type CallerRequest, PUBLIC, ROLES } from './caller.ts';
import type { FailureLimit } from './failure-limit.ts';
import { InvalidToken } from './invalid-token.ts';
import { IssuerUnavailable } from './issuer-keys.ts';
import type { Sessions } from './sessions.ts';
import type { TokenVerifier } from './tokens.ts';

const RETRY_AFTER_SECONDS = 10;

/** Who may call a route. */
export interface Access {
  /** Whether it needs no authentication. */
  readonly open: boolean;
  /** Required for a read; commands check roles themselves. */
  readonly roles: readonly Role[] | undefined;
}

type Declaring = Parameters<Reflector['getAllAndOverride']>[1];

/** As declared by the method of a controller, or else by the controller. */
export function accessTo(controller: Declaring[number], method: Declaring[number]): Access {
  const reflector = new Reflector();
  return {
    open: reflector.getAllAndOverride<boolean>(PUBLIC, [method, controller]) === true,
    roles: reflector.getAllAndOverride<readonly Role[] | undefined>(ROLES, [method, controller]),
  };
}

/**
 * Authenticates the caller of each request by its bearer token, or else by its session, and refuses callers without a
 * required role, or over their rate limit.
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
   * The caller of a request; synchronously where its token is cached.
   * @param onAllowance called with what the caller's account has left
   * @throws HttpProblem 401, 429
   * @throws InvalidToken
   * @throws Refusal `no-role`, `role-not-allowed`
   * @throws IssuerUnavailable
   */
  admit(
    request: CallerRequest,
    access: Access,
    onAllowance: (allowance: Allowance) => void = ignore,
  ): Actor | Promise<Actor> {
    const token = bearerToken(request);
    if (token === undefined) {
      return this.bySession(request).then((caller) => this.allowed(caller, request, access, onAllowance));
    }
    const cached = this.verifier.cached(token, request.raw.socket);
    if (cached !== undefined) return this.allowed(cached, request, access, onAllowance);
    return this.verify(token, request).then((caller) => this.allowed(caller, request, access, onAllowance));
  }

  /** Whether the caller of a request in progress is still authorised. */
  async mayStill(request: CallerRequest): Promise<boolean> {
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

  private async bySession(request: CallerRequest): Promise<Actor> {
    const caller = await this.sessions?.callerOf(request);
    if (caller !== undefined) return caller;
    throw new HttpProblem(401, 'not-signed-in', 'Send a bearer token.', { challenge: 'Bearer' });
  }

  private allowed(
    caller: Actor,
    request: CallerRequest,
    { roles }: Access,
    onAllowance: (allowance: Allowance) => void,
  ): Actor {
    this.accounts.count(caller, onAllowance);
    if (caller.roles.length === 0) throw this.refused(request, noRole());
    if (roles) requireRole(caller, roles);
    return caller;
  }

  private async verify(token: string, request: CallerRequest): Promise<Actor> {
    try {
      return await this.verifier.verify(token);
    } catch (error) {
      if (!(error instanceof InvalidToken)) throw error;
      // Many callers may share an address: valid tokens are accepted whatever others send.
      if (this.failures.exceeded(request.ip)) throw tooManyFailures();
      this.failures.count(request.ip);
      throw this.refused(request, error);
    }
  }

  /** Logs the reason for operators; never the token itself. */
  private refused({ ip }: CallerRequest, error: Error): Error {
    this.log.info({ address: ip, reason: error.message }, 'Refused a bearer token');
    return error;
  }
}

function ignore(): void {}

function noRole(): Refusal {
  return new Refusal('forbidden', 'no-role', 'The token has none of the roles of this service.');
}

function tooManyFailures(): HttpProblem {
  return new HttpProblem(
    429,
    'too-many-bad-tokens',
    'Too many tokens failed to verify. Wait, and try again.',
    {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    },
  );
}

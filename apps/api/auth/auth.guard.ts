import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { forbidden, hasRole, Refusal, type Role } from '#domain/kernel';
import type { Log } from '#subscriptions';
import { HttpProblem } from '../http/problem.ts';
import { bearerToken, PUBLIC, ROLES, type SignedIn } from './caller.ts';
import type { FailureLimit } from './failure-limit.ts';
import { InvalidToken } from './invalid-token.ts';
import type { TokenVerifier } from './tokens.ts';

const RETRY_AFTER_SECONDS = 10;

interface Access {
  readonly open: boolean;
  readonly roles: readonly Role[] | undefined;
}

/** Knows the caller of each request by its bearer token, and turns away whoever lacks the role a read asks for. */
@Injectable()
export class AuthGuard implements CanActivate {
  private readonly accessOf = new WeakMap<object, Access>();

  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: TokenVerifier,
    private readonly failures: FailureLimit,
    private readonly log: Log,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.access(context);
    if (access.open) return true;
    const request = context.switchToHttp().getRequest<SignedIn>();
    request.caller = await this.callerOf(request);
    if (request.caller.roles.length === 0) throw this.refused(request, noRole());
    if (access.roles && !hasRole(request.caller, access.roles)) {
      throw forbidden(`This requires one of these roles: ${access.roles.join(', ')}.`);
    }
    return true;
  }

  private async callerOf(request: SignedIn) {
    const token = bearerToken(request);
    if (token === undefined) {
      throw new HttpProblem(401, 'not-signed-in', 'Send a bearer token.', { challenge: 'Bearer' });
    }
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
  private refused({ ip }: SignedIn, error: Error): Error {
    this.log.info({ address: ip, reason: error.message }, 'Refused a bearer token');
    return error;
  }

  /** What the route declares of itself, looked up once. */
  private access(context: ExecutionContext): Access {
    const handler = context.getHandler();
    const known = this.accessOf.get(handler);
    if (known !== undefined) return known;
    const targets = [handler, context.getClass()];
    const access = {
      open: this.reflector.getAllAndOverride<boolean>(PUBLIC, targets) === true,
      roles: this.reflector.getAllAndOverride<readonly Role[] | undefined>(ROLES, targets),
    };
    this.accessOf.set(handler, access);
    return access;
  }
}

function noRole(): Refusal {
  return new Refusal('forbidden', 'no-role', 'Your token names no role that is known here.');
}

function tooManyFailures(): HttpProblem {
  return new HttpProblem(429, 'too-many-bad-tokens', 'Too many tokens failed to verify; wait a little.', {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}

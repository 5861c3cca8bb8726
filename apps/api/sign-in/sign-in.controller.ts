import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { VIEWS } from '#application';
import { accounts } from '#projections/accounts';
import type { Log } from '#subscriptions';
import type { ViewReader } from '#view-store';
import { Public } from '../auth/caller.ts';
import { isOfPlatform } from '../auth/claims.ts';
import { FailureLimit } from '../auth/failure-limit.ts';
import { over, personOf, type Session } from '../auth/sessions.ts';
import { type Exchange, Http } from '../http/exchange.ts';
import { HttpProblem } from '../http/problem.ts';
import type { SignInState } from '../openapi/answers.ts';
import { NotDescribed } from '../openapi/describe.ts';
import { LOG } from '../resources/changes.controller.ts';
import { pageToComeBackTo } from './back.ts';
import { failureOf, reasonOf, type SignInFailure } from './failures.ts';
import type { Flow } from './provider.ts';
import { stateOf } from './session-state.ts';
import { SignIn } from './sign-in.ts';

/** A session that ends no sooner was renewed just now by another tab. Milliseconds. */
const STILL_NEW = 5_000;
const RETRY_AFTER_SECONDS = 5;

type Query = Readonly<Record<string, unknown>>;

/** Sign-in by redirects to the issuer and back. For the console only, not part of the API. */
@Public()
@NotDescribed()
@Controller('auth')
export class SignInController {
  constructor(
    @Inject(SignIn) private readonly signIn: SignIn,
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(LOG) private readonly log: Log,
    private readonly failures: FailureLimit,
  ) {}

  /** Redirects to the issuer. */
  @Get('sign-in')
  async begin(@Http() http: Exchange): Promise<void> {
    const { back: wanted, as } = http.request.query as Query;
    const back = pageToComeBackTo(wanted, this.signIn.publicUrl);
    try {
      const { url, flow } = await this.signIn.provider.begin(back, as === 'other');
      redirect(http, url.href, await this.signIn.keep(flow));
    } catch (error) {
      redirect(http, failed(this.noted(error), back));
    }
  }

  /** The redirect from the issuer: signs in the person who started to sign in in this browser. */
  @Get('callback')
  async complete(@Http() http: Exchange): Promise<void> {
    const { headers, query, ip } = http.request;
    if (this.failures.exceeded(ip)) throw tooManyFailures();
    const flow = await this.signIn.startedFlow(headers.cookie);
    // A flow with another state may be in progress: it is kept.
    if (flow === undefined || (query as Query).state !== flow.state) {
      this.failures.count(ip);
      redirect(http, failed('expired'));
      return;
    }
    const session = await this.completed(http, flow);
    if (typeof session === 'string') {
      this.failures.count(ip);
      redirect(http, failed(session, flow.back), this.signIn.clearedCookie());
    } else {
      redirect(http, flow.back, this.signIn.clearedCookie(), await this.signIn.sessions.setCookie(session));
    }
  }

  /** The session as it goes on: renewed where it ends about now, and its issuer gave what to renew it with. */
  @Post('refresh')
  @HttpCode(200)
  async refresh(@Http() { request, reply }: Exchange): Promise<SignInState> {
    reply.header('cache-control', 'no-store');
    const { sessions } = this.signIn;
    const session = await sessions.changedBy(request);
    if (session === undefined) throw over();
    if (session.until - Date.now() > STILL_NEW) return stateOf(session, sessions, this.views);
    const renewed = await this.renewed(session);
    reply.header('set-cookie', await sessions.setCookie(renewed));
    return stateOf(renewed, sessions, this.views);
  }

  /** Ends the session here, and returns where to end it at the issuer. */
  @Post('sign-out')
  @HttpCode(200)
  async signOut(@Http() { request, reply }: Exchange): Promise<{ readonly location: string }> {
    const { sessions, provider } = this.signIn;
    const session = await sessions.changedBy(request);
    reply.headers({ 'cache-control': 'no-store', 'set-cookie': sessions.removed() });
    if (session === undefined) return { location: '/sign-in' };
    sessions.end(session);
    const elsewhere = await provider.end(session).catch((error: unknown) => {
      this.noted(error);
      return undefined;
    });
    return { location: elsewhere?.href ?? '/sign-in' };
  }

  private async completed({ request }: Exchange, flow: Flow): Promise<Session | SignInFailure> {
    try {
      const session = await this.signIn.provider.complete(request.url.slice(request.url.indexOf('?')), flow);
      return (await this.unfitness(session)) ?? session;
    } catch (error) {
      return this.noted(error);
    }
  }

  /** Why somebody whom the issuer authenticated cannot use the console. */
  private async unfitness({ actor: { account, roles } }: Session): Promise<SignInFailure | undefined> {
    if (roles.length === 0) return 'no-role';
    if (account === '') return roles.some(isOfPlatform) ? undefined : 'no-account';
    return (await this.views.get(accounts, account)) === undefined ? 'unknown-account' : undefined;
  }

  private async renewed(session: Session): Promise<Session> {
    const { refreshToken } = session;
    if (refreshToken === undefined) throw over();
    const renewed = await this.signIn.renewals.renew({ ...session, refreshToken }).catch((error: unknown) => {
      throw this.noted(error) === 'unavailable' ? unavailable() : over();
    });
    if (renewed.actor.roles.length === 0 || personOf(renewed) !== personOf(session)) throw over();
    return renewed;
  }

  /** Logs the reason for operators; never tokens and codes. */
  private noted(error: unknown): SignInFailure {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    this.log.warn({ failure, reason: reasonOf(error) }, 'The OpenID provider did not sign the person in');
    return failure;
  }
}

function redirect({ reply }: Exchange, location: string, ...cookies: readonly string[]): void {
  reply.status(303).headers({ location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  if (cookies.length > 0) reply.header('set-cookie', [...cookies]);
}

/** The page that shows the failure. */
function failed(problem: SignInFailure, back = '/'): string {
  return `/sign-in?${new URLSearchParams({ problem, ...(back !== '/' && { back }) })}`;
}

function tooManyFailures(): HttpProblem {
  return new HttpProblem(
    429,
    'too-many-bad-tokens',
    'Too many attempts to sign in failed. Wait, and try again.',
    {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    },
  );
}

function unavailable(): HttpProblem {
  const detail = 'The session cannot be renewed now: its issuer does not answer. Try again.';
  return new HttpProblem(503, 'issuer-unavailable', detail, { retryAfterSeconds: RETRY_AFTER_SECONDS });
}

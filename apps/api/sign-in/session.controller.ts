import { Controller, Get, Inject } from '@nestjs/common';
import { VIEWS } from '#application';
import type { ViewReader } from '#view-store';
import { Public } from '../auth/caller.ts';
import { type Exchange, Http } from '../http/exchange.ts';
import { HttpProblem } from '../http/problem.ts';
import type { SignInState } from '../openapi/answers.ts';
import { Shows } from '../openapi/describe.ts';
import { stateOf } from './session-state.ts';
import type { SignIn } from './sign-in.ts';

/** The injection token of how people sign in. */
export const WAY_TO_SIGN_IN = Symbol('WayToSignIn');

/** By an issuer, as anyone where things are tried out, or not at all. */
export type WayToSignIn = SignIn | 'development' | 'bearer';

/** How people sign in, and who has. */
@Public()
@Controller('auth')
export class SessionController {
  constructor(
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(WAY_TO_SIGN_IN) private readonly way: WayToSignIn,
  ) {}

  @Get('session')
  @Shows('SignInState', { summary: 'How people sign in here, and who has in this browser.', kind: 'open' })
  async session(@Http() { request, reply }: Exchange): Promise<SignInState> {
    reply.header('cache-control', 'no-store');
    if (typeof this.way === 'string') return { mode: this.way };
    const { sessions } = this.way;
    return stateOf(await sessions.in(request).catch(noneOf), sessions, this.views);
  }
}

/** A cookie that is not a valid session, or not sent by a page of this service, counts as none. */
function noneOf(error: unknown): undefined {
  if (!(error instanceof HttpProblem)) throw error;
}

import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { GetDashboard, VIEWS } from '#application';
import type { Role } from '#domain/kernel';
import type { PartyStatus } from '#domain/share';
import { accounts } from '#projections/accounts';
import type { ViewReader } from '#view-store';
import { type AdjustableClock, ClockOutOfRange } from '../../adjustable-clock.ts';
import { parseDuration } from '../../duration.ts';
import { Public } from '../auth/caller.ts';
import { isRole } from '../auth/claims.ts';
import type { DevelopmentTokens } from '../auth/tokens.ts';
import { jsonBody } from '../http/command-data.ts';
import { type Exchange, Http } from '../http/exchange.ts';
import { HttpProblem } from '../http/problem.ts';
import { Reads } from '../http/reads.ts';
import { NotDescribed } from '../openapi/describe.ts';

export const DEVELOPMENT_TOKENS = Symbol('DevelopmentTokens');
export const DEVELOPMENT_CLOCK = Symbol('DevelopmentClock');

const MOST_ACCOUNTS = 200;

/** Sign-in without a password and a clock that can be moved: for one's own machine only. */
@Public()
@NotDescribed()
@Controller('dev')
export class DevelopmentController {
  constructor(
    private readonly reads: Reads,
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(DEVELOPMENT_TOKENS) private readonly tokens: DevelopmentTokens,
    @Inject(DEVELOPMENT_CLOCK) private readonly clock: AdjustableClock,
  ) {}

  @Get('accounts')
  async accounts() {
    const { items } = await this.views.find(accounts, { index: 'by-name', prefix: [], limit: MOST_ACCOUNTS });
    return {
      items: await Promise.all(
        items.map(async ({ id, kind, name }) => ({ id, kind, name, waiting: await this.waitingAt(id) })),
      ),
    };
  }

  /** Open tasks of an account, to choose one to sign in to. */
  private async waitingAt(account: string) {
    const caller = { account, user: 'dev', roles: [] };
    const { unread, waiting } = await this.reads.result(new GetDashboard(caller, 1));
    const countOf = (status: PartyStatus) => waiting.find((shares) => shares.status === status)?.count ?? 0;
    return { toEvaluate: countOf('to-evaluate'), toProcess: countOf('available'), unread };
  }

  @Post('sign-in')
  @HttpCode(200)
  async signIn(@Http() http: Exchange) {
    const { account = '', roles, service } = jsonBody(http);
    if (typeof account !== 'string') throw malformed('/account', 'account must be the id of an account.');
    if (service !== undefined && (typeof service !== 'string' || service === '')) {
      throw malformed('/service', 'service must be the name of a service that acts for the account.');
    }
    if (!Array.isArray(roles) || roles.length === 0 || !roles.every(isRole)) {
      throw malformed('/roles', 'roles must be a list of roles.');
    }
    const actor = { account, user: `dev:${roles.join('+')}`, roles: roles as Role[], service };
    return { token: await this.tokens.sign(actor) };
  }

  @Get('clock')
  now() {
    return { now: this.clock.now() };
  }

  @Post('clock')
  @HttpCode(200)
  async advance(@Http() http: Exchange) {
    const { advance } = jsonBody(http);
    const milliseconds = typeof advance === 'string' ? parseDuration(advance) : undefined;
    if (milliseconds === undefined) throw malformed('/advance', 'advance must be a duration such as PT73H.');
    try {
      await this.clock.advance(milliseconds);
    } catch (error) {
      if (error instanceof ClockOutOfRange) throw new HttpProblem(422, 'clock-out-of-range', error.message);
      throw error;
    }
    return this.now();
  }
}

function malformed(pointer: string, detail: string): HttpProblem {
  return new HttpProblem(400, 'malformed-request', detail, {
    errors: [{ pointer, code: 'wrong-type', detail }],
  });
}

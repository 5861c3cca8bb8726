import { Controller, Get, Patch, Post } from '@nestjs/common';
import { GetOwnAccount } from '#application';
import { type Exchange, Http } from '../http/exchange.ts';
import { Reads } from '../http/reads.ts';
import { Writes } from '../http/writes.ts';

/** The companies on the platform; each reads and changes its own. */
@Controller('v1/accounts')
export class AccountsController {
  constructor(
    private readonly writes: Writes,
    private readonly reads: Reads,
  ) {}

  @Post()
  register(@Http() http: Exchange) {
    return this.writes.send(http, 'RegisterAccount');
  }

  @Get('me')
  me(@Http() http: Exchange) {
    return this.reads.answer(http, new GetOwnAccount(http.caller));
  }

  @Patch('me')
  change(@Http() http: Exchange) {
    return this.writes.send(http, 'ChangeAccountDetails', { accountId: http.caller.account });
  }
}

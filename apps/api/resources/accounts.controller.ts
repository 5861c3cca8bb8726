import { Controller, Get, Patch, Post } from '@nestjs/common';
import { GetOwnAccount, ListAccounts } from '#application';
import { type Exchange, Http } from '../http/exchange.ts';
import { listRequest } from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';
import { Writes } from '../http/writes.ts';
import { Does, Lists, Shows } from '../openapi/describe.ts';

/** The companies on the platform; each reads and changes its own. */
@Controller('v1/accounts')
export class AccountsController {
  constructor(
    private readonly writes: Writes,
    private readonly reads: Reads,
  ) {}

  @Post()
  @Does('RegisterAccount')
  register(@Http() http: Exchange) {
    return this.writes.send(http, 'RegisterAccount');
  }

  @Get()
  @Lists('ListedAccount', {
    summary:
      'The accounts of the platform, by name; for auditors, who find here what to read, and for operators.',
    searchable: true,
  })
  list(@Http() http: Exchange) {
    const { page } = listRequest(http, {}, { searchable: true });
    return this.reads.answer(http, new ListAccounts(http.caller, page));
  }

  @Get('me')
  @Shows('OwnAccountView', { summary: 'The account of the caller, and who the caller is in it.' })
  me(@Http() http: Exchange) {
    return this.reads.answer(http, new GetOwnAccount(http.caller));
  }

  @Patch('me')
  @Does('ChangeAccountDetails', ['accountId'])
  change(@Http() http: Exchange) {
    return this.writes.send(http, 'ChangeAccountDetails', { accountId: http.caller.account });
  }
}

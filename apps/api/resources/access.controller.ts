import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { CheckAccess, ListAccessOfAccount, ListAccessToInstallation } from '#application';
import { accessChecks } from '#contracts/requests';
import { validBody } from '../http/command-data.ts';
import { type Exchange, Http } from '../http/exchange.ts';
import { anyText, given, listRequest } from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';

/** Who may do what with which installation, and why. */
@Controller('v1/access')
export class AccessController {
  constructor(private readonly reads: Reads) {}

  @Post('check')
  @HttpCode(200)
  check(@Http() http: Exchange) {
    const { checks } = validBody(http, accessChecks);
    return this.reads.answer(http, new CheckAccess(http.caller, checks));
  }

  @Get('installations')
  installations(@Http() http: Exchange) {
    const { filter, page } = listRequest(http, { account: anyText });
    const account = filter.account ?? http.caller.account;
    return this.reads.answer(http, new ListAccessOfAccount(http.caller, account, page));
  }

  @Get('accounts')
  accounts(@Http() http: Exchange) {
    const { filter, page } = listRequest(http, { installation: anyText });
    const installation = given('installation', filter.installation);
    return this.reads.answer(http, new ListAccessToInstallation(http.caller, installation, page));
  }
}

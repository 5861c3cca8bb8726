import { Controller, Get, Post } from '@nestjs/common';
import {
  CheckAccess,
  ListAccessOfAccount,
  ListAccessToInstallation,
  ListAccountsGivenTo,
  ListCustomersGivenOf,
  ListGivenAccess,
} from '#application';
import { accessChecks } from '#contracts/requests';
import { validBody } from '../http/command-data.ts';
import { type Exchange, Http } from '../http/exchange.ts';
import { anyText, day, given, listRequest, moment } from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';
import { Lists, Shows } from '../openapi/describe.ts';

const OF_ACCOUNT = { account: anyText };
const TO_INSTALLATION = { installation: anyText };
const GIVEN = { at: moment, account: anyText, customer: anyText, installation: anyText };
const ON_A_DAY = { on: day };

/** Who may do what with which installation, and why. */
@Controller('v1/access')
export class AccessController {
  constructor(private readonly reads: Reads) {}

  @Post('check')
  @Shows('AccessVerdicts', {
    summary: 'May these accounts do this with these installations now, and why?',
    body: accessChecks.schema,
  })
  check(@Http() http: Exchange) {
    const { checks } = validBody(http, accessChecks);
    return this.reads.answer(http, new CheckAccess(http.caller, checks));
  }

  @Get('installations')
  @Lists('AccessHeldView', {
    summary: 'What an account has access to, as far as the caller may know.',
    filters: OF_ACCOUNT,
  })
  installations(@Http() http: Exchange) {
    const { filter, page } = listRequest(http, OF_ACCOUNT);
    const account = filter.account ?? http.caller.account;
    return this.reads.answer(http, new ListAccessOfAccount(http.caller, account, page));
  }

  @Get('accounts')
  @Lists('AccessHeldView', {
    summary: 'Who has access to an installation, as far as the caller may know.',
    filters: TO_INSTALLATION,
    required: ['installation'],
  })
  accounts(@Http() http: Exchange) {
    const { filter, page } = listRequest(http, TO_INSTALLATION);
    const installation = given('installation', filter.installation);
    return this.reads.answer(http, new ListAccessToInstallation(http.caller, installation, page));
  }

  @Get('given')
  @Lists('AccessIntervalView', {
    summary:
      'Access of others that the caller gave, directly or through others: live now, or as of a moment; to an account, of a customer, on an installation.',
    filters: GIVEN,
  })
  given(@Http() http: Exchange) {
    const { filter, page } = listRequest(http, GIVEN);
    return this.reads.answer(http, new ListGivenAccess(http.caller, filter, page));
  }

  @Get('given/accounts')
  @Lists('GivenToAccount', {
    summary:
      'The accounts that have access the caller gave, directly or through others, each to how many installations: now, or at the end of a day (UTC).',
    filters: ON_A_DAY,
  })
  givenTo(@Http() http: Exchange) {
    const { filter, page } = listRequest(http, ON_A_DAY);
    return this.reads.answer(http, new ListAccountsGivenTo(http.caller, filter.on, page));
  }

  @Get('given/customers')
  @Lists('GivenOfCustomer', {
    summary:
      'The customers of the caller to whose installations others have access that it gave, each with how many: now, or at the end of a day (UTC).',
    filters: ON_A_DAY,
  })
  givenOf(@Http() http: Exchange) {
    const { filter, page } = listRequest(http, ON_A_DAY);
    return this.reads.answer(http, new ListCustomersGivenOf(http.caller, filter.on, page));
  }
}

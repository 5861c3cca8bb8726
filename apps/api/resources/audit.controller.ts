import { Controller, Get, Param } from '@nestjs/common';
import { AuditAccess, type AuditedKind, GetHistory } from '#application';
import { type Exchange, Http } from '../http/exchange.ts';
import { anyText, given, listRequest, moment, parameters } from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';

const HISTORY = { asOf: moment };
const ACCESS = { installation: anyText, at: moment };

/** What happened, when, by whom, under which command and for which cause: to parties their own, to auditors all. */
@Controller('v1/audit')
export class AuditController {
  constructor(private readonly reads: Reads) {}

  @Get('shares/:id')
  share(@Http() http: Exchange, @Param('id') id: string) {
    return this.history(http, 'share', id);
  }

  @Get('connections/:id')
  connection(@Http() http: Exchange, @Param('id') id: string) {
    return this.history(http, 'connection', id);
  }

  @Get('installations/:id')
  installation(@Http() http: Exchange, @Param('id') id: string) {
    return this.history(http, 'installation', id);
  }

  @Get('accounts/:id')
  account(@Http() http: Exchange, @Param('id') id: string) {
    return this.history(http, 'account', id);
  }

  @Get('access')
  access(@Http() http: Exchange) {
    const { installation, at } = parameters(http, ACCESS);
    return this.reads.answer(http, new AuditAccess(http.caller, given('installation', installation), at));
  }

  private history(http: Exchange, kind: AuditedKind, id: string) {
    const { filter, page } = listRequest(http, HISTORY);
    return this.reads.answer(http, new GetHistory(http.caller, kind, id, filter.asOf, page));
  }
}

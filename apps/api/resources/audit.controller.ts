import { Controller, Get, Param } from '@nestjs/common';
import { AuditAccess, type AuditedKind, GetHistory } from '#application';
import { type Exchange, Http } from '../http/exchange.ts';
import { anyText, given, listParameters, listRequest, moment, parameters } from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';
import { Shows } from '../openapi/describe.ts';

const HISTORY = { asOf: moment };
const ACCESS = { installation: anyText, at: moment };

/** What happened, when, by whom, under which command and for which cause: to parties their own, to auditors all. */
@Controller('v1/audit')
export class AuditController {
  constructor(private readonly reads: Reads) {}

  @Get('shares/:id')
  @Shows('AuditHistory', {
    summary:
      'What happened to a share, in order; with asOf what had happened then, and the state it had come to.',
    parameters: listParameters(HISTORY),
  })
  share(@Http() http: Exchange, @Param('id') id: string) {
    return this.history(http, 'share', id);
  }

  @Get('connections/:id')
  @Shows('AuditHistory', {
    summary:
      'What happened to a connection, in order; with asOf what had happened then, and the state it had come to.',
    parameters: listParameters(HISTORY),
  })
  connection(@Http() http: Exchange, @Param('id') id: string) {
    return this.history(http, 'connection', id);
  }

  @Get('installations/:id')
  @Shows('AuditHistory', {
    summary:
      'What happened to an installation, in order; with asOf what had happened then, and the state it had come to.',
    parameters: listParameters(HISTORY),
  })
  installation(@Http() http: Exchange, @Param('id') id: string) {
    return this.history(http, 'installation', id);
  }

  @Get('accounts/:id')
  @Shows('AuditHistory', {
    summary:
      'What happened to an account, in order; with asOf what had happened then, and the state it had come to.',
    parameters: listParameters(HISTORY),
  })
  account(@Http() http: Exchange, @Param('id') id: string) {
    return this.history(http, 'account', id);
  }

  @Get('access')
  @Shows('AccessAudit', {
    summary: 'Who had access to an installation at a moment, since when, from whom, and by whose decision.',
    parameters: ACCESS,
    required: ['installation'],
  })
  access(@Http() http: Exchange) {
    const { installation, at } = parameters(http, ACCESS);
    return this.reads.answer(http, new AuditAccess(http.caller, given('installation', installation), at));
  }

  private history(http: Exchange, kind: AuditedKind, id: string) {
    const { filter, page } = listRequest(http, HISTORY);
    return this.reads.answer(http, new GetHistory(http.caller, kind, id, filter.asOf, page));
  }
}

import { Controller, Get, Param, Post } from '@nestjs/common';
import { GetConnection, GetTokenExpiry, ListConnections } from '#application';
import type { PublicCommandType } from '#contracts/commands';
import type { Path } from '../http/command-data.ts';
import { type Exchange, Http } from '../http/exchange.ts';
import { anyText, listRequest, oneOf } from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';
import { Writes, written } from '../http/writes.ts';
import { Does, Lists, Shows } from '../openapi/describe.ts';

const FILTERS = {
  status: oneOf('pending', 'active', 'ended', 'cancelled', 'expired'),
  counterparty: anyText,
};

/** The standing links between accounts. */
@Controller('v1/connections')
export class ConnectionsController {
  constructor(
    private readonly writes: Writes,
    private readonly reads: Reads,
  ) {}

  @Post()
  @Does('CreateConnection', [], { answers: 'IssuedToken' })
  create(@Http() http: Exchange) {
    return this.withToken(http, 'CreateConnection');
  }

  @Post('authenticate')
  @Does('AuthenticateConnection', [], { answers: 'ConnectionView' })
  async authenticate(@Http() http: Exchange) {
    const { id, position } = await this.writes.sendForAnswer(http, 'AuthenticateConnection');
    const rehearsed = http.dryRun?.log;
    if (rehearsed) return this.reads.result(new GetConnection(http.caller, id, rehearsed));
    return this.reads.answer(http, new GetConnection(http.caller, id), position);
  }

  @Get()
  @Lists('ConnectionView', {
    summary: 'The connections of the account, the newest first.',
    filters: FILTERS,
    searchable: true,
  })
  list(@Http() http: Exchange) {
    const { filter, page } = listRequest(http, FILTERS, { searchable: true });
    return this.reads.answer(http, new ListConnections(http.caller, filter, page));
  }

  @Get(':id')
  @Shows('ConnectionView', { summary: 'A connection, as the caller reads it.' })
  get(@Http() http: Exchange, @Param('id') connectionId: string) {
    return this.reads.answer(http, new GetConnection(http.caller, connectionId));
  }

  @Post(':id/rename')
  @Does('RenameConnection', ['connectionId'])
  rename(@Http() http: Exchange, @Param('id') connectionId: string) {
    return this.writes.send(http, 'RenameConnection', { connectionId });
  }

  @Post(':id/reissue')
  @Does('ReissueConnectionToken', ['connectionId'], { answers: 'IssuedToken' })
  reissue(@Http() http: Exchange, @Param('id') connectionId: string) {
    return this.withToken(http, 'ReissueConnectionToken', { connectionId });
  }

  @Post(':id/cancel')
  @Does('CancelConnection', ['connectionId'])
  cancel(@Http() http: Exchange, @Param('id') connectionId: string) {
    return this.writes.send(http, 'CancelConnection', { connectionId });
  }

  @Post(':id/end')
  @Does('EndConnection', ['connectionId'], { mayTakeLonger: true })
  end(@Http() http: Exchange, @Param('id') connectionId: string) {
    return this.writes.send(http, 'EndConnection', { connectionId });
  }

  private async withToken(http: Exchange, type: PublicCommandType, path?: Path) {
    const answer = await this.writes.sendForAnswer(http, type, path);
    const expiry = new GetTokenExpiry(http.caller, answer.id, answer.commandId, http.dryRun?.log);
    return { ...written(answer), token: answer.token, expiresAt: await this.reads.result(expiry) };
  }
}

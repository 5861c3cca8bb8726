import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { GetConnection, GetTokenExpiry, ListConnections } from '#application';
import type { PublicCommandType } from '#contracts/commands';
import type { Path } from '../http/command-data.ts';
import { type Exchange, Http } from '../http/exchange.ts';
import { anyText, listRequest, oneOf } from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';
import { Writes, written } from '../http/writes.ts';

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
  create(@Http() http: Exchange) {
    return this.withToken(http, 'CreateConnection');
  }

  @Post('authenticate')
  @HttpCode(200)
  async authenticate(@Http() http: Exchange) {
    const { id, position } = await this.writes.answer(http, 'AuthenticateConnection');
    return this.reads.answer(http, new GetConnection(http.caller, id), position);
  }

  @Get()
  list(@Http() http: Exchange) {
    const { filter, page } = listRequest(http, FILTERS, { searchable: true });
    return this.reads.answer(http, new ListConnections(http.caller, filter, page));
  }

  @Get(':id')
  get(@Http() http: Exchange, @Param('id') connectionId: string) {
    return this.reads.answer(http, new GetConnection(http.caller, connectionId));
  }

  @Post(':id/rename')
  @HttpCode(200)
  rename(@Http() http: Exchange, @Param('id') connectionId: string) {
    return this.writes.send(http, 'RenameConnection', { connectionId });
  }

  @Post(':id/reissue')
  @HttpCode(200)
  reissue(@Http() http: Exchange, @Param('id') connectionId: string) {
    return this.withToken(http, 'ReissueConnectionToken', { connectionId });
  }

  @Post(':id/cancel')
  @HttpCode(200)
  cancel(@Http() http: Exchange, @Param('id') connectionId: string) {
    return this.writes.send(http, 'CancelConnection', { connectionId });
  }

  @Post(':id/end')
  @HttpCode(200)
  end(@Http() http: Exchange, @Param('id') connectionId: string) {
    return this.writes.send(http, 'EndConnection', { connectionId });
  }

  private async withToken(http: Exchange, type: PublicCommandType, path?: Path) {
    const answer = await this.writes.answer(http, type, path);
    const expiry = new GetTokenExpiry(http.caller, answer.id, answer.commandId);
    return { ...written(answer), token: answer.token, expiresAt: await this.reads.result(expiry) };
  }
}

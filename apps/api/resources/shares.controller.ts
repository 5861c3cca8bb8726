import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { GetShare, ListShares } from '#application';
import { type Exchange, Http } from '../http/exchange.ts';
import { anyText, flag, listRequest, oneOf } from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';
import { Writes } from '../http/writes.ts';

const FILTERS = {
  role: oneOf('requester', 'provider'),
  status: oneOf(
    'requested',
    'to-evaluate',
    'rejected',
    'cancelled',
    'approved',
    'preparing',
    'available',
    'processed',
    'revoked',
  ),
  connectionId: anyText,
  counterparty: anyText,
  revocable: flag,
};

/** Shares, through their whole life. */
@Controller('v1/shares')
export class SharesController {
  constructor(
    private readonly writes: Writes,
    private readonly reads: Reads,
  ) {}

  @Post()
  request(@Http() http: Exchange) {
    return this.writes.send(http, 'RequestShare');
  }

  @Get()
  list(@Http() http: Exchange, @Query() query: unknown) {
    const { filter, page } = listRequest(query, FILTERS);
    return this.reads.answer(http, new ListShares(http.caller, filter, page));
  }

  @Get(':id')
  get(@Http() http: Exchange, @Param('id') shareId: string) {
    return this.reads.answer(http, new GetShare(http.caller, shareId));
  }

  @Post(':id/approve')
  @HttpCode(200)
  approve(@Http() http: Exchange, @Param('id') shareId: string) {
    return this.writes.send(http, 'ApproveShare', { shareId });
  }

  @Post(':id/reject')
  @HttpCode(200)
  reject(@Http() http: Exchange, @Param('id') shareId: string) {
    return this.writes.send(http, 'RejectShare', { shareId });
  }

  @Post(':id/cancel')
  @HttpCode(200)
  cancel(@Http() http: Exchange, @Param('id') shareId: string) {
    return this.writes.send(http, 'CancelShare', { shareId });
  }

  @Post(':id/process')
  @HttpCode(202)
  process(@Http() http: Exchange, @Param('id') shareId: string) {
    return this.writes.send(http, 'ProcessShare', { shareId });
  }

  @Post(':id/finish')
  @HttpCode(200)
  finish(@Http() http: Exchange, @Param('id') shareId: string) {
    return this.writes.send(http, 'FinishShare', { shareId });
  }
}

import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  GetPackage,
  GetPlan,
  GetRevocation,
  GetShare,
  ListLeftOut,
  ListShares,
  PreviewApproval,
  PreviewRevocation,
} from '#application';
import { ForRoles } from '../auth/caller.ts';
import { validCommandData } from '../http/command-data.ts';
import { type Exchange, Http } from '../http/exchange.ts';
import { anyText, flag, listRequest, oneOf } from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';
import { Writes, written } from '../http/writes.ts';

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

const ITEM_FILTERS = { state: oneOf('offered', 'placed', 'declined', 'withdrawn') };

/** A plan and a preview are read as a whole wherever that can be. */
const WHOLE = { defaultPageSize: 200 };

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
  list(@Http() http: Exchange) {
    const { filter, page } = listRequest(http, FILTERS, { searchable: true });
    return this.reads.answer(http, new ListShares(http.caller, filter, page));
  }

  @Get(':id')
  get(@Http() http: Exchange, @Param('id') shareId: string) {
    return this.reads.answer(http, new GetShare(http.caller, shareId));
  }

  @Post(':id/preview')
  @HttpCode(200)
  @ForRoles('administrator')
  preview(@Http() http: Exchange, @Param('id') shareId: string) {
    const { page } = listRequest(http, {}, WHOLE);
    const asked = validCommandData(http, 'ApproveShare', { shareId });
    return this.reads.answer(http, new PreviewApproval(http.caller, asked, page));
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

  @Get(':id/package')
  package(@Http() http: Exchange, @Param('id') shareId: string) {
    const { filter, page } = listRequest(http, ITEM_FILTERS);
    return this.reads.answer(http, new GetPackage(http.caller, shareId, filter.state, page));
  }

  @Get(':id/package/left-out')
  leftOut(@Http() http: Exchange, @Param('id') shareId: string) {
    const { page } = listRequest(http, {});
    return this.reads.answer(http, new ListLeftOut(http.caller, shareId, page));
  }

  @Get(':id/plan')
  @ForRoles('manager')
  plan(@Http() http: Exchange, @Param('id') shareId: string) {
    const { page } = listRequest(http, {}, WHOLE);
    return this.reads.answer(http, new GetPlan(http.caller, shareId, page));
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

  @Post(':id/revocation-preview')
  @HttpCode(200)
  @ForRoles('administrator')
  previewRevocation(@Http() http: Exchange, @Param('id') shareId: string) {
    const { installations } = validCommandData(http, 'RevokeShare', { shareId });
    return this.reads.answer(http, new PreviewRevocation(http.caller, shareId, installations));
  }

  @Post(':id/revoke')
  @HttpCode(200)
  async revoke(@Http() http: Exchange, @Param('id') shareId: string) {
    const answer = await this.writes.answer(http, 'RevokeShare', { shareId });
    const { installations } = validCommandData(http, 'RevokeShare', { shareId });
    const revocation = new GetRevocation(http.caller, shareId, answer.commandId, installations);
    return { ...written(answer), ...(await this.reads.result(revocation)) };
  }
}

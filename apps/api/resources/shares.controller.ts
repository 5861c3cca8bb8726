import { Controller, Get, Param, Post } from '@nestjs/common';
import {
  GetPackage,
  GetPlan,
  GetRevocation,
  GetShare,
  ListLeftOut,
  ListShareDocuments,
  ListShares,
  PreviewApproval,
  PreviewRevocation,
} from '#application';
import { publicCommand, resourceBody } from '#contracts/commands';
import { validCommandData } from '../http/command-data.ts';
import { type Exchange, Http } from '../http/exchange.ts';
import { anyText, flag, listParameters, listRequest, oneOf } from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';
import { Writes, written } from '../http/writes.ts';
import { Does, Lists, Shows } from '../openapi/describe.ts';

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
    'expired',
  ),
  connectionId: anyText,
  counterparty: anyText,
  revocable: flag,
};

const ITEM_FILTERS = { state: oneOf('offered', 'placed', 'declined', 'withdrawn') };

/** Plans and previews have large pages, so that most are complete. */
const WHOLE = { defaultPageSize: 200 };

/** Shares and their lifecycle. */
@Controller('v1/shares')
export class SharesController {
  constructor(
    private readonly writes: Writes,
    private readonly reads: Reads,
  ) {}

  @Post()
  @Does('RequestShare')
  request(@Http() http: Exchange) {
    return this.writes.send(http, 'RequestShare');
  }

  @Get()
  @Lists('ShareView', {
    summary: 'The shares of the account, the last changed first.',
    filters: FILTERS,
    searchable: true,
  })
  list(@Http() http: Exchange) {
    const { filter, page } = listRequest(http, FILTERS, { searchable: true });
    return this.reads.answer(http, new ListShares(http.caller, filter, page));
  }

  @Get(':id')
  @Shows('ShareView', { summary: 'A share, as the caller reads it.' })
  get(@Http() http: Exchange, @Param('id') shareId: string) {
    return this.reads.answer(http, new GetShare(http.caller, shareId));
  }

  @Post(':id/preview')
  @Shows('ApprovalPreview', {
    summary: 'What approving would share, and what it would leave out and why; nothing is stored.',
    parameters: listParameters({}, WHOLE),
    body: resourceBody(publicCommand('ApproveShare'), ['shareId']),
  })
  preview(@Http() http: Exchange, @Param('id') shareId: string) {
    const { page } = listRequest(http, {}, WHOLE);
    const approval = validCommandData(http, 'ApproveShare', { shareId });
    return this.reads.answer(http, new PreviewApproval(http.caller, approval, page));
  }

  @Post(':id/approve')
  @Does('ApproveShare', ['shareId'])
  approve(@Http() http: Exchange, @Param('id') shareId: string) {
    return this.writes.send(http, 'ApproveShare', { shareId });
  }

  @Post(':id/extend')
  @Does('ExtendShare', ['shareId'])
  extend(@Http() http: Exchange, @Param('id') shareId: string) {
    return this.writes.send(http, 'ExtendShare', { shareId });
  }

  @Post(':id/reject')
  @Does('RejectShare', ['shareId'])
  reject(@Http() http: Exchange, @Param('id') shareId: string) {
    return this.writes.send(http, 'RejectShare', { shareId });
  }

  @Post(':id/cancel')
  @Does('CancelShare', ['shareId'])
  cancel(@Http() http: Exchange, @Param('id') shareId: string) {
    return this.writes.send(http, 'CancelShare', { shareId });
  }

  @Get(':id/package')
  @Lists('PackageItemView', {
    summary: 'The installations of the package, as far as its level allows.',
    filters: ITEM_FILTERS,
  })
  package(@Http() http: Exchange, @Param('id') shareId: string) {
    const { filter, page } = listRequest(http, ITEM_FILTERS);
    return this.reads.answer(http, new GetPackage(http.caller, shareId, filter.state, page));
  }

  @Get(':id/package/left-out')
  @Lists('LeftOutView', {
    summary: 'What of the selection is not in the package, and why; for the provider.',
  })
  leftOut(@Http() http: Exchange, @Param('id') shareId: string) {
    const { page } = listRequest(http, {});
    return this.reads.answer(http, new ListLeftOut(http.caller, shareId, page));
  }

  @Get(':id/documents')
  @Lists('ShareDocumentView', {
    summary:
      'The work orders and files that the requester added to the logbooks of the installations while it had access through the share, the latest first.',
  })
  documents(@Http() http: Exchange, @Param('id') shareId: string) {
    const { page } = listRequest(http, {});
    return this.reads.answer(http, new ListShareDocuments(http.caller, shareId, page));
  }

  @Get(':id/plan')
  @Shows('ProcessingPlan', {
    summary:
      'What to link and what to create, for the requester to accept or edit. Where an installation is the machine of ' +
      'another record of its own (`two-records-of-one-machine`), both stand side by side until one is archived, ' +
      'unless the step says that this one `replaces` that `match`.',
    parameters: listParameters({}, WHOLE),
  })
  plan(@Http() http: Exchange, @Param('id') shareId: string) {
    const { page } = listRequest(http, {}, WHOLE);
    return this.reads.answer(http, new GetPlan(http.caller, shareId, page));
  }

  @Post(':id/process')
  @Does('ProcessShare', ['shareId'], { status: 202 })
  process(@Http() http: Exchange, @Param('id') shareId: string) {
    return this.writes.send(http, 'ProcessShare', { shareId });
  }

  @Post(':id/finish')
  @Does('FinishShare', ['shareId'])
  finish(@Http() http: Exchange, @Param('id') shareId: string) {
    return this.writes.send(http, 'FinishShare', { shareId });
  }

  @Post(':id/revocation-preview')
  @Shows('RevocationView', {
    summary: 'What revoking would do, for everyone; nothing is stored.',
    body: resourceBody(publicCommand('RevokeShare'), ['shareId']),
  })
  previewRevocation(@Http() http: Exchange, @Param('id') shareId: string) {
    const { installations } = validCommandData(http, 'RevokeShare', { shareId });
    return this.reads.answer(http, new PreviewRevocation(http.caller, shareId, installations));
  }

  @Post(':id/revoke')
  @Does('RevokeShare', ['shareId'], { answers: 'RevocationAnswer', mayTakeLonger: true })
  async revoke(@Http() http: Exchange, @Param('id') shareId: string) {
    const answer = await this.writes.sendForAnswer(http, 'RevokeShare', { shareId });
    const { installations } = validCommandData(http, 'RevokeShare', { shareId });
    const { commandId } = answer;
    const revocation = new GetRevocation(http.caller, shareId, commandId, installations, http.dryRun?.log);
    return { ...written(answer), ...(await this.reads.result(revocation)) };
  }
}

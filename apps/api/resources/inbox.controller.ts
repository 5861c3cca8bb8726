import { Controller, Get, Param, Post } from '@nestjs/common';
import { ListInbox } from '#application';
import { type Exchange, Http } from '../http/exchange.ts';
import { flag, listParameters, listRequest } from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';
import { Writes } from '../http/writes.ts';
import { Does, Shows } from '../openapi/describe.ts';

const FILTERS = { read: flag };

/** The notifications of an account. */
@Controller('v1/inbox')
export class InboxController {
  constructor(
    private readonly writes: Writes,
    private readonly reads: Reads,
  ) {}

  @Get()
  @Shows('InboxView', {
    summary: 'The notifications of the account, the newest first.',
    parameters: listParameters(FILTERS),
  })
  list(@Http() http: Exchange) {
    const { filter, page } = listRequest(http, FILTERS);
    return this.reads.answer(http, new ListInbox(http.caller, filter.read, page));
  }

  @Post('read-all')
  @Does('ReadAllNotifications')
  readAll(@Http() http: Exchange) {
    return this.writes.send(http, 'ReadAllNotifications');
  }

  @Post(':id/read')
  @Does('ReadNotification', ['notificationId'])
  read(@Http() http: Exchange, @Param('id') notificationId: string) {
    return this.writes.send(http, 'ReadNotification', { notificationId });
  }
}

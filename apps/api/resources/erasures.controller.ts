import { Controller, Get, Param, Post } from '@nestjs/common';
import { GetErasure, ListErasures } from '#application';
import { type Exchange, Http } from '../http/exchange.ts';
import { listRequest } from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';
import { Writes } from '../http/writes.ts';
import { Does, Lists, Shows } from '../openapi/describe.ts';

/** Erasures of persons from the account's data. */
@Controller('v1/erasures')
export class ErasuresController {
  constructor(
    private readonly writes: Writes,
    private readonly reads: Reads,
  ) {}

  @Post()
  @Does('EraseDataSubject', [])
  erase(@Http() http: Exchange) {
    return this.writes.send(http, 'EraseDataSubject');
  }

  @Get()
  @Lists('ErasureView', {
    summary: 'The persons that the account has erased, the newest first; not who they were.',
  })
  list(@Http() http: Exchange) {
    const { page } = listRequest(http, {});
    return this.reads.answer(http, new ListErasures(http.caller, page));
  }

  @Get(':id')
  @Shows('ErasureView', { summary: 'An erasure of the account, and whether it is done.' })
  get(@Http() http: Exchange, @Param('id') erasureId: string) {
    return this.reads.answer(http, new GetErasure(http.caller, erasureId));
  }
}

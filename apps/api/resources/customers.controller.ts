import { Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { GetCatalogueEntry, ListCatalogue } from '#application';
import { type Exchange, Http } from '../http/exchange.ts';
import { listRequest } from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';
import { Writes } from '../http/writes.ts';

const FILTERS = {};

/** Whom an account works for. */
@Controller('v1/customers')
export class CustomersController {
  constructor(
    private readonly writes: Writes,
    private readonly reads: Reads,
  ) {}

  @Post()
  add(@Http() http: Exchange) {
    return this.writes.send(http, 'AddCustomer');
  }

  @Get()
  list(@Http() http: Exchange) {
    const { filter, page } = listRequest(http, FILTERS, { searchable: true });
    return this.reads.answer(http, new ListCatalogue(http.caller, 'customer', filter, page));
  }

  @Get(':id')
  get(@Http() http: Exchange, @Param('id') customerId: string) {
    return this.reads.answer(http, new GetCatalogueEntry(http.caller, 'customer', customerId));
  }

  @Patch(':id')
  change(@Http() http: Exchange, @Param('id') customerId: string) {
    return this.writes.send(http, 'ChangeCustomer', { customerId });
  }
}

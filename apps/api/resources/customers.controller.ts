import { Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { GetCatalogueEntry, ListCatalogue } from '#application';
import { type Exchange, Http } from '../http/exchange.ts';
import { listRequest } from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';
import { Writes } from '../http/writes.ts';
import { Does, Lists, Shows } from '../openapi/describe.ts';

const FILTERS = {};

/** The customers of an account. */
@Controller('v1/customers')
export class CustomersController {
  constructor(
    private readonly writes: Writes,
    private readonly reads: Reads,
  ) {}

  @Post()
  @Does('AddCustomer')
  add(@Http() http: Exchange) {
    return this.writes.send(http, 'AddCustomer');
  }

  @Get()
  @Lists('CustomerView', {
    summary: 'The customers of the account, by name.',
    filters: FILTERS,
    searchable: true,
  })
  list(@Http() http: Exchange) {
    const { filter, page } = listRequest(http, FILTERS, { searchable: true });
    return this.reads.answer(http, new ListCatalogue(http.caller, 'customer', filter, page));
  }

  @Get(':id')
  @Shows('CustomerView', { summary: 'One customer of the account.' })
  get(@Http() http: Exchange, @Param('id') customerId: string) {
    return this.reads.answer(http, new GetCatalogueEntry(http.caller, 'customer', customerId));
  }

  @Patch(':id')
  @Does('ChangeCustomer', ['customerId'])
  change(@Http() http: Exchange, @Param('id') customerId: string) {
    return this.writes.send(http, 'ChangeCustomer', { customerId });
  }
}

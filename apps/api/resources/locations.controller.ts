import { Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { GetCatalogueEntry, ListCatalogue } from '#application';
import { type Exchange, Http } from '../http/exchange.ts';
import { anyText, listRequest } from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';
import { Writes } from '../http/writes.ts';

const FILTERS = { customerId: anyText };

/** Where a customer's installations stand. */
@Controller('v1/locations')
export class LocationsController {
  constructor(
    private readonly writes: Writes,
    private readonly reads: Reads,
  ) {}

  @Post()
  add(@Http() http: Exchange) {
    return this.writes.send(http, 'AddLocation');
  }

  @Get()
  list(@Http() http: Exchange) {
    const { filter, page } = listRequest(http, FILTERS, { searchable: true });
    return this.reads.answer(http, new ListCatalogue(http.caller, 'location', filter, page));
  }

  @Get(':id')
  get(@Http() http: Exchange, @Param('id') locationId: string) {
    return this.reads.answer(http, new GetCatalogueEntry(http.caller, 'location', locationId));
  }

  @Patch(':id')
  change(@Http() http: Exchange, @Param('id') locationId: string) {
    return this.writes.send(http, 'ChangeLocation', { locationId });
  }
}

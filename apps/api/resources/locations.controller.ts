import { Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { GetCatalogueEntry, ListCatalogue } from '#application';
import { type Exchange, Http } from '../http/exchange.ts';
import { anyText, listRequest } from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';
import { Writes } from '../http/writes.ts';
import { Does, Lists, Shows } from '../openapi/describe.ts';

const FILTERS = { customerId: anyText };

/** The locations of an account's customers. */
@Controller('v1/locations')
export class LocationsController {
  constructor(
    private readonly writes: Writes,
    private readonly reads: Reads,
  ) {}

  @Post()
  @Does('AddLocation')
  add(@Http() http: Exchange) {
    return this.writes.send(http, 'AddLocation');
  }

  @Get()
  @Lists('LocationView', {
    summary: 'The locations of the account, by name.',
    filters: FILTERS,
    searchable: true,
  })
  list(@Http() http: Exchange) {
    const { filter, page } = listRequest(http, FILTERS, { searchable: true });
    return this.reads.answer(http, new ListCatalogue(http.caller, 'location', filter, page));
  }

  @Get(':id')
  @Shows('LocationView', { summary: 'One location of the account.' })
  get(@Http() http: Exchange, @Param('id') locationId: string) {
    return this.reads.answer(http, new GetCatalogueEntry(http.caller, 'location', locationId));
  }

  @Patch(':id')
  @Does('ChangeLocation', ['locationId'])
  change(@Http() http: Exchange, @Param('id') locationId: string) {
    return this.writes.send(http, 'ChangeLocation', { locationId });
  }
}

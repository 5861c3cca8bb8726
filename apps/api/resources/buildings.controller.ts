import { Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { GetCatalogueEntry, ListCatalogue } from '#application';
import { type Exchange, Http } from '../http/exchange.ts';
import { anyText, listRequest } from '../http/list-request.ts';
import { Reads } from '../http/reads.ts';
import { Writes } from '../http/writes.ts';
import { Does, Lists, Shows } from '../openapi/describe.ts';

const FILTERS = { customerId: anyText, locationId: anyText };

/** The named buildings of a location. */
@Controller('v1/buildings')
export class BuildingsController {
  constructor(
    private readonly writes: Writes,
    private readonly reads: Reads,
  ) {}

  @Post()
  @Does('AddBuilding')
  add(@Http() http: Exchange) {
    return this.writes.send(http, 'AddBuilding');
  }

  @Get()
  @Lists('BuildingView', {
    summary: 'The buildings of the account, by name.',
    filters: FILTERS,
    searchable: true,
  })
  list(@Http() http: Exchange) {
    const { filter, page } = listRequest(http, FILTERS, { searchable: true });
    return this.reads.answer(http, new ListCatalogue(http.caller, 'building', filter, page));
  }

  @Get(':id')
  @Shows('BuildingView', { summary: 'One building of the account.' })
  get(@Http() http: Exchange, @Param('id') buildingId: string) {
    return this.reads.answer(http, new GetCatalogueEntry(http.caller, 'building', buildingId));
  }

  @Patch(':id')
  @Does('ChangeBuilding', ['buildingId'])
  change(@Http() http: Exchange, @Param('id') buildingId: string) {
    return this.writes.send(http, 'ChangeBuilding', { buildingId });
  }
}

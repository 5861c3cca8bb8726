import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { BuildingDetails, CopySource, CustomerDetails, LocationDetails } from '#domain/catalogue';
import { type Actor, notFound } from '#domain/kernel';
import {
  type BuildingDocument,
  buildings,
  type CustomerDocument,
  catalogueProjection,
  customers,
  type LocationDocument,
  locations,
} from '#projections/catalogue';
import type { CollectionDefinition, FindQuery, ViewReader } from '#view-store';
import { VIEWS } from '../ports.ts';
import { type Listing, listPage, withItems } from './paging.ts';
import { searchedFor } from './search.ts';
import { type PageOf, type PageRequest, ViewQuery } from './view-query.ts';

interface Kept {
  readonly id: string;
  /** The share it was copied from, and what it was there (R-T4). */
  readonly copiedFrom?: CopySource;
  readonly revision: number;
}

export interface CustomerView extends CustomerDetails, Kept {}

export interface LocationView extends LocationDetails, Kept {
  readonly customerId: string;
}

export interface BuildingView extends BuildingDetails, Kept {
  readonly customerId: string;
  readonly locationId: string;
}

/** The kinds of entries of a catalogue, except installations. */
interface Entries {
  customer: { document: CustomerDocument; view: CustomerView };
  location: { document: LocationDocument; view: LocationView };
  building: { document: BuildingDocument; view: BuildingView };
}
type EntryKind = keyof Entries;

/** The filters of a list of catalogue entries. */
export interface CatalogueFilter {
  readonly customerId?: string;
  readonly locationId?: string;
}

export class GetCatalogueEntry<Kind extends EntryKind = EntryKind> extends ViewQuery<Entries[Kind]['view']> {
  readonly reads = [catalogueProjection.name];

  constructor(
    caller: Actor,
    readonly kind: Kind,
    readonly entryId: string,
  ) {
    super(caller);
  }
}

export class ListCatalogue<Kind extends EntryKind = EntryKind> extends ViewQuery<
  PageOf<Entries[Kind]['view']>
> {
  readonly reads = [catalogueProjection.name];

  constructor(
    caller: Actor,
    readonly kind: Kind,
    readonly filter: CatalogueFilter,
    readonly page: PageRequest,
  ) {
    super(caller);
  }
}

@QueryHandler(GetCatalogueEntry)
export class GetCatalogueEntryHandler
  implements IQueryHandler<GetCatalogueEntry, Entries[EntryKind]['view']>
{
  constructor(@Inject(VIEWS) private readonly views: ViewReader) {}

  /** @throws Refusal `not-found`: there is none, or it is another account's */
  async execute({ caller, kind, entryId }: GetCatalogueEntry): Promise<Entries[EntryKind]['view']> {
    const document = await this.views.get(collectionOf(kind), entryId);
    if (document === undefined || document.account !== caller.account) throw notFound(kind);
    return entryView(document);
  }
}

@QueryHandler(ListCatalogue)
export class ListCatalogueHandler
  implements IQueryHandler<ListCatalogue, PageOf<Entries[EntryKind]['view']>>
{
  constructor(@Inject(VIEWS) private readonly views: ViewReader) {}

  async execute({ caller, kind, filter, page }: ListCatalogue): Promise<PageOf<Entries[EntryKind]['view']>> {
    const found = await listPage(this.views, listing(caller.account, kind, filter, page.q), page);
    return withItems(found, found.items.map(entryView));
  }
}

type EntryDocument = Entries[EntryKind]['document'];

const COLLECTIONS: { readonly [Kind in EntryKind]: CollectionDefinition<Entries[Kind]['document']> } = {
  customer: customers,
  location: locations,
  building: buildings,
};

function collectionOf(kind: EntryKind): CollectionDefinition<EntryDocument> {
  return COLLECTIONS[kind] as CollectionDefinition<never>;
}

/** By name, within a location, a customer or the whole catalogue. */
function listing(
  account: string,
  kind: EntryKind,
  filter: CatalogueFilter,
  q: string | undefined,
): Listing<EntryDocument> {
  const text = searchedFor(account, q);
  const { customerId, locationId } = filter;
  const keep = (document: EntryDocument) => 'customerId' in document && document.customerId === customerId;
  return {
    collection: collectionOf(kind),
    query: { ...narrowest(account, filter), text },
    keep: customerId !== undefined && locationId !== undefined ? keep : undefined,
  };
}

function narrowest(
  account: string,
  { customerId, locationId }: CatalogueFilter,
): Pick<FindQuery, 'index' | 'prefix'> {
  if (locationId !== undefined) return { index: 'by-location', prefix: [account, locationId] };
  if (customerId !== undefined) return { index: 'by-customer', prefix: [account, customerId] };
  return { index: 'by-name', prefix: [account] };
}

function entryView({ account: _, details, ...entry }: EntryDocument): Entries[EntryKind]['view'] {
  return { ...details, ...entry } as Entries[EntryKind]['view'];
}

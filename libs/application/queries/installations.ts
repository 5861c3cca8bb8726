import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import {
  type AccessAction,
  type AccessType,
  type Amount,
  allowedActionsOf,
  co2eTonnes,
  hasCome,
  type InstallationProperties,
  installationByClock,
} from '#domain/installation';
import { type Actor, type Instant, notFound } from '#domain/kernel';
import {
  type BuildingDocument,
  buildings,
  type CustomerDocument,
  catalogueProjection,
  customers,
  type LocationDocument,
  locations,
} from '#projections/catalogue';
import {
  type AccessFilter,
  type AccountInstallation,
  accessFilter,
  accountInstallation,
  accountInstallations,
  type HeldAccess,
  type InstallationDocument,
  installations,
  installationsProjection,
  propertiesFor,
  readableRevision,
} from '#projections/installations';
import type { CollectionDefinition, FindQuery, ViewReader } from '#view-store';
import type { Clock } from '../core/clock.ts';
import { CLOCK, VIEWS } from '../ports.ts';
import { type Listing, listPage, withItems } from './paging.ts';
import { searchedWithPlaces } from './search.ts';
import { type PageOf, type PageRequest, ViewQuery } from './view-query.ts';

/** How the caller has, or had, access. */
export interface AccessView {
  readonly type: 'root' | AccessType;
  /** The account that gave it. */
  readonly via?: string;
  readonly shareId?: string;
  readonly grantId?: string;
  readonly since: Instant;
  /** The last moment at which its giver may revoke it (R-V2). */
  readonly revocableUntil?: Instant | 'any-time';
  /** When it ends by itself, or with what it was given on from (R-E1). */
  readonly expiresAt?: Instant;
  readonly endedAt?: Instant;
  /** A former holder reads the installation as it was then (R-V5). */
  readonly readableAsOf?: Instant;
}

/** The names of the places in the caller's catalogue; absent while the catalogue's view does not have them. */
export interface PlaceNames {
  readonly customer?: string;
  readonly location?: string;
  readonly building?: string;
}

/** An installation as the caller keeps it, in a list. */
export interface ListedInstallation extends Omit<InstallationProperties, 'notes' | 'components'> {
  readonly id: string;
  readonly token: string;
  readonly customerId: string;
  readonly locationId: string;
  /** None: in no named building. */
  readonly buildingId?: string;
  readonly place: PlaceNames;
  readonly reference: string;
  readonly customerReference?: string;
  /** Charge × GWP / 1,000, where the refrigerant is known. */
  readonly co2eTonnes?: Amount;
  readonly archived: boolean;
  readonly access: AccessView;
}

/** An installation as the caller keeps it. */
export interface InstallationView
  extends ListedInstallation,
    Pick<InstallationProperties, 'notes' | 'components'> {
  readonly allowedActions: readonly AccessAction[];
  readonly revision: number;
}

export class GetInstallation extends ViewQuery<InstallationView> {
  readonly reads = [installationsProjection.name, catalogueProjection.name];

  constructor(
    caller: Actor,
    readonly installationId: string,
  ) {
    super(caller);
  }
}

export interface InstallationFilter {
  readonly customerId?: string;
  readonly locationId?: string;
  readonly buildingId?: string;
  readonly archived?: boolean;
  readonly access?: AccessFilter;
}

export class ListInstallations extends ViewQuery<PageOf<ListedInstallation>> {
  readonly reads = [installationsProjection.name, catalogueProjection.name];

  constructor(
    caller: Actor,
    readonly filter: InstallationFilter,
    readonly page: PageRequest,
  ) {
    super(caller);
  }
}

@QueryHandler(GetInstallation)
export class GetInstallationHandler implements IQueryHandler<GetInstallation, InstallationView> {
  constructor(
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-found`: there is none, or the caller never had access to it */
  async execute({ caller, installationId }: GetInstallation): Promise<InstallationView> {
    const { row, document } = await installationFor(
      this.views,
      installationId,
      caller.account,
      this.clock.now(),
    );
    const properties = propertiesFor(document, caller.account);
    const [place = {}] = await placeNames(this.views, [row]);
    return {
      ...listed(row, place),
      ...properties,
      allowedActions: allowedActionsOf(document.installation.tree, caller),
      revision: readableRevision(document, caller.account),
    };
  }
}

@QueryHandler(ListInstallations)
export class ListInstallationsHandler
  implements IQueryHandler<ListInstallations, PageOf<ListedInstallation>>
{
  constructor(
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ caller, filter, page }: ListInstallations): Promise<PageOf<ListedInstallation>> {
    const text = await searchedWithPlaces(this.views, caller.account, page.q);
    const found = await listPage(this.views, listing(caller.account, filter, text), page);
    const places = await placeNames(this.views, found.items);
    const now = this.clock.now();
    return withItems(
      found,
      found.items.map((row, index) => listed(rowByClock(row, now), places[index] ?? {})),
    );
  }
}

/** The row of an installation in one account's catalogue, and its document. */
export interface KeptInstallation {
  readonly row: AccountInstallation;
  readonly document: InstallationDocument;
}

/**
 * The installation, for an account that has or had access to it. Access whose end has come reads as ended, whether or not
 * that is recorded yet: nothing is recorded of an installation between the two (R-E2).
 * @throws Refusal `not-found`: the account never had access
 */
export async function installationFor(
  views: ViewReader,
  installationId: string,
  account: string,
  now: Instant,
): Promise<KeptInstallation> {
  const stored = await views.get(installations, installationId);
  const document = stored && documentByClock(stored, now);
  // Derived from the document, as the stored row may be a moment newer or older.
  const row = document && accountInstallation(document, account);
  if (document === undefined || row === undefined) throw notFound('installation');
  return { row, document };
}

/** The document as of now (R-E2). */
export function documentByClock(document: InstallationDocument, now: Instant): InstallationDocument {
  const installation = installationByClock(document.installation, now);
  return installation === document.installation ? document : { ...document, installation };
}

/** The row of a list as of now: for an account that lost access the installation is archived. */
function rowByClock(row: AccountInstallation, now: Instant): AccountInstallation {
  const { access } = row;
  if (access.kind !== 'live' || access.expiresAt === undefined || !hasCome(access.expiresAt, now)) return row;
  const { expiresAt: endedAt, revocableUntil: _, ...held } = access;
  return { ...row, archived: true, access: { ...held, kind: 'former', endedAt, readableRevision: 0 } };
}

/** The narrowest index, and a condition for the rest of the filter. */
function listing(
  account: string,
  filter: InstallationFilter,
  text: FindQuery['text'],
): Listing<AccountInstallation> {
  const { customerId, locationId, buildingId, archived, access } = filter;
  const by = narrowest(filter);
  const prefix = [account, ...(by.prefix ?? [])];
  const keep = ({ placement, ...row }: AccountInstallation) =>
    (customerId === undefined || placement.customerId === customerId) &&
    (locationId === undefined || placement.locationId === locationId) &&
    (buildingId === undefined || placement.buildingId === buildingId) &&
    (access === undefined || accessFilter(row.access) === access);
  const placesAndAccess = [customerId, locationId, buildingId, access].filter((given) => given !== undefined);
  return {
    collection: accountInstallations,
    query: { index: by.index, prefix: archived === undefined ? prefix : [...prefix, archived], text },
    keep: placesAndAccess.length > by.prefix.length ? keep : undefined,
  };
}

/** In each of these indexes archived installations come last. */
function narrowest(filter: InstallationFilter): Pick<FindQuery, 'index' | 'prefix'> {
  const { customerId, locationId, buildingId, access } = filter;
  if (buildingId !== undefined) return { index: 'by-building', prefix: [buildingId] };
  if (locationId !== undefined) return { index: 'by-location', prefix: [locationId] };
  if (customerId !== undefined) return { index: 'by-customer', prefix: [customerId] };
  if (access !== undefined) return { index: 'by-access', prefix: [access] };
  return { index: 'by-account', prefix: [] };
}

/** In the order of the rows. */
async function placeNames(
  views: ViewReader,
  rows: readonly AccountInstallation[],
): Promise<readonly PlaceNames[]> {
  const namesOf = async <D extends NamedDocument>(collection: CollectionDefinition<D>, ids: string[]) => {
    const found = await views.getMany(collection, [...new Set(ids)]);
    return new Map(found.flatMap((entry) => (entry === undefined ? [] : [[entry.id, entry.details.name]])));
  };
  const placements = rows.map(({ placement }) => placement);
  const [customer, location, building] = await Promise.all([
    namesOf(
      customers,
      placements.map(({ customerId }) => customerId),
    ),
    namesOf(
      locations,
      placements.map(({ locationId }) => locationId),
    ),
    namesOf(
      buildings,
      placements.flatMap(({ buildingId }) => buildingId ?? []),
    ),
  ]);
  return placements.map(({ customerId, locationId, buildingId }) => ({
    customer: customer.get(customerId),
    location: location.get(locationId),
    building: buildingId === undefined ? undefined : building.get(buildingId),
  }));
}

type NamedDocument = CustomerDocument | LocationDocument | BuildingDocument;

function listed(row: AccountInstallation, place: PlaceNames): ListedInstallation {
  const { installationId: id, token, placement, archived, access, properties } = row;
  return {
    id,
    token,
    ...placement,
    place,
    ...properties,
    co2eTonnes: co2eTonnes(properties.refrigerant, properties.chargeKg),
    archived,
    access: accessView(access),
  };
}

function accessView(access: HeldAccess): AccessView {
  if (access.kind === 'root') return { type: 'root', since: access.since };
  const { type, via, shareId, grantId, since } = access;
  const held = { type, via, shareId, grantId, since };
  if (access.kind === 'live') {
    const { revocableUntil, expiresAt } = access;
    return { ...held, revocableUntil, expiresAt };
  }
  return { ...held, endedAt: access.endedAt, readableAsOf: access.endedAt };
}

// Finds in the views the catalogue entries that the rows of a file may mean.
import { cityKey, identifyCustomer, identifyLocation, postalCodeKey } from '#domain/catalogue';
import {
  buildingKey,
  type CatalogueRow,
  customerKeys,
  installationKey,
  type KnownCatalogue,
  locationKey,
  namedCustomer,
} from '#domain/import';
import { buildings, catalogueProjection, customers, locations } from '#projections/catalogue';
import { accountInstallations, installationsProjection } from '#projections/installations';
import type { CollectionDefinition, Document, Key, PrefixQuery, ViewReader } from '#view-store';

/** The projections whose documents are read. */
export const CATALOGUE_VIEWS = [catalogueProjection.name, installationsProjection.name];

const PAGE = 200;

/** One look-up in an index: the parts of its keys that follow the account. */
export type LookUp = readonly [index: string, prefix: Key];

/**
 * Adds to `known` everything in an account's catalogue that one of the rows may mean; each look-up is made once
 * for all of them.
 */
export async function lookUp(
  known: KnownCatalogue,
  rows: readonly CatalogueRow[],
  account: string,
  views: ViewReader,
): Promise<void> {
  const find = <D extends Document>(collection: CollectionDefinition<D>, lookUps: readonly LookUp[]) =>
    findAll(views, collection, account, lookUps);

  const named = rows.map(({ customer, location }) => namedCustomer(customer, location.address.country));
  for (const customer of await find(customers, named.flatMap(customerLookUps))) known.addCustomer(customer);

  const under = rows.flatMap((row, index) => {
    const one = named[index];
    const found = one && identifyCustomer(one, known.customersLike(one));
    return found?.kind === 'known' ? [{ row, customerId: found.thing.id }] : [];
  });
  const [streets, installations] = await Promise.all([
    find(
      locations,
      under.map(({ row, customerId }) => ['by-street', locationKey(customerId, row.location.address)]),
    ),
    find(
      accountInstallations,
      under.map(({ row, customerId }) => ['by-reference-key', installationKey(customerId, row.reference)]),
    ),
  ]);
  for (const location of streets) known.addLocation(location);
  const live = installations.filter(({ access }) => access.kind !== 'former');
  for (const { installationId, placement, properties } of live) {
    known.addInstallation({ id: installationId, placement, properties });
  }

  const at = under.flatMap(({ row, customerId }) => {
    if (row.building === undefined) return [];
    const alike = known.locationsLike(customerId, row.location.address);
    const found = identifyLocation(row.location, alike);
    return found.kind === 'known' ? [['by-label', buildingKey(found.thing.id, row.building)] as const] : [];
  });
  const elsewhere = live.map(({ placement }) => placement.locationId).filter((id) => !known.location(id));
  const [within, places] = await Promise.all([
    find(buildings, at),
    views.getMany(locations, [...new Set(elsewhere)]),
  ]);
  for (const building of within) known.addBuilding(building);
  for (const location of places) if (location !== undefined) known.addLocation(location);
}

/** With an address, locations of the same name are looked up at that address only: many may have the same name. */
function customerLookUps(named: Parameters<typeof customerKeys>[0]): LookUp[] {
  const { number, vatNumber, name, street } = customerKeys(named);
  const { address } = named;
  const [company] = name;
  const code = postalCodeKey(address?.postalCode);
  return [
    ...(number === undefined ? [] : [['by-customer-number', [number]] as const]),
    ...(vatNumber === undefined ? [] : [['by-vat-key', [vatNumber]] as const]),
    ...(address === undefined || street === undefined
      ? [['by-company', name] as const]
      : [['by-town-address', [street, cityKey(address.city), company]] as const]),
    ...(street === undefined || code === undefined
      ? []
      : [['by-postal-address', [street, code, company]] as const]),
  ];
}

/** Everything of the account that the look-ups find, each made once. */
export async function findAll<D extends Document>(
  views: ViewReader,
  collection: CollectionDefinition<D>,
  account: string,
  lookUps: readonly LookUp[],
): Promise<readonly D[]> {
  const distinct = [...new Map(lookUps.map((lookUp) => [JSON.stringify(lookUp), lookUp])).values()];
  const documents: D[] = [];
  let queries: PrefixQuery[] = distinct.map(([index, prefix]) => ({
    index,
    prefix: [account, ...prefix],
    limit: PAGE,
  }));
  while (queries.length > 0) {
    const pages = await views.findEach(collection, queries);
    for (const { items } of pages) for (const document of items) documents.push(document);
    queries = queries.flatMap((query, place) => {
      const after = pages[place]?.next;
      return after === undefined ? [] : [{ ...query, after }];
    });
  }
  return documents;
}

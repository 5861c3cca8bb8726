// Looks up, in an account's own catalogue, the possible matches of a package's customers, locations and installations; the
// domain judges what is found (R-P5). Every query uses an index and reads one page: a plan scans nothing.
import {
  type Address,
  cityKey,
  companyKey,
  foldText,
  labelKey,
  postalCodeKey,
  serialNumberKey,
  streetKey,
  vatNumberKey,
} from '#domain/catalogue';
import {
  type CustomerOutcome,
  LINKING_SCORE,
  type Match,
  matchCustomer,
  matchInstallation,
  matchLocation,
  type PackagedBuilding,
  type PackagedCustomer,
  type PackagedLocation,
  type PackageItem,
} from '#domain/share';
import {
  type BuildingDocument,
  buildings,
  type CustomerDocument,
  customers,
  type LocationDocument,
  locations,
} from '#projections/catalogue';
import {
  type AccountInstallation,
  accountInstallationId,
  accountInstallations,
} from '#projections/installations';
import type { CollectionDefinition, Document, PrefixQuery, ViewReader } from '#view-store';

/** How many of a kind are compared; with more of one name there is no clear match anyway. */
const CANDIDATES = 20;

/** How many customers at one address are compared by name; beyond them, those of exactly that name. */
const AT_ONE_ADDRESS = 100;

/** Finds matches in the catalogue of one account. */
export class Matching {
  constructor(
    private readonly views: ViewReader,
    private readonly account: string,
  ) {}

  /** The best match among the account's customers; a copy or an equal VAT number needs no further look-up. */
  async customer(source: PackagedCustomer): Promise<Match<CustomerDocument> | undefined> {
    const { account } = this;
    const vat = vatNumberKey(source.vatNumber);
    const known = await this.candidates(customers, [
      { index: 'by-copy-source', prefix: [account, source.id] },
      ...(vat === undefined ? [] : [{ index: 'by-vat-key', prefix: [account, vat] }]),
    ]);
    const sure = matchCustomer(source, known);
    if (sure !== undefined && sure.score >= LINKING_SCORE) return sure;
    const company = companyKey(source.name);
    const alike = await this.candidates(customers, [
      { index: 'by-company', prefix: [account, company] },
      ...this.atAddress(source.address).flatMap(({ index, prefix }) => [
        { index, prefix, limit: AT_ONE_ADDRESS },
        { index, prefix: [...prefix, company] },
      ]),
    ]);
    return matchCustomer(source, distinct([...known, ...alike]));
  }

  /** The best match among the account's locations, given the proposal for its customer. */
  async location(
    source: PackagedLocation,
    customer: CustomerOutcome,
  ): Promise<Match<LocationDocument> | undefined> {
    const { account } = this;
    const { name, address } = source;
    const copies = { index: 'by-copy-source', prefix: [account, source.id] };
    if (customer.kind === 'own') {
      const its = [account, customer.customerId];
      const under = await this.candidates(locations, [
        copies,
        { index: 'by-street', prefix: [...its, streetKey(address.street)] },
        { index: 'by-customer', prefix: [...its, foldText(name)] },
      ]);
      const match = matchLocation(source, under, customer);
      if (match !== undefined) return match;
    }
    const anywhere = await this.candidates(locations, [copies, ...this.atAddress(address)]);
    return matchLocation(source, anywhere, customer);
  }

  /** The building of that name at the account's own location. */
  async building(source: PackagedBuilding, locationId: string): Promise<BuildingDocument | undefined> {
    const prefix = [this.account, locationId, labelKey(source.name)];
    const { items } = await this.views.find(buildings, { index: 'by-label', prefix, limit: 1 });
    return items[0];
  }

  /** The installation itself, where the account keeps it already; else one with the same serial number. */
  async installation(item: PackageItem): Promise<Match<AccountInstallation> | undefined> {
    const { account } = this;
    const kept = await this.views.get(
      accountInstallations,
      accountInstallationId(item.installationId, account),
    );
    if (kept) return matchInstallation(item, [kept]);
    const serialNumber = serialNumberKey(item.properties.serialNumber);
    if (serialNumber === undefined) return undefined;
    const lookup = { index: 'by-serial-key', prefix: [account, serialNumber] };
    return matchInstallation(item, await this.candidates(accountInstallations, [lookup]));
  }

  /** The queries for entries in that street at that number, in that postal code or that town. */
  private atAddress({ street, postalCode, city }: Address): PrefixQuery[] {
    const address = [this.account, streetKey(street)];
    const code = postalCodeKey(postalCode);
    return [
      ...(code === undefined ? [] : [{ index: 'by-postal-address', prefix: [...address, code] }]),
      { index: 'by-town-address', prefix: [...address, cityKey(city)] },
    ];
  }

  private async candidates<D extends Document>(
    collection: CollectionDefinition<D>,
    lookups: readonly PrefixQuery[],
  ): Promise<readonly D[]> {
    const pages = await this.views.findEach(
      collection,
      lookups.map((lookup) => ({ limit: CANDIDATES, ...lookup })),
    );
    return distinct(pages.flatMap(({ items }) => items));
  }
}

function distinct<D extends Document>(found: readonly D[]): readonly D[] {
  return [...new Map(found.map((one) => [one.id, one])).values()];
}

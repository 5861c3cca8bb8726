// Finds in an account's own catalogue what a package's customers, locations and installations may be already (R-P5).
import {
  type Address,
  cityKey,
  companyKey,
  compareVatNumbers,
  foldText,
  labelKey,
  postalCodeKey,
  sameAddress,
  serialNumberKey,
  streetKey,
  vatNumberKey,
} from '#domain/catalogue';
import type { PackagedBuilding, PackagedCustomer, PackagedLocation, PackageItem } from '#domain/share';
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
import type { CollectionDefinition, Document, Key, ViewReader } from '#view-store';

/** By what two things look alike. */
export type MatchReason =
  | 'copied-before'
  | 'vat-number'
  | 'name-and-address'
  | 'address'
  | 'name'
  | 'token'
  | 'serial-number';

/** Something of the account's own that may be the same, and how likely that is, from 0 to 1. */
export interface Match<Found> {
  readonly found: Found;
  readonly score: number;
  readonly reason: MatchReason;
}

/** From this score on two things are taken for one. */
export const LINKING_SCORE = 0.75;

/** How many of a kind are compared; more of one name or address would tell nothing. */
const CANDIDATES = 20;

/** Looks in the catalogue of one account. */
export class Matching {
  constructor(
    private readonly views: ViewReader,
    private readonly account: string,
  ) {}

  /** The likeliest of the account's customers; two VAT numbers that differ are two customers. */
  async customer(source: PackagedCustomer): Promise<Match<CustomerDocument> | undefined> {
    const { account } = this;
    const vat = vatNumberKey(source.vatNumber);
    const candidates = await this.candidates(customers, [
      ['by-copy-source', [account, source.id]],
      ...(vat === undefined ? [] : [['by-vat-key', [account, vat]] as const]),
      ['by-company', [account, companyKey(source.name)]],
      ...atAddress(account, source.address),
    ]);
    return best(candidates, ({ copiedFrom, details }) => {
      if (copiedFrom?.id === source.id) return [1, 'copied-before'];
      const compared = compareVatNumbers(source, details);
      if (compared !== 'unknown') return compared === 'same' ? [0.98, 'vat-number'] : undefined;
      const namesake = companyKey(details.name) === companyKey(source.name);
      const neighbour = sameAddress(details.address, source.address);
      if (namesake && neighbour) return [0.95, 'name-and-address'];
      return namesake ? [0.6, 'name'] : [0.4, 'address'];
    });
  }

  /** @param customerId of the account's own, where the location's customer is one of them */
  async location(
    source: PackagedLocation,
    customerId: string | undefined,
  ): Promise<Match<LocationDocument> | undefined> {
    const { account } = this;
    const candidates = await this.candidates(locations, [
      ['by-copy-source', [account, source.id]],
      ...atAddress(account, source.address),
      ...(customerId === undefined
        ? []
        : [['by-customer', [account, customerId, foldText(source.name)]] as [string, Key]]),
    ]);
    return best(candidates, ({ copiedFrom, details, customerId: its }) => {
      if (copiedFrom?.id === source.id) return [1, 'copied-before'];
      const namesake = companyKey(details.name) === companyKey(source.name);
      const there = sameAddress(details.address, source.address);
      if (customerId !== undefined && its === customerId) {
        if (there) return namesake ? [0.97, 'name-and-address'] : [0.9, 'address'];
        return [0.5, 'name'];
      }
      if (there) return namesake ? [0.8, 'name-and-address'] : [0.6, 'address'];
      return undefined;
    });
  }

  /** The building of that name at the account's own location. */
  async building(source: PackagedBuilding, locationId: string): Promise<BuildingDocument | undefined> {
    const prefix = [this.account, locationId, labelKey(source.name)];
    const { items } = await this.views.find(buildings, { index: 'by-label', prefix, limit: 1 });
    return items[0];
  }

  /** The installation itself, where the account keeps it already; else one with the same serial number. */
  async installation({
    installationId,
    properties: { serialNumber },
  }: PackageItem): Promise<Match<AccountInstallation> | undefined> {
    const kept = await this.views.get(
      accountInstallations,
      accountInstallationId(installationId, this.account),
    );
    if (kept) return { found: kept, score: 1, reason: 'token' };
    const serial = serialNumberKey(serialNumber);
    if (serial === undefined) return undefined;
    const { items } = await this.views.find(accountInstallations, {
      index: 'by-serial-key',
      prefix: [this.account, serial],
      limit: 1,
    });
    return items[0] && { found: items[0], score: 0.9, reason: 'serial-number' };
  }

  private async candidates<D extends Document>(
    collection: CollectionDefinition<D>,
    lookups: readonly (readonly [index: string, prefix: Key])[],
  ): Promise<readonly D[]> {
    const pages = await Promise.all(
      lookups.map(([index, prefix]) => this.views.find(collection, { index, prefix, limit: CANDIDATES })),
    );
    return [...new Map(pages.flatMap(({ items }) => items).map((found) => [found.id, found])).values()];
  }
}

/** What stands in that street at that number, in that postal code or town. */
function atAddress(account: string, { street, postalCode, city }: Address): [index: string, prefix: Key][] {
  const code = postalCodeKey(postalCode);
  return [
    ...(code === undefined
      ? []
      : [['by-postal-address', [account, streetKey(street), code]] as [string, Key]]),
    ['by-town-address', [account, streetKey(street), cityKey(city)]],
  ];
}

type Judgement = readonly [score: number, reason: MatchReason] | undefined;

/** The likeliest candidate, of equals the one with the lowest id, so that every page of a plan says the same. */
function best<D extends Document>(
  candidates: readonly D[],
  judge: (candidate: D) => Judgement,
): Match<D> | undefined {
  const matches = candidates.flatMap((found): Match<D>[] => {
    const judgement = judge(found);
    return judgement ? [{ found, score: judgement[0], reason: judgement[1] }] : [];
  });
  matches.sort((one, other) => other.score - one.score || (one.found.id < other.found.id ? -1 : 1));
  return matches[0];
}

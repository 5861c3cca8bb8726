// How likely an entry of the requester's own is the same as one of a package, and why (R-P5).
import {
  type Address,
  type CopySource,
  type CustomerDetails,
  companyKey,
  compareVatNumbers,
  foldText,
  isPlaceholder,
  type LocationDetails,
  sameAddress,
  serialNumberKey,
  similarName,
} from '#domain/catalogue';
import type { InstallationProperties } from '#domain/installation';
import { unreachable } from '#domain/kernel';
import type { PackagedCustomer, PackagedLocation, PackageItem } from './events.ts';

/** The reason for a match. */
export type MatchReason =
  | 'copied-before'
  | 'vat-number'
  | 'name-and-address'
  | 'similar-name-and-address'
  | 'address'
  | 'name'
  | 'token'
  | 'serial-number';

/**
 * How likely it is that two entries are the same, from 0 to 1.
 * @minimum 0
 * @maximum 1
 */
export type Score = number;

/** An entry of the requester's own that may be the same. */
export interface Match<Found> {
  readonly found: Found;
  readonly score: Score;
  readonly reason: MatchReason;
}

/** From this score on, two entries are treated as the same. */
export const LINKING_SCORE = 0.75;

/** The score of a match that is one of several: only a suggestion. */
const ONE_OF_SEVERAL = 0.7;

interface OwnEntry<Details> {
  readonly id: string;
  readonly details: Details;
  readonly copiedFrom?: CopySource;
}
export type OwnCustomer = OwnEntry<CustomerDetails>;
export type OwnLocation = OwnEntry<LocationDetails> & { readonly customerId: string };

/** An installation as the requester keeps it. */
export interface OwnInstallation {
  readonly installationId: string;
  readonly properties: Pick<InstallationProperties, 'serialNumber' | 'brand'>;
}

/**
 * The likeliest of the requester's own customers. Customers with different VAT numbers are different, whatever else is
 * alike; where several are equally likely, the match is only a suggestion.
 * @param candidates those that are a copy of it or have its VAT number, name or address, by their keys
 */
export function matchCustomer<Own extends OwnCustomer>(
  source: PackagedCustomer,
  candidates: readonly Own[],
): Match<Own> | undefined {
  const [best, ...others] = ranked(candidates, (own) => judgeCustomer(source, own));
  if (best === undefined || best.score < LINKING_SCORE) return best;
  const rivals = others.filter(({ score }) => score === best.score);
  const isOneOfSeveral = rivals.some(({ found }) => areDistinct(found.details, best.found.details));
  return isOneOfSeveral ? { ...best, score: ONE_OF_SEVERAL } : best;
}

function judgeCustomer(source: PackagedCustomer, { details, copiedFrom }: OwnCustomer): Judgement {
  const vat = compareVatNumbers(source, details);
  if (vat === 'different') return undefined;
  if (copiedFrom?.id === source.id) return [1, 'copied-before'];
  const there = sameStreetAddress(source.address, details.address);
  const namesake = identifies(source.name) && companyKey(source.name) === companyKey(details.name);
  if (vat === 'same') return [there && namesake ? 0.99 : 0.98, 'vat-number'];
  if (there && namesake) return [0.95, 'name-and-address'];
  if (there && identifies(source.name) && similarName(source.name, details.name)) {
    return [0.85, 'similar-name-and-address'];
  }
  if (namesake) return [0.6, 'name'];
  return there ? [0.4, 'address'] : undefined;
}

/** Whether two customers of a package are certainly different. */
export function areTwoCustomers(one: PackagedCustomer, other: PackagedCustomer): boolean {
  return compareVatNumbers(one, other) === 'different';
}

/** Whether two installations of a package are certainly different machines, though their serial numbers may be equal. */
export function areTwoMachines(one: PackageItem, other: PackageItem): boolean {
  return compareBrands(one.properties.brand, other.properties.brand) === 'different';
}

/**
 * The match, given what else of the package is matched to the same entry of the requester's own. Two that are certainly
 * different cannot both be it: only the likelier is linked, and neither of two that are equally likely.
 * @param claims the scores, from 0 to 1, of the matches of entries that are certainly different from this one
 */
export function amongRivals<Found>(match: Match<Found>, claims: readonly number[]): Match<Found> {
  return claims.some((score) => score >= match.score) ? suggested(match) : match;
}

/** Whether the requester itself distinguishes them: by VAT number, or by name. */
function areDistinct(one: CustomerDetails, other: CustomerDetails): boolean {
  return compareVatNumbers(one, other) === 'different' || companyKey(one.name) !== companyKey(other.name);
}

/** The target of the customer that a location of the package belongs to. */
export type CustomerOutcome =
  /** One of the requester's own, linked to or created by a step. */
  | { readonly kind: 'own'; readonly customerId: string }
  | { readonly kind: 'created' }
  /** At location level a package has no customers. */
  | { readonly kind: 'unknown' };

/**
 * The likeliest of the requester's own locations. It is linked only under the customer that its own customer is linked
 * to. Where its customer is created it is created; where no customer is known, only the one location of the account
 * at that address is linked, if the name fits.
 * @param candidates those that are a copy of it, are at its address, or have its name under its customer
 */
export function matchLocation<Own extends OwnLocation>(
  source: PackagedLocation,
  candidates: readonly Own[],
  customer: CustomerOutcome,
): Match<Own> | undefined {
  switch (customer.kind) {
    case 'own':
      return matchUnder(source, candidates, customer.customerId);
    case 'created':
      return suggestedPlace(source, candidates);
    case 'unknown':
      return matchAnywhere(source, candidates);
    default:
      return unreachable(customer);
  }
}

function matchUnder<Own extends OwnLocation>(
  source: PackagedLocation,
  candidates: readonly Own[],
  customerId: string,
): Match<Own> | undefined {
  const under = candidates.filter((own) => own.customerId === customerId);
  const [best, rival] = ranked(under, (own) => {
    if (own.copiedFrom?.id === source.id) return [1, 'copied-before'];
    if (!sameStreetAddress(source.address, own.details.address)) {
      return fits(source, own.details) ? [0.5, 'name'] : undefined;
    }
    return fits(source, own.details) ? [0.97, 'name-and-address'] : [0.9, 'address'];
  });
  if (best === undefined) {
    return suggestedPlace(source, candidates);
  }
  const isOneOfSeveral = best.reason === 'address' && rival?.score === best.score;
  return isOneOfSeveral ? { ...best, score: ONE_OF_SEVERAL } : best;
}

function matchAnywhere<Own extends OwnLocation>(
  source: PackagedLocation,
  candidates: readonly Own[],
): Match<Own> | undefined {
  const there = candidates.filter(({ details }) => sameStreetAddress(source.address, details.address));
  const [best] = ranked(candidates, (own) => judgePlace(source, own));
  if (best === undefined || best.reason === 'copied-before') return best;
  return there.length === 1 && best.reason === 'name-and-address' ? { ...best, score: 0.9 } : suggested(best);
}

function suggestedPlace<Own extends OwnLocation>(source: PackagedLocation, candidates: readonly Own[]) {
  const [best] = ranked(candidates, (own) => judgePlace(source, own));
  return best && suggested(best);
}

function judgePlace(source: PackagedLocation, { details, copiedFrom }: OwnLocation): Judgement {
  if (copiedFrom?.id === source.id) return [1, 'copied-before'];
  if (!sameStreetAddress(source.address, details.address)) return undefined;
  return fits(source, details) ? [ONE_OF_SEVERAL, 'name-and-address'] : [0.6, 'address'];
}

/** Whether the names may be of the same place at one address: `Magazijn` fits `Magazijn Gent` in Gent. */
function fits(one: Pick<LocationDetails, 'name' | 'address'>, other: typeof one): boolean {
  if (!identifies(one.name)) return false;
  const [mine, its] = [withoutTown(one), withoutTown(other)];
  return mine === its || similarName(mine, its);
}

function withoutTown({ name, address }: Pick<LocationDetails, 'name' | 'address'>): string {
  const town = new Set(foldText(address.city).split(' '));
  const words = companyKey(name).split(' ');
  return words.filter((word) => !town.has(word)).join(' ') || words.join(' ');
}

/**
 * The requester's own record of the installation: the installation itself, or one with an equal serial number, which
 * is the same machine unless the brands differ.
 * @param candidates those that are it or have its serial number
 */
export function matchInstallation<Own extends OwnInstallation>(
  { installationId, properties }: Pick<PackageItem, 'installationId' | 'properties'>,
  candidates: readonly Own[],
): Match<Own> | undefined {
  const kept = candidates.find((own) => own.installationId === installationId);
  if (kept !== undefined) return { found: kept, score: 1, reason: 'token' };
  const serialNumber = serialNumberKey(properties.serialNumber);
  const identified = candidates.map((found) => ({ id: found.installationId, found }));
  const [best] = ranked(identified, ({ found: { properties: its } }) => {
    if (serialNumber === undefined || serialNumberKey(its.serialNumber) !== serialNumber) return undefined;
    const brands = compareBrands(properties.brand, its.brand);
    if (brands === 'different') return undefined;
    return [brands === 'same' ? 0.95 : 0.9, 'serial-number'];
  });
  return best && { ...best, found: best.found.found };
}

/** `Mitsubishi` may be `Mitsubishi Electric`, which `Mitsubishi Heavy` is not. */
function compareBrands(one: string | undefined, other: string | undefined): 'same' | 'different' | 'unknown' {
  if (one === undefined || other === undefined || !identifies(one) || !identifies(other)) return 'unknown';
  if (similarName(one, other)) return 'same';
  const [fewer = [], more = []] = [companyKey(one).split(' '), companyKey(other).split(' ')].toSorted(
    (left, right) => left.length - right.length,
  );
  return fewer.every((word) => more.includes(word)) ? 'same' : 'different';
}

/** Whether the addresses are the same place, and not placeholders. */
function sameStreetAddress(one: Address, other: Address): boolean {
  return !isPlaceholder(one.street) && sameAddress(one, other);
}

/** Whether a name identifies somebody, and is not a placeholder. */
function identifies(name: string): boolean {
  return !isPlaceholder(name);
}

type Judgement = readonly [score: Score, reason: MatchReason] | undefined;

/** The likeliest first, of equals the one with the lowest id, so that every page of a plan is consistent. */
function ranked<Own extends { readonly id: string }>(
  candidates: readonly Own[],
  judge: (candidate: Own) => Judgement,
): readonly Match<Own>[] {
  return candidates
    .flatMap((found): Match<Own>[] => {
      const judgement = judge(found);
      return judgement ? [{ found, score: judgement[0], reason: judgement[1] }] : [];
    })
    .sort((one, other) => other.score - one.score || (one.found.id < other.found.id ? -1 : 1));
}

/** Not likely enough to be linked. */
function suggested<Own>(match: Match<Own>): Match<Own> {
  return { ...match, score: Math.min(match.score, ONE_OF_SEVERAL) };
}

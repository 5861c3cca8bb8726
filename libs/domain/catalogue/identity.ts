// Which customer, location or building of an account the values of a row or a form identify (R-K1, R-K2, R-K3).
import { sameAddress } from './address.ts';
import type { Address, CustomerDetails, LocationDetails } from './events.ts';
import { isPlaceholder } from './placeholders.ts';
import { labelKey, sameName } from './text.ts';
import { compareVatNumbers } from './vat-number.ts';

/** The result of identifying something among candidates. */
export type Identity<Thing> =
  | { readonly kind: 'known'; readonly thing: Thing }
  | { readonly kind: 'new' }
  /** It may be any of these candidates. */
  | { readonly kind: 'ambiguous'; readonly among: readonly Thing[] };

/** The given values of a customer. `country` is that of its location, where no address of its own is given. */
export interface NamedCustomer extends Pick<CustomerDetails, 'name' | 'vatNumber' | 'customerNumber'> {
  readonly address?: Address;
  readonly country?: string;
}

/** An account's own number for a customer, normalised for comparison; `undefined` where it is a placeholder. */
export function customerNumberKey(customerNumber: string | undefined): string | undefined {
  return customerNumber === undefined || isPlaceholder(customerNumber) ? undefined : labelKey(customerNumber);
}

/**
 * The customer meant (R-K1): by the account's own number; else by VAT number; else by name and address together;
 * else, where no address is given, by the name alone. A different number makes it another customer, whatever else
 * is alike. Where two of these identify two customers, or one of them several that the others do not distinguish,
 * it is ambiguous.
 * @param candidates all of the account's customers that share one of these with it, by their keys
 */
export function identifyCustomer<Thing extends { readonly details: CustomerDetails }>(
  named: NamedCustomer,
  candidates: readonly Thing[],
): Identity<Thing> {
  const { address, country = address?.country } = named;
  const holder = { vatNumber: named.vatNumber, address: address ?? { country } };
  const number = customerNumberKey(named.customerNumber);
  const its = ({ details }: Thing) => customerNumberKey(details.customerNumber);
  const vat = ({ details }: Thing) => compareVatNumbers(holder, details);
  const namesake = ({ details }: Thing) => sameName(named.name, details.name);

  const byNumber = candidates.filter((one) => number !== undefined && its(one) === number);
  const open = candidates.filter(
    (one) => number === undefined || its(one) === undefined || its(one) === number,
  );
  const byVat = open.filter((one) => vat(one) === 'same');
  const alike = open.filter((one) => vat(one) !== 'different' && namesake(one));
  const byAddress = alike.filter(
    ({ details }) => address !== undefined && sameAddress(address, details.address),
  );
  const found = agreeing(byNumber, byVat, byAddress);
  if (found.kind === 'new' && address === undefined) return onlyOne(alike);
  return found.kind === 'several' ? onlyFitting(found.among, alike) : found;
}

/**
 * The location meant, by its address (R-K2); of several at one address the one of that name.
 * @param candidates all locations of the same customer in that street, by `streetKey`
 */
export function identifyLocation<Thing extends { readonly details: LocationDetails }>(
  { name, address }: { readonly name?: string; readonly address: Address },
  candidates: readonly Thing[],
): Identity<Thing> {
  const there = candidates.filter(({ details }) => sameAddress(address, details.address));
  return onlyFitting(
    there,
    there.filter(({ details }) => name !== undefined && sameName(name, details.name)),
  );
}

/**
 * The building meant, by its name, where only case and spacing do not count (R-K3).
 * @param candidates buildings at the same location
 */
export function identifyBuilding<Thing extends { readonly details: { readonly name: string } }>(
  name: string,
  candidates: readonly Thing[],
): Identity<Thing> {
  const alike = candidates.filter(({ details }) => labelKey(name) === labelKey(details.name));
  return onlyFitting(
    alike,
    alike.filter(({ details }) => name === details.name),
  );
}

/** Combines what several criteria identify; a criterion without matches is ignored. */
function agreeing<Thing>(
  ...clues: readonly (readonly Thing[])[]
): Identity<Thing> | { readonly kind: 'several'; readonly among: readonly Thing[] } {
  const [first, ...others] = clues.filter((pointed) => pointed.length > 0);
  if (first === undefined) return { kind: 'new' };
  let left = first;
  for (const pointed of others) {
    const both = left.filter((one) => pointed.includes(one));
    if (both.length === 0) return { kind: 'ambiguous', among: [...new Set([...left, ...pointed])] };
    left = both;
  }
  const one = onlyOne(left);
  return one.kind === 'ambiguous' ? { kind: 'several', among: left } : one;
}

function onlyOne<Thing>(things: readonly Thing[]): Identity<Thing> {
  const [thing, ...others] = things;
  if (thing === undefined) return { kind: 'new' };
  return others.length === 0 ? { kind: 'known', thing } : { kind: 'ambiguous', among: things };
}

/** The only match, or of several the only one that fits better than the others. */
function onlyFitting<Thing>(things: readonly Thing[], fitting: readonly Thing[]): Identity<Thing> {
  const fit = onlyOne(things.filter((one) => fitting.includes(one)));
  return fit.kind === 'known' ? fit : onlyOne(things);
}

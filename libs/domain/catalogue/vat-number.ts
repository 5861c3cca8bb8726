// How VAT numbers are compared (R-K5, R-K7).
import { remembered } from '#domain/kernel';
import { countryKey, countryOf } from './address.ts';
import type { Address } from './events.ts';
import { isPlaceholderNumber } from './placeholders.ts';

/** A VAT number's owner, whose address gives the country of a number written without one. */
export interface VatHolder {
  readonly vatNumber?: string;
  readonly address?: Pick<Address, 'country' | 'postalCode'>;
}

interface VatNumber {
  readonly country?: string;
  readonly number: string;
}

/** Labels that people write before the number. */
const LABEL = /^(?:BTW(?:NR)?|TVA|VAT|MWST|UST(?:ID)?(?:NR)?)(?=[A-Z]{2}|\d)/;

/** Suffixes of Swiss and Norwegian numbers. */
const SUFFIX = /(?<=\d)(?:MWST|TVA|IVA|MVA)$/;

/** The country prefix: two letters, three in Switzerland. */
const PREFIX = /^(?:CHE|[A-Z]{2})(?=[A-Z]{0,2}\d)/;

/** Whether a VAT number is invalid: a placeholder, or only zeros after its country (R-K5). */
export function isPlaceholderVatNumber(vatNumber: string): boolean {
  const { number } = parse(vatNumber);
  return isPlaceholderNumber(vatNumber) || (/\d/.test(number) && !/[1-9]/.test(number));
}

/** The key by which a VAT number is looked up, without its country; `undefined` where it is invalid (R-K5). */
export function vatNumberKey(vatNumber: string | undefined): string | undefined {
  return vatNumber === undefined || isPlaceholderVatNumber(vatNumber) ? undefined : parse(vatNumber).number;
}

/**
 * Whether two have the same VAT number; `unknown` where either has none (R-K5), or the same digits may belong to two
 * countries.
 */
export function compareVatNumbers(one: VatHolder, other: VatHolder): 'same' | 'different' | 'unknown' {
  const [mine, its] = [numberOf(one), numberOf(other)];
  if (mine === undefined || its === undefined) return 'unknown';
  if (mine.number !== its.number) return 'different';
  if (mine.country === its.country) return 'same';
  return mine.country === undefined || its.country === undefined ? 'unknown' : 'different';
}

function numberOf({ vatNumber, address }: VatHolder): VatNumber | undefined {
  if (vatNumber === undefined || isPlaceholderVatNumber(vatNumber)) return undefined;
  const written = parse(vatNumber);
  const country = written.country ?? (address && countryOf(address));
  return country === undefined ? written : { ...written, country };
}

/**
 * The spellings of a VAT number without spaces, in lower case: as given, with its country's prefix and without,
 * and with the zero that older Belgian numbers lack; empty where it is invalid (R-K5, R-K7).
 */
export function vatNumberSpellings({ vatNumber, address }: VatHolder): string[] {
  const found = numberOf({ vatNumber, address });
  if (vatNumber === undefined || found === undefined) return [];
  const prefixes = ['', ...(found.country === undefined ? [] : [found.country])];
  const numbers = [found.number, `0${found.number}`];
  const spelt = prefixes.flatMap((prefix) => numbers.map((number) => prefix + number));
  return [...new Set([...spelt, signsOf(vatNumber)].map((spelling) => spelling.toLowerCase()))];
}

/** Without leading zeros: older Belgian numbers have one less. */
const parse = remembered((vatNumber): VatNumber => {
  const signs = signsOf(vatNumber).replace(LABEL, '').replace(SUFFIX, '');
  const prefix = PREFIX.exec(signs)?.[0];
  const number = signs.slice(prefix?.length ?? 0).replace(/^0+(?=.)/, '');
  return prefix === undefined ? { number } : { country: countryKey(prefix), number };
});

function signsOf(vatNumber: string): string {
  return vatNumber
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

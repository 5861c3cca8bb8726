// How VAT numbers compare (R-K5, R-K7).
import { remembered } from '#domain/kernel';
import { countryKey, countryOf } from './address.ts';
import type { Address } from './events.ts';
import { isFiller } from './fillers.ts';

/** Who may have a VAT number, and the address that tells the country of one that is written without. */
export interface VatHolder {
  readonly vatNumber?: string;
  readonly address?: Pick<Address, 'country' | 'postalCode'>;
}

interface VatNumber {
  readonly country?: string;
  readonly number: string;
}

/** What people write before the number. */
const LABEL = /^(?:BTW(?:NR)?|TVA|VAT|MWST|UST(?:ID)?(?:NR)?)(?=[A-Z]{2}|\d)/;

/** What the Swiss and the Norwegians write behind it. */
const SUFFIX = /(?<=\d)(?:MWST|TVA|IVA|MVA)$/;

/** Two letters of the country; the Swiss write three. */
const PREFIX = /^(?:CHE|[A-Z]{2})(?=[A-Z]{0,2}\d)/;

/** Whether a VAT number is none: a filler, or nothing but zeros after its country (R-K5). */
export function isVatFiller(vatNumber: string): boolean {
  const { number } = parse(vatNumber);
  return isFiller(vatNumber) || (/\d/.test(number) && !/[1-9]/.test(number));
}

/** The number by which one VAT number is looked up, in whatever country; `undefined` where it is none (R-K5). */
export function vatNumberKey(vatNumber: string | undefined): string | undefined {
  return vatNumber === undefined || isVatFiller(vatNumber) ? undefined : parse(vatNumber).number;
}

/**
 * Whether two have one VAT number or two; `unknown` where either has none (R-K5), or the same digits may be of two
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
  if (vatNumber === undefined || isVatFiller(vatNumber)) return undefined;
  const written = parse(vatNumber);
  const country = written.country ?? (address && countryOf(address));
  return country === undefined ? written : { ...written, country };
}

/**
 * How a VAT number may be written closed up, in small letters: as it stands, with its country's prefix and without,
 * and with the zero that older Belgian numbers lack; none where it is none (R-K5, R-K7).
 */
export function vatNumberSpellings({ vatNumber, address }: VatHolder): string[] {
  const found = numberOf({ vatNumber, address });
  if (vatNumber === undefined || found === undefined) return [];
  const prefixes = ['', ...(found.country === undefined ? [] : [found.country])];
  const numbers = [found.number, `0${found.number}`];
  const spelt = prefixes.flatMap((prefix) => numbers.map((number) => prefix + number));
  return [...new Set([...spelt, signsOf(vatNumber)].map((spelling) => spelling.toLowerCase()))];
}

/** Without the zeros it begins with: older Belgian numbers have one less. */
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

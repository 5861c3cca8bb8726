// The words by which addresses are searched (R-K7): what compares as equal is found, however it is written or asked for.
import { cityKey, comparedCity, comparedStreet, countryOf, postalParts, streetKey } from './address.ts';
import type { Address } from './events.ts';
import { formsOf, shortEnding } from './short-forms.ts';
import { foldedWords, withoutSpaces } from './text.ts';

/** How many consecutive words of a query may be written as one in a document. */
const LONGEST_RUN = 4;

/** The words by which an address is found, each by its prefixes. */
export function addressWords(address: Address): string[] {
  return [
    ...asWritten(address.street, comparedStreet(address.street)),
    ...postalCodeWords(address),
    ...cityWords(address.city),
  ];
}

/** The words by which a town is found. */
export function cityWords(city: string): string[] {
  return asWritten(city, comparedCity(city));
}

/**
 * The words of a query, each with what it may be spelt as instead: words that are written as one, as in `Haupt-Str.`,
 * have a spelling in common.
 */
export function searchedWords(query: string): string[][] {
  const words = foldedWords(query);
  const spellings = words.map((word) => [word, shortEnding(word)]);
  for (const [from, to] of runsOf(words.length)) {
    const keys = keysOf(words.slice(from, to));
    for (const spelling of spellings.slice(from, to)) spelling.push(...keys);
  }
  return spellings.map((spelling) => [...new Set(spelling)]);
}

/** Text by its words in all their forms, and by the rest of it from each of its words on, without spaces. */
function asWritten(text: string, compared: readonly string[]): string[] {
  const rests = compared.map((_, place) => withoutSpaces(compared.slice(place).join(' ')));
  return [...foldedWords(text), ...compared.flatMap(formsOf), ...rests];
}

function postalCodeWords({ postalCode = '', country }: Address): string[] {
  const { code } = postalParts(postalCode);
  if (code === undefined) return [];
  return [...foldedWords(postalCode), code, postalCodeIn(countryOf({ postalCode, country }), code)];
}

/** A word that no text contains, whose beginning is no other one. */
function postalCodeIn(country: string | undefined, code: string): string {
  return `#${code}#${country ?? ''}#`;
}

/** The runs of words that may be written as one: the whole query, and short ones. */
function runsOf(length: number): (readonly [from: number, to: number])[] {
  const runs = Array.from({ length }, (_, from) =>
    Array.from(
      { length: Math.min(LONGEST_RUN, length - from) },
      (_, more) => [from, from + more + 1] as const,
    ),
  ).flat();
  return length > LONGEST_RUN ? [...runs, [0, length]] : runs;
}

/** What the words are when they are written as one: the end of a street or of a town, or a postal code with its country. */
function keysOf(words: readonly string[]): string[] {
  const text = words.join(' ');
  const { country, code } = postalParts(text);
  const postalCodes =
    country === undefined || code === undefined
      ? []
      : [country, undefined].map((one) => postalCodeIn(one, code));
  // A word by itself is found in all its forms; its short form would find whatever begins with the same letters.
  return words.length === 1 ? postalCodes : [streetKey(text), cityKey(text), ...postalCodes];
}

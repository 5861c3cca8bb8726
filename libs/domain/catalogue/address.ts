// How addresses compare (R-K2, R-K7).
import { remembered } from '#domain/kernel';
import type { Address } from './events.ts';
import { shortForms, shortWord } from './short-forms.ts';
import { foldedWords, foldText, nameKey, withoutSpaces } from './text.ts';

/** A single letter is an abbreviation only at the beginning of a street: after a number it is part of the number. */
const FIRST_LETTERS: Readonly<Record<string, string>> = { r: 'rue' };

const AFTER_LETTERS = /^([a-z]{1,2})(\d{4,6}(?:[a-z]{2})?)$/;
const NUMERIC_POSTAL_CODE = /^\d{4,6}(?:[a-z]{2})?$/;

/** Countries by their code, with their names and their prefixes in postal codes. */
const COUNTRIES = shortForms({
  at: 'austria oesterreich osterreich autriche oostenrijk aut a',
  be: 'belgium belgie belgique belgien bel b',
  bg: 'bulgaria bulgarije',
  ch: 'switzerland schweiz suisse zwitserland svizzera che',
  cy: 'cyprus',
  cz: 'czechia tsjechie tschechien',
  de: 'germany deutschland allemagne duitsland deu d',
  dk: 'denmark danmark danemark denemarken dnk',
  ee: 'estonia estland',
  es: 'spain espana espagne spanje spanien esp e',
  fi: 'finland suomi fin',
  fr: 'france frankrijk frankreich fra f',
  gb: 'uk,united kingdom,great britain,england,verenigd koninkrijk,royaume uni,gbr',
  gr: 'greece griekenland el',
  hr: 'croatia kroatie',
  hu: 'hungary hongarije',
  ie: 'ireland ierland irlande irland irl',
  it: 'italy italia italie italien ita i',
  lt: 'lithuania litouwen',
  lu: 'luxembourg luxemburg lux l',
  lv: 'latvia letland',
  nl: 'netherlands,the netherlands,nederland,pays bas,niederlande,holland,nld',
  no: 'norway norge noorwegen nor n',
  pl: 'poland polska pologne polen pol',
  pt: 'portugal prt p',
  ro: 'romania roemenie',
  se: 'sweden sverige suede zweden schweden swe s',
  si: 'slovenia slovenie',
  sk: 'slovakia slowakije',
  us: 'usa,united states,united states of america,verenigde staten,etats unis,vereinigte staaten',
});

const COUNTRY_CODES: ReadonlySet<string> = new Set(COUNTRIES.values());

/** The two-letter code of a country, from its code or its name; unchanged where it is neither. */
export function countryKey(country: string): string {
  const folded = nameKey(country);
  return COUNTRIES.get(folded) ?? folded;
}

/** The country of an address, from its country or from the prefix of its postal code. */
export function countryOf({
  country,
  postalCode,
}: Pick<Address, 'country' | 'postalCode'>): string | undefined {
  if (country !== undefined && country.trim() !== '') return countryKey(country);
  return postalCode === undefined ? undefined : postalParts(postalCode).country;
}

/** A street with its house number, normalised for comparison: usual abbreviations are equal to the full words. */
export const streetKey = remembered(
  (street) => withoutSpaces(comparedStreet(street).join(' ')) || nameKey(street),
);

/** A town, normalised for comparison. */
export const cityKey = remembered((city) => withoutSpaces(comparedCity(city).join(' ')) || nameKey(city));

/** The words of a street as they are compared, its house number last; spaces between them mean nothing. */
export function comparedStreet(street: string): string[] {
  const [first, ...others] = numberLast(foldedWords(street));
  return first === undefined ? [] : [FIRST_LETTERS[first] ?? first, ...others].map(shortWord);
}

/** Likewise of a town. */
export function comparedCity(city: string): string[] {
  return foldedWords(city).map(shortWord);
}

/** A postal code, normalised for comparison, without a country prefix; `undefined` where it is blank. */
export function postalCodeKey(postalCode: string | undefined): string | undefined {
  return postalCode === undefined ? undefined : postalParts(postalCode).code;
}

/** Whether the text is a postal code of digits, of at most two letters behind them and a country before them. */
export function isPostalCode(text: string): boolean {
  return NUMERIC_POSTAL_CODE.test(postalCodeKey(text) ?? '');
}

/**
 * Whether two addresses are the same place: the same street and number in one country, with the same postal code or, where
 * either has none, the same town.
 */
export function sameAddress(one: Address, other: Address): boolean {
  if (streetKey(one.street) !== streetKey(other.street)) return false;
  const [country, itsCountry] = [countryOf(one), countryOf(other)];
  if (country !== undefined && itsCountry !== undefined && country !== itsCountry) return false;
  const [code, itsCode] = [postalCodeKey(one.postalCode), postalCodeKey(other.postalCode)];
  if (code !== undefined && itsCode !== undefined) return code === itsCode;
  return cityKey(one.city) === cityKey(other.city);
}

/** `12, rue Haute` is `Rue Haute 12`; a street such as `1 Mei 12`, named after a number, is unchanged. */
function numberLast(words: readonly string[]): readonly string[] {
  const [number = '', ...street] = words;
  const isHouseNumber = /^\d+\p{L}?$/u.test(number) && street.length > 0;
  return isHouseNumber && !street.some((word) => /^\d+\p{L}?$/u.test(word)) ? [...street, number] : words;
}

/** A postal code with the country before it: `B-9000` is 9000 in Belgium. */
export const postalParts = remembered((postalCode): { readonly country?: string; readonly code?: string } => {
  const code = foldText(postalCode).replaceAll(' ', '');
  const [, letters = '', bare = ''] = AFTER_LETTERS.exec(code) ?? [];
  const country = COUNTRIES.get(letters) ?? (COUNTRY_CODES.has(letters) ? letters : undefined);
  if (country !== undefined) return { country, code: bare };
  return code === '' ? {} : { code };
});

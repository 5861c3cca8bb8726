// How addresses compare (R-K2, R-K7).
import { remembered } from '#domain/kernel';
import type { Address } from './events.ts';
import { foldText, nameKey, withoutSpaces } from './text.ts';

/** Short forms by which words are compared, each with its other forms. */
const SHORT_WORDS = shortForms({
  all: 'allee',
  av: 'avenue ave aven',
  bd: 'boulevard blvd bvd bld boul',
  burg: 'burgemeester burgm bgm',
  bus: 'bte boite box postbus',
  chee: 'chaussee ch chse chaus',
  chem: 'chemin che',
  cl: 'close',
  cres: 'crescent cr',
  ct: 'court',
  dk: 'dijk',
  dr: 'drive drv doctor dokter docteur doktor',
  fbg: 'faubourg fg',
  gdns: 'gardens',
  gen: 'generaal general',
  gr: 'gracht grote groot grand grande',
  hwy: 'highway',
  imp: 'impasse',
  kd: 'kade',
  kon: 'koning koningin koninklijke',
  ln: 'laan lane',
  mgr: 'monseigneur',
  min: 'minister ministre',
  pkwy: 'parkway',
  pl: 'place plein platz pln',
  pres: 'president',
  prof: 'professor professeur',
  pst: 'pastoor past',
  rd: 'road',
  rte: 'route',
  sgl: 'singel',
  sq: 'square',
  st: 'street saint sainte sint sankt ste',
  str: 'straat strasse',
  stwg: 'steenweg stw',
  ter: 'terrace terr',
  wg: 'weg',
});

/** Short forms of the last parts of words: `Kerkstraat` equals `Kerkstr.` */
const SHORT_ENDINGS = shortForms({
  all: 'allee',
  gr: 'gracht',
  kd: 'kade',
  dk: 'dijk',
  ln: 'laan',
  pl: 'plein pln platz',
  sgl: 'singel',
  str: 'straat strasse',
  stwg: 'steenweg stw',
  wg: 'weg',
});
/** A single letter is an abbreviation only at the beginning of a street: after a number it is part of the number. */
const FIRST_LETTERS: Readonly<Record<string, string>> = { r: 'rue' };
const ENDINGS = new RegExp(`(?<=\\p{L}{2})(${[...SHORT_ENDINGS.keys()].join('|')})$`, 'u');

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

/** The short form by each of the others; those of several words have commas between them. */
function shortForms(forms: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(forms).flatMap(([short, others]) =>
      others.split(others.includes(',') ? ',' : ' ').map((other) => [other, short] as const),
    ),
  );
}

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
export const streetKey = remembered((street) => {
  const [first = '', ...others] = numberLast(foldText(street).split(' '));
  const words = [FIRST_LETTERS[first] ?? first, ...others];
  return withoutSpaces(words.map(shortWord).join(' ')) || nameKey(street);
});

/** A town, normalised for comparison. */
export const cityKey = remembered(
  (city) => withoutSpaces(foldText(city).split(' ').map(shortWord).join(' ')) || nameKey(city),
);

/** A postal code, normalised for comparison, without a country prefix; `undefined` where it is blank. */
export function postalCodeKey(postalCode: string | undefined): string | undefined {
  return postalCode === undefined ? undefined : postalParts(postalCode).code;
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

function shortWord(word: string): string {
  return SHORT_WORDS.get(word) ?? word.replace(ENDINGS, (ending) => SHORT_ENDINGS.get(ending) ?? ending);
}

/** `12, rue Haute` is `Rue Haute 12`; a street such as `1 Mei 12`, named after a number, is unchanged. */
function numberLast(words: readonly string[]): readonly string[] {
  const [number = '', ...street] = words;
  const isHouseNumber = /^\d+\p{L}?$/u.test(number) && street.length > 0;
  return isHouseNumber && !street.some((word) => /^\d+\p{L}?$/u.test(word)) ? [...street, number] : words;
}

/** `B-9000` is 9000 in Belgium. */
const postalParts = remembered((postalCode): { readonly country?: string; readonly code?: string } => {
  const code = foldText(postalCode).replaceAll(' ', '');
  const [, letters = '', bare = ''] = /^([a-z]{1,2})(\d{4,6}(?:[a-z]{2})?)$/.exec(code) ?? [];
  const country = COUNTRIES.get(letters) ?? (COUNTRY_CODES.has(letters) ? letters : undefined);
  if (country !== undefined) return { country, code: bare };
  return code === '' ? {} : { code };
});

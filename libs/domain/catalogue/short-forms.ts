// The usual short forms of words in addresses: Dutch, French, German and English (R-K7).

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

const ENDINGS = new RegExp(`(?<=\\p{L}{2})(${[...SHORT_ENDINGS.keys()].join('|')})$`, 'u');

/** The other forms by each short one. */
const LONG_WORDS = longForms(SHORT_WORDS);
const LONG_ENDINGS = longForms(SHORT_ENDINGS);

/** The short form by each of the others; those of several words have commas between them. */
export function shortForms(forms: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(forms).flatMap(([short, others]) =>
      others.split(others.includes(',') ? ',' : ' ').map((other) => [other, short] as const),
    ),
  );
}

function longForms(short: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const others = Map.groupBy(short, ([, itsShort]) => itsShort);
  return new Map(Array.from(others, ([itsShort, forms]) => [itsShort, forms.map(([other]) => other)]));
}

/** A folded word, shortened if it is one that has a short form, or if its last part has one. */
export function shortWord(word: string): string {
  return SHORT_WORDS.get(word) ?? shortEnding(word);
}

/** `kerkstraat` is `kerkstr`; a word without such a last part is unchanged. */
export function shortEnding(word: string): string {
  return word.replace(ENDINGS, (ending) => SHORT_ENDINGS.get(ending) ?? ending);
}

/** Every folded word that has the same short form, itself among them: of `avenue` also `av`. */
export function formsOf(word: string): string[] {
  const short = shortWord(word);
  const endings = [...LONG_ENDINGS].flatMap(([ending, others]) =>
    short.endsWith(ending) ? others.map((other) => short.slice(0, -ending.length) + other) : [],
  );
  const forms = new Set([word, short, ...(LONG_WORDS.get(short) ?? []), ...endings]);
  return [...forms].filter((form) => shortWord(form) === short);
}

// Two labelled catalogues, made from a seed: what one account keeps, what another shares with it as people would write
// it, and of each thing shared which of the account's own it is, or none.
import type { Address } from '#domain/catalogue';
import type { PackageItem } from '#domain/share';
import type { CustomerDocument, LocationDocument } from '#projections/catalogue';
import { type AccountInstallation, accountInstallationId } from '#projections/installations';

export interface CorpusSize {
  /** Companies that both keep, each with two locations of two installations. */
  readonly shared: number;
  /** Companies that only the account itself keeps. */
  readonly own: number;
  /** Companies that only the other one keeps; of each, the account keeps one that merely looks like it. */
  readonly others: number;
}

export interface Corpus {
  readonly customers: readonly CustomerDocument[];
  readonly locations: readonly LocationDocument[];
  readonly installations: readonly AccountInstallation[];
  readonly items: readonly PackageItem[];
  /** By the package's id: the account's own, or `undefined`. */
  readonly truth: {
    readonly customers: ReadonlyMap<string, string | undefined>;
    readonly locations: ReadonlyMap<string, string | undefined>;
    readonly installations: ReadonlyMap<string, string | undefined>;
  };
}

interface Machine {
  readonly serialNumber: string;
  readonly brand: string;
}
interface Site {
  readonly name: string;
  readonly address: Address;
  readonly machines: readonly Machine[];
}
interface Company {
  readonly name: string;
  readonly vatNumber: string;
  readonly address: Address;
  readonly sites: readonly Site[];
}

/** Chances that follow from a seed. */
class Chance {
  private state: number;

  constructor(seed: number) {
    this.state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  }

  /** From 0 to, not including, `limit`. */
  below(limit: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * limit);
  }

  of<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }

  in(times: number): boolean {
    return this.below(times) === 0;
  }
}

const TRADES = [
  'Melkerij',
  'Bloemisterij',
  'Zwembad',
  'Garage',
  'Cinéma',
  'Wäscherei',
  'Kasteel',
  'Pharmacie',
];
const BEGINNINGS = [
  'Ver',
  'Oud',
  'Stern',
  'Haak',
  'Bru',
  'Lam',
  'Grön',
  'Pol',
  'Dier',
  'Zwart',
  'Cour',
  'Ijs',
];
const MIDDLES = ['ber', 'man', 'ste', 'kla', 'wou', 'rin', 'dög', 'pel', 'vos', 'hui', 'jar', 'tin'];
const ENDINGS = [
  'ghem',
  'smit',
  'court',
  'aerts',
  'øvre',
  'inck',
  'oord',
  'üller',
  'éry',
  'wald',
  'ska',
  'borg',
];
const BRANDS = ['Aermec', 'Lennox', 'Hitachi', 'Panasonic', 'Frascold'];
const SITE_NAMES = ['Hal', 'Winkel', 'Keuken', 'Serverruimte'];

interface Country {
  readonly code: string;
  readonly called: readonly string[];
  readonly streets: readonly (readonly [whole: string, short: string])[];
  readonly towns: readonly (readonly [postalCode: string, city: string])[];
  readonly forms: readonly string[];
  readonly vat: (digits: string) => string;
}

const COUNTRIES: readonly Country[] = [
  {
    code: 'BE',
    called: ['BE', 'België', 'Belgique'],
    streets: [
      ['Molenstraat', 'Molenstr.'],
      ['Tiensesteenweg', 'Tiense Stwg'],
      ['Rue Neuve', 'R. Neuve'],
      ['Avenue des Arts', 'Av. des Arts'],
      ['Sint-Annaplein', 'St. Annapln.'],
    ],
    towns: [
      ['8500', 'Kortrijk'],
      ['3500', 'Hasselt'],
      ['6000', 'Charleroi'],
      ['4700', 'Eupen'],
    ],
    forms: ['NV', 'BV', 'S.A.', 'vzw'],
    vat: (digits) => `BE0${digits}`,
  },
  {
    code: 'NL',
    called: ['NL', 'Nederland', 'The Netherlands'],
    streets: [
      ['Beatrixlaan', 'Beatrixln'],
      ['Burgemeester Rooskade', 'Burg. Rooskade'],
      ['Handelsweg', 'Handelswg.'],
    ],
    towns: [
      ['2611 AA', 'Delft'],
      ['6211 JX', 'Maastricht'],
      ['8011 PK', 'Zwolle'],
    ],
    forms: ['B.V.', 'N.V.'],
    vat: (digits) => `NL${digits}B01`,
  },
  {
    code: 'DE',
    called: ['DE', 'Deutschland', 'Germany'],
    streets: [
      ['Gartenstraße', 'Gartenstr.'],
      ['Rathausplatz', 'Rathauspl.'],
      ['Schillerallee', 'Schiller Allee'],
    ],
    towns: [
      ['52062', 'Aachen'],
      ['47051', 'Duisburg'],
      ['54290', 'Trier'],
    ],
    forms: ['GmbH', 'AG'],
    vat: (digits) => `DE${digits}`,
  },
];

const FILLERS = ['', '-', 'n.v.t.', 'inconnu', '0000', '?'];
const SERIAL_FILLERS = ['', 'geen', 'N/A', '--', '000000'];

/** Makes companies of one country each, no two of one name, VAT number or door. */
class Companies {
  private made = 0;

  constructor(private readonly chance: Chance) {}

  next(): Company {
    const { chance } = this;
    const country = chance.of(COUNTRIES);
    const number = this.made++;
    const name = `${chance.of(TRADES)} ${familyName(number)}`;
    const sites = [0, 1].map((site): Site => {
      const machines = [0, 1].map((machine) => ({
        serialNumber: chance.in(5) ? chance.of(SERIAL_FILLERS) : `${100_000 + number}K${site}${machine}`,
        brand: chance.of(BRANDS),
      }));
      return { name: chance.of(SITE_NAMES), address: this.address(country, number, site), machines };
    });
    const digits = String(123_456_789 + number * 7);
    return { name, vatNumber: country.vat(digits), address: this.address(country, number, 0), sites };
  }

  /** House numbers go up, so that no two companies share a door by chance. */
  private address(country: Country, number: number, site: number): Address {
    const [postalCode, city] = this.chance.of(country.towns);
    const street = `${this.chance.of(country.streets)[0]} ${1 + number * 2 + site}`;
    return { street, postalCode, city, country: country.code };
  }
}

/** No two are a letter or two apart. */
function familyName(number: number): string {
  const part = (parts: readonly string[], index: number) => parts[index % parts.length] as string;
  const [low, high] = [number % 12, Math.floor(number / 12)];
  const middle = part(MIDDLES, low + 5 * high) + part(MIDDLES, Math.floor(high / 12));
  return `${part(BEGINNINGS, low + high)}${middle}${part(ENDINGS, low + 7 * Math.floor(high / 144))}`;
}

/** What merely looks like a company, made of it and of another one. */
interface Lookalike {
  readonly of: (company: Company, other: Company) => Company;
  /** Nothing but their VAT numbers tells the two apart, so both have one. */
  readonly byVatNumberAlone?: true;
}

const LOOKALIKES: readonly Lookalike[] = [
  // Another company at the same doors, with machines of another make under the same serial numbers.
  {
    of: (company, { name, vatNumber }) => ({
      ...company,
      name,
      vatNumber,
      sites: company.sites.map((site) => ({
        ...site,
        machines: site.machines.map(({ serialNumber }) => ({ serialNumber, brand: 'Zanotti' })),
      })),
    }),
  },
  // The same name, and no VAT number, elsewhere.
  { of: ({ name }, other) => ({ ...other, name, vatNumber: '' }) },
  // The same name at the same door, with another VAT number.
  { of: ({ name, address }, other) => ({ ...other, name, address }), byVatNumberAlone: true },
  // A VAT number that is none.
  { of: (_, other) => ({ ...other, vatNumber: '-' }) },
];

function lookalikeOf(index: number): Lookalike {
  return LOOKALIKES[index % LOOKALIKES.length] as Lookalike;
}

/** Makes both catalogues. The same seed and size always make the same. */
export function corpusOf(seed: number, size: CorpusSize): Corpus {
  const chance = new Chance(seed);
  const companies = new Companies(chance);
  const make = (count: number) => Array.from({ length: count }, () => companies.next());
  const [both, ours, theirs] = [make(size.shared), make(size.own), make(size.others)];
  // What only they keep has lookalikes among ours: whoever links these is wrong.
  const lookalikes = theirs.map((company, index) => lookalikeOf(index).of(company, companies.next()));
  const own = [...both, ...ours, ...lookalikes].map((company, index) => keptBy(company, `o${index}`));
  const truth = { customers: new Map(), locations: new Map(), installations: new Map() };
  const items: PackageItem[] = [];
  for (const [index, company] of [...both, ...theirs].entries()) {
    const [id, its] = [`t${index}`, index < size.shared ? `o${index}` : undefined];
    truth.customers.set(id, its);
    const keepsVatNumber = its === undefined && lookalikeOf(index - size.shared).byVatNumberAlone;
    const written = rewrittenCustomer(company, chance);
    const customer = { id, ...written, ...(keepsVatNumber && { vatNumber: company.vatNumber }) };
    for (const [siteIndex, site] of company.sites.entries()) {
      truth.locations.set(`${id}.${siteIndex}`, its && `${its}.${siteIndex}`);
      const location = { id: `${id}.${siteIndex}`, ...rewrittenSite(site, company, chance) };
      for (const [machineIndex, machine] of site.machines.entries()) {
        const place = `${siteIndex}.${machineIndex}`;
        const isKnown = its !== undefined && !SERIAL_FILLERS.includes(machine.serialNumber);
        truth.installations.set(`${id}.${place}`, isKnown ? `${its}.${place}` : undefined);
        const properties = { ...machine, serialNumber: respaced(machine.serialNumber, chance) };
        const installationId = `${id}.${place}`;
        items.push({
          installationId,
          token: installationId,
          reference: installationId,
          properties,
          customer,
          location,
        });
      }
    }
  }
  return {
    customers: own.map(({ customer }) => customer),
    locations: own.flatMap(({ locations }) => locations),
    installations: own.flatMap(({ installations }) => installations),
    items,
    truth,
  };
}

/** The account whose catalogue it is. */
export const ACCOUNT = 'ours';

function keptBy({ name, vatNumber, address, sites }: Company, id: string) {
  const customer = { id, account: ACCOUNT, revision: 0, details: { name, vatNumber, address } };
  const locations = sites.map((site, index) => ({
    id: `${id}.${index}`,
    account: ACCOUNT,
    revision: 0,
    customerId: id,
    details: { name: site.name, address: site.address },
  }));
  const installations = sites.flatMap(({ machines }, site) =>
    machines.map((properties, machine): AccountInstallation => {
      const installationId = `${id}.${site}.${machine}`;
      return {
        id: accountInstallationId(installationId, ACCOUNT),
        installationId,
        account: ACCOUNT,
        token: installationId,
        placement: { customerId: id, locationId: `${id}.${site}`, reference: installationId },
        archived: false,
        access: { kind: 'root', since: '2026-01-01T00:00:00.000Z' },
        properties,
      };
    }),
  );
  return {
    customer: customer as CustomerDocument,
    locations: locations as LocationDocument[],
    installations,
  };
}

function rewrittenCustomer({ name, vatNumber, address }: Company, chance: Chance) {
  const country = countryOf(address);
  const written = chance.in(2)
    ? `${name} ${chance.of(country.forms)}`
    : chance.in(6)
      ? slipped(name, chance)
      : name;
  return {
    name: recased(chance.in(4) ? unaccented(written) : written, chance),
    vatNumber: rewrittenVat(vatNumber, chance),
    address: rewrittenAddress(address, chance),
  };
}

function rewrittenSite({ name, address }: Site, company: Company, chance: Chance) {
  const called = chance.in(3) ? chance.of(['Vestiging 1', 'Site', company.name]) : name;
  return { name: recased(called, chance), address: rewrittenAddress(address, chance) };
}

function rewrittenVat(vatNumber: string, chance: Chance): string {
  const digits = vatNumber.slice(2);
  return chance.of([
    vatNumber,
    vatNumber.toLowerCase(),
    `${vatNumber.slice(0, 2)} ${digits.slice(0, 4)}.${digits.slice(4, 7)}.${digits.slice(7)}`,
    digits,
    chance.of(FILLERS),
  ]);
}

/** A house number may be behind a comma or, in French, before the street. */
function rewrittenAddress(address: Address, chance: Chance): Address {
  const country = countryOf(address);
  const [, street = '', number = ''] = /^(.*) (\d+)$/.exec(address.street) ?? [];
  const short = country.streets.find(([whole]) => whole === street)?.[1] ?? street;
  const written = recased(chance.of([street, short, unaccented(street)]), chance);
  const isFrench = /^(Rue|Avenue)/.test(street);
  return {
    street:
      isFrench && chance.in(3) ? `${number}, ${written}` : `${written}${chance.of([' ', ', '])}${number}`,
    postalCode: chance.of([
      address.postalCode,
      address.postalCode?.replace(' ', ''),
      `${country.code.charAt(0)}-${address.postalCode}`,
    ]) as string,
    city: recased(address.city, chance),
    country: chance.of(country.called),
  };
}

function countryOf({ country }: Address): Country {
  return COUNTRIES.find(({ code }) => code === country) as Country;
}

function recased(text: string, chance: Chance): string {
  return chance.of([text, text, text.toUpperCase(), text.toLowerCase()]);
}

function unaccented(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ø', 'o').replaceAll('ß', 'ss');
}

/** A letter is left out, doubled, or swapped with the next. */
function slipped(text: string, chance: Chance): string {
  const at = 1 + chance.below(text.length - 2);
  const [letter = '', next = ''] = [text[at], text[at + 1]];
  return text.slice(0, at) + chance.of([next, letter + letter + next, next + letter]) + text.slice(at + 2);
}

function respaced(serialNumber: string, chance: Chance): string {
  return chance.of([serialNumber, serialNumber.toLowerCase(), serialNumber.replace(/(?<=^.{3})(?=.)/, '-')]);
}

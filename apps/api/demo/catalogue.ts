import { type Company, type CompanyKey, type Country, companies } from './companies.ts';
import { inventActivity, inventMachine } from './machines.ts';
import { buildingNames, inventPlace, inventPlaces, languageOf, type Place } from './places.ts';
import type { Random } from './random.ts';
import { command, type DemoCommand, demoId, type Thread } from './steps.ts';

/** One customer of a company, with how many locations and installations it has. */
interface Plan {
  readonly customer: string;
  /** What is at each of its locations; their names begin with it. */
  readonly site: string;
  readonly vatNumber?: string;
  /** Where it is; the company's own country by default. */
  readonly country?: Country;
  readonly locations: number;
  /** The fewest and the most at each location. */
  readonly installations: readonly [from: number, to: number];
}

/** Each company's own catalogue before anything is shared. */
const PLANS: Readonly<Record<CompanyKey, readonly Plan[]>> = {
  noordlicht: [
    {
      customer: 'Noordlicht Winkels',
      site: 'Winkel',
      vatNumber: 'NL004417290B01',
      locations: 5,
      installations: [4, 6],
    },
    {
      customer: 'Noordlicht Kantoren',
      site: 'Kantoor',
      vatNumber: 'NL004417291B01',
      locations: 4,
      installations: [4, 7],
    },
    {
      customer: 'Noordlicht Logistiek',
      site: 'Distributiecentrum',
      vatNumber: 'NL004417292B01',
      locations: 3,
      installations: [3, 5],
    },
    {
      customer: 'Noordlicht Parkeren',
      site: 'Parkeergarage',
      vatNumber: 'NL004417293B01',
      locations: 8,
      installations: [3, 3],
    },
  ],
  vlasbroek: [
    {
      customer: 'Vlasbroek Markt',
      site: 'Supermarkt',
      vatNumber: 'BE0904417711',
      locations: 6,
      installations: [4, 6],
    },
    {
      customer: 'Vlasbroek Buurt',
      site: 'Buurtwinkel',
      vatNumber: 'BE0904417722',
      locations: 8,
      installations: [3, 3],
    },
  ],
  brisa: [
    {
      customer: 'Brisa Costa',
      site: 'Hotel',
      vatNumber: 'ESB90417741',
      locations: 4,
      installations: [4, 7],
    },
    {
      customer: 'Brisa Ciudad',
      site: 'Hotel',
      vatNumber: 'ESB90417758',
      locations: 3,
      installations: [4, 6],
    },
  ],
  alpenfrisch: [
    {
      customer: 'Alpenfrisch Filialen Tirol',
      site: 'Filiale',
      vatNumber: 'ATU90318861',
      locations: 6,
      installations: [4, 6],
    },
    {
      customer: 'Alpenfrisch Zentrallager',
      site: 'Lager',
      vatNumber: 'ATU90318879',
      locations: 2,
      installations: [6, 9],
    },
  ],
  sonnental: [
    {
      customer: 'Klinikum Sonnental Freiburg',
      site: 'Klinik',
      vatNumber: 'DE904417742',
      locations: 2,
      installations: [7, 10],
    },
    {
      customer: 'Reha-Zentrum Sonnental',
      site: 'Reha-Zentrum',
      vatNumber: 'DE904417759',
      locations: 2,
      installations: [4, 6],
    },
  ],
  fjordkol: [],
  koudewacht: [
    {
      customer: 'Noordlicht Winkels',
      site: 'Winkel',
      vatNumber: 'NL004417290B01',
      locations: 2,
      installations: [1, 2],
    },
    {
      customer: 'Zuivelhof De Vier Bruggen',
      site: 'Zuivelfabriek',
      vatNumber: 'NL004417408B01',
      locations: 3,
      installations: [3, 5],
    },
    {
      customer: 'Bakkerij Tarwegoud',
      site: 'Bakkerij',
      vatNumber: 'NL004417416B01',
      locations: 4,
      installations: [1, 3],
    },
    { customer: 'Grensdienst Schelde Koeltechniek', site: 'Werken', locations: 1, installations: [1, 1] },
    {
      customer: 'Zorggroep Maasduinen',
      site: 'Zorgcentrum',
      vatNumber: 'NL004417432B01',
      locations: 6,
      installations: [3, 3],
    },
  ],
  scheldekoel: [
    {
      customer: 'Vlasbroek Markt',
      site: 'Supermarkt',
      vatNumber: 'BE0904417711',
      locations: 1,
      installations: [2, 2],
    },
    {
      customer: 'Brouwerij Hoppeland',
      site: 'Brouwerij',
      vatNumber: 'BE0904417744',
      locations: 2,
      installations: [4, 6],
    },
    {
      customer: 'Ziekenhuis Sint-Rumoldus',
      site: 'Campus',
      vatNumber: 'BE0904417755',
      locations: 6,
      installations: [3, 3],
    },
  ],
  kempenklima: [
    { customer: 'Onderaanneming Schelde Koeltechniek', site: 'Werken', locations: 1, installations: [1, 2] },
    {
      customer: 'Houtzagerij Dennenhof',
      site: 'Werkplaats',
      vatNumber: 'BE0904417766',
      locations: 2,
      installations: [2, 3],
    },
  ],
  leiekoeling: [
    {
      customer: 'Diepvriesgroenten Leiedal',
      site: 'Vriesmagazijn',
      vatNumber: 'BE0904417777',
      locations: 2,
      installations: [3, 4],
    },
  ],
  polderklimaat: [
    { customer: 'Onderaanneming Koudewacht', site: 'Werken', locations: 1, installations: [1, 2] },
    {
      customer: 'Sporthallen Zeewolde-Oost',
      site: 'Sporthal',
      vatNumber: 'NL004417424B01',
      locations: 2,
      installations: [2, 4],
    },
  ],
  hellberg: [
    {
      customer: 'Klinikverbund Sonnental',
      site: 'Klinik',
      vatNumber: 'DE904417726',
      locations: 1,
      installations: [1, 1],
    },
    {
      customer: 'Brauerei Dreisamquell',
      site: 'Brauerei',
      vatNumber: 'DE904417767',
      locations: 2,
      installations: [4, 6],
    },
  ],
  brennerkaelte: [
    { customer: 'Partneraufträge', site: 'Aufträge', locations: 1, installations: [1, 2] },
    {
      customer: 'Bergbahnen Hochjoch',
      site: 'Talstation',
      vatNumber: 'ATU90318887',
      locations: 3,
      installations: [2, 3],
    },
  ],
  meridien: [
    {
      customer: 'Fromagerie des Trois Vallées',
      site: 'Cave',
      vatNumber: 'FR41904417734',
      locations: 3,
      installations: [4, 6],
    },
    {
      customer: 'Halles du Port-Vieux',
      site: 'Halle',
      vatNumber: 'FR52904417742',
      locations: 2,
      installations: [4, 6],
    },
  ],
  atlantica: [
    {
      customer: 'Conservas Maré Alta',
      site: 'Fábrica',
      vatNumber: 'PT904417759',
      locations: 2,
      installations: [3, 5],
    },
  ],
  tunnbro: [
    {
      customer: 'Fjordkøl Lagerhuse',
      site: 'Lagerhus',
      vatNumber: 'DK90417718',
      country: 'DK',
      locations: 3,
      installations: [5, 7],
    },
    {
      customer: 'Skånska Mejerigården',
      site: 'Mejeri',
      vatNumber: 'SE990441773401',
      locations: 2,
      installations: [3, 5],
    },
  ],
};

export interface KeptInstallation {
  readonly id: string;
  readonly register: DemoCommand;
  readonly logbook: readonly DemoCommand[];
}

export interface KeptBuilding {
  readonly id: string;
  readonly add: DemoCommand;
}

export interface KeptLocation {
  readonly id: string;
  readonly add: DemoCommand;
  readonly buildings: readonly KeptBuilding[];
  readonly installations: readonly KeptInstallation[];
}

export interface KeptCustomer {
  readonly id: string;
  readonly add: DemoCommand;
  readonly locations: readonly KeptLocation[];
}

/** One company's catalogue: customer, location, building, installation. */
export type Catalogue = readonly KeptCustomer[];

/** The catalogues of all companies, each generated independently of the others. */
export type Catalogues = Readonly<Record<CompanyKey, Catalogue>>;

/** @param lastYear the last year in their logbooks */
export function inventCatalogues(random: Random, lastYear: number): Catalogues {
  const catalogues: Partial<Record<CompanyKey, Catalogue>> = {};
  for (const company of Object.values(companies)) {
    const context = { numbers: new Numbers(company), random, lastYear };
    catalogues[company.key] = PLANS[company.key].map((plan) => inventCustomer(company, plan, context));
  }
  return catalogues as Catalogues;
}

/** The company's own sequence of reference numbers. */
class Numbers {
  private readonly prefix: string;
  private last = 0;

  constructor({ key }: Company) {
    this.prefix = key.slice(0, 3).toUpperCase();
  }

  next(): string {
    this.last += 1;
    return `${this.prefix}-${String(this.last).padStart(4, '0')}`;
  }
}

/** The sources of invented values. */
interface Context {
  readonly numbers: Numbers;
  readonly random: Random;
  readonly lastYear: number;
}

function inventCustomer(company: Company, plan: Plan, context: Context): KeptCustomer {
  const { random } = context;
  const { key, administrator } = company;
  const { customer: name, site, vatNumber, country = company.country } = plan;
  const customerId = demoId('customer', key, name);
  const add = command(
    'AddCustomer',
    administrator,
    {
      customerId,
      name,
      address: inventPlace(country, random).address,
      ...(vatNumber !== undefined && { vatNumber }),
      customerNumber: random.digits(5),
      language: languageOf(country),
    },
    customerId,
  );
  const locations = inventPlaces(country, plan.locations, random).map((place, index) =>
    inventLocation(company, { customerId, site, place, index, installations: plan.installations }, context),
  );
  return { id: customerId, add, locations };
}

interface LocationPlan extends Pick<Plan, 'site' | 'installations'> {
  readonly customerId: string;
  readonly place: Place;
  readonly index: number;
}

function inventLocation(company: Company, plan: LocationPlan, context: Context): KeptLocation {
  const { random } = context;
  const { administrator } = company;
  const { customerId, site, place } = plan;
  const locationId = demoId('location', customerId, String(plan.index));
  const { address, whereabouts } = place;
  const add = command(
    'AddLocation',
    administrator,
    { locationId, customerId, name: `${site} ${whereabouts}`, address },
    locationId,
  );
  const buildings = buildingNames(company.country, random.between(0, 2)).map((name) => {
    const id = demoId('building', locationId, name);
    return { id, add: command('AddBuilding', administrator, { buildingId: id, locationId, name }, id) };
  });
  const installations = Array.from({ length: random.between(...plan.installations) }, (_, index) =>
    inventInstallation(company, { locationId, buildings, index }, context),
  );
  return { id: locationId, add, buildings, installations };
}

interface InstallationPlan {
  readonly locationId: string;
  readonly buildings: readonly KeptBuilding[];
  readonly index: number;
}

function inventInstallation(
  { administrator, technician, name }: Company,
  { locationId, buildings, index }: InstallationPlan,
  { numbers, random, lastYear }: Context,
): KeptInstallation {
  const installationId = demoId('installation', locationId, String(index));
  const building = buildings[random.between(0, buildings.length)];
  const machine = inventMachine(random);
  const register = command(
    'RegisterInstallation',
    administrator,
    {
      installationId,
      ...(building === undefined ? { locationId } : { buildingId: building.id }),
      reference: numbers.next(),
      ...(random.chance(0.5) && {
        customerReference: `${random.pick(['ROOF', 'B1', 'CELL', 'HALL'])}-${random.between(10, 99)}`,
      }),
      ...machine,
    },
    installationId,
  );
  const logbook = Array.from({ length: random.between(0, 2) }, (_, entry) => {
    const activityId = demoId('activity', installationId, String(entry));
    const activity = inventActivity(machine, name, lastYear, random);
    return command('AddActivity', technician, { installationId, activityId, ...activity }, activityId);
  });
  return { id: installationId, register, logbook };
}

/** Everything a company adds at one location, in order. */
export function locationThread({ add, buildings, installations }: KeptLocation): Thread {
  return [
    add,
    ...buildings.map((building) => building.add),
    ...installations.flatMap(({ register, logbook }) => [register, ...logbook]),
  ];
}

/** Every location of a catalogue. */
export function locationsOf(catalogue: Catalogue): readonly KeptLocation[] {
  return catalogue.flatMap(({ locations }) => locations);
}

export function installationsOf(locations: readonly KeptLocation[]): readonly string[] {
  return locations.flatMap(({ installations }) => installations.map(({ id }) => id));
}

import { type Company, type CompanyKey, type Country, companies } from './companies.ts';
import { inventActivity, inventMachine } from './machines.ts';
import { buildingNames, inventAddress } from './places.ts';
import type { Random } from './random.ts';
import { command, type DemoCommand, demoId, type Thread } from './steps.ts';

/** One customer of a company, with how many locations and installations it has. */
interface Plan {
  readonly customer: string;
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
    { customer: 'Noordlicht Winkels', vatNumber: 'NL004417290B01', locations: 5, installations: [4, 6] },
    { customer: 'Noordlicht Kantoren', vatNumber: 'NL004417291B01', locations: 4, installations: [4, 7] },
    { customer: 'Noordlicht Logistiek', vatNumber: 'NL004417292B01', locations: 3, installations: [3, 5] },
  ],
  brisa: [
    { customer: 'Brisa Costa', vatNumber: 'ESB90417741', locations: 4, installations: [4, 7] },
    { customer: 'Brisa Ciudad', vatNumber: 'ESB90417758', locations: 3, installations: [4, 6] },
  ],
  alpenfrisch: [
    { customer: 'Alpenfrisch Filialen Tirol', vatNumber: 'ATU90318861', locations: 6, installations: [4, 6] },
    { customer: 'Alpenfrisch Zentrallager', vatNumber: 'ATU90318879', locations: 2, installations: [6, 9] },
  ],
  sonnental: [
    {
      customer: 'Klinikum Sonnental Freiburg',
      vatNumber: 'DE904417742',
      locations: 2,
      installations: [7, 10],
    },
    { customer: 'Reha-Zentrum Sonnental', vatNumber: 'DE904417759', locations: 2, installations: [4, 6] },
  ],
  fjordkol: [],
  koudewacht: [
    { customer: 'Noordlicht Winkels', vatNumber: 'NL004417290B01', locations: 2, installations: [1, 2] },
    {
      customer: 'Zuivelhof De Vier Bruggen',
      vatNumber: 'NL004417408B01',
      locations: 3,
      installations: [3, 5],
    },
    { customer: 'Bakkerij Tarwegoud', vatNumber: 'NL004417416B01', locations: 4, installations: [1, 3] },
  ],
  polderklimaat: [
    { customer: 'Onderaanneming Koudewacht', locations: 1, installations: [1, 2] },
    {
      customer: 'Sporthallen Zeewolde-Oost',
      vatNumber: 'NL004417424B01',
      locations: 2,
      installations: [2, 4],
    },
  ],
  hellberg: [
    { customer: 'Klinikverbund Sonnental', vatNumber: 'DE904417726', locations: 1, installations: [1, 1] },
    { customer: 'Brauerei Dreisamquell', vatNumber: 'DE904417767', locations: 2, installations: [4, 6] },
  ],
  brennerkaelte: [
    { customer: 'Partneraufträge', locations: 1, installations: [1, 2] },
    { customer: 'Bergbahnen Hochjoch', vatNumber: 'ATU90318887', locations: 3, installations: [2, 3] },
  ],
  meridien: [
    {
      customer: 'Fromagerie des Trois Vallées',
      vatNumber: 'FR41904417734',
      locations: 3,
      installations: [4, 6],
    },
    { customer: 'Halles du Port-Vieux', vatNumber: 'FR52904417742', locations: 2, installations: [4, 6] },
  ],
  atlantica: [
    { customer: 'Conservas Maré Alta', vatNumber: 'PT904417759', locations: 2, installations: [3, 5] },
  ],
  tunnbro: [
    {
      customer: 'Fjordkøl Lagerhuse',
      vatNumber: 'DK90417718',
      country: 'DK',
      locations: 3,
      installations: [5, 7],
    },
    { customer: 'Skånska Mejerigården', vatNumber: 'SE990441773401', locations: 2, installations: [3, 5] },
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

export function inventCatalogues(random: Random): Catalogues {
  const kept: Partial<Record<CompanyKey, Catalogue>> = {};
  for (const company of Object.values(companies)) {
    const numbers = new Numbers(company);
    kept[company.key] = PLANS[company.key].map((plan) => inventCustomer(company, plan, numbers, random));
  }
  return kept as Catalogues;
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

function inventCustomer(company: Company, plan: Plan, numbers: Numbers, random: Random): KeptCustomer {
  const { key, administrator } = company;
  const { customer: name, vatNumber, country = company.country } = plan;
  const customerId = demoId('customer', key, name);
  const add = command(
    'AddCustomer',
    administrator,
    {
      customerId,
      name,
      address: inventAddress(country, random),
      ...(vatNumber !== undefined && { vatNumber }),
      customerNumber: random.digits(5),
      language: country.toLowerCase(),
    },
    customerId,
  );
  const locations = Array.from({ length: plan.locations }, (_, index) =>
    inventLocation(
      company,
      { customerId, name, country, index, installations: plan.installations },
      numbers,
      random,
    ),
  );
  return { id: customerId, add, locations };
}

interface LocationPlan extends Pick<Plan, 'installations'> {
  readonly customerId: string;
  /** The customer's name. */
  readonly name: string;
  readonly country: Country;
  readonly index: number;
}

function inventLocation(
  company: Company,
  plan: LocationPlan,
  numbers: Numbers,
  random: Random,
): KeptLocation {
  const { administrator } = company;
  const { country } = plan;
  const locationId = demoId('location', plan.customerId, String(plan.index));
  const address = inventAddress(country, random);
  const add = command(
    'AddLocation',
    administrator,
    {
      locationId,
      customerId: plan.customerId,
      name: `${plan.name} ${address.city}, ${address.street}`,
      address,
    },
    locationId,
  );
  const buildings = buildingNames(country, random.between(0, 2)).map((name) => {
    const id = demoId('building', locationId, name);
    return { id, add: command('AddBuilding', administrator, { buildingId: id, locationId, name }, id) };
  });
  const installations = Array.from({ length: random.between(...plan.installations) }, (_, index) =>
    inventInstallation(company, { locationId, buildings, index }, numbers, random),
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
  numbers: Numbers,
  random: Random,
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
    const activity = inventActivity(machine, name, random);
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

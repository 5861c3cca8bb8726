// Random messy files against a naive oracle: every row that is counted as imported is shown as it says, once.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CatalogueRow } from '#domain/import';
import { inBatches } from '#domain/kernel';
import { buildings, customers, locations } from '#projections/catalogue';
import { importErrors, imports } from '#projections/imports';
import { accountInstallations } from '#projections/installations';
import { ImportCatalogue } from './import-catalogue.ts';
import { uid, World } from './testing/world.ts';

/** What a row is really about, whatever it looks like. */
interface Meant {
  readonly customer: keyof typeof CUSTOMERS;
  readonly place: number;
  readonly building: number;
  readonly reference: string;
  readonly serialNumber?: string;
  readonly brand?: string;
  /** How it is spelt. */
  readonly looks: number;
}

type Customer = CatalogueRow['customer'];

/** Each in spellings of which the rules say that they are one; two of one name differ in what counts more. */
const CUSTOMERS = {
  numbered: (looks) => ({
    name: spelt('Alfa', looks),
    customerNumber: spelt('k-7', looks),
    address: at('Markt 1'),
  }),
  registered: (looks) => ({
    name: spelt('Alfa', looks),
    vatNumber: VAT[looks % 3] as string,
    address: at(looks % 2 ? 'Markt 2' : 'Markt 4'),
  }),
  withPlaceholder: (looks) => ({
    name: spelt('Bêta', looks),
    vatNumber: PLACEHOLDERS[looks % 3] as string,
    address: at('Markt 3'),
  }),
  withPlaceholderToo: (looks) => ({ name: spelt('Gamma', looks), vatNumber: '-', address: at('Markt 3') }),
  byName: (looks) => ({ name: spelt('Straße & Zoon', looks) }),
} as const satisfies Record<string, (looks: number) => Customer>;

const VAT = ['BE 0123.456.749', 'be0123456749', '0123456749'];
const PLACEHOLDERS = ['-', 'n/a', '000'];

const at = (street: string) => ({ street, city: 'Gent', country: 'BE' });

const PLACES: readonly ((looks: number) => CatalogueRow['location'])[] = [
  (looks) => ({
    name: 'Noord',
    address: { street: spelt('Kerkstraat 1', looks), city: 'Gent', country: 'BE' },
  }),
  (looks) => ({
    name: 'Zuid',
    address: { street: spelt('Kerkstraat 1', looks), city: 'Brugge', country: 'BE' },
  }),
  (looks) => ({
    name: 'Kaai',
    address: { street: 'Kaai 2', postalCode: looks % 2 ? '9000' : 'B-9000', city: 'Gent', country: 'BE' },
  }),
];

const BUILDINGS = [undefined, 'Niveau 1', 'Niveau -1', 'A', 'A+'];

function spelt(text: string, looks: number): string {
  return [text, text.toUpperCase(), text.toLowerCase(), ` ${text}`.trim()][looks % 4] as string;
}

function rowOf(
  row: number,
  { customer, place, building, reference, serialNumber, brand, looks }: Meant,
): CatalogueRow {
  const name = BUILDINGS[building];
  return {
    row,
    customer: CUSTOMERS[customer](looks),
    location: (PLACES[place] as (looks: number) => CatalogueRow['location'])(looks),
    ...(name !== undefined && { building: name }),
    reference,
    properties: { ...(serialNumber && { serialNumber }), ...(brand && { brand }) },
  };
}

const meant: fc.Arbitrary<Meant> = fc.record(
  {
    customer: fc.constantFrom(...(Object.keys(CUSTOMERS) as (keyof typeof CUSTOMERS)[])),
    place: fc.nat({ max: PLACES.length - 1 }),
    building: fc.nat({ max: BUILDINGS.length - 1 }),
    reference: fc.constantFrom('AC-01', 'AC-02', 'R 3'),
    serialNumber: fc.constantFrom('S-1', 'S-2'),
    brand: fc.constantFrom('Frigo', 'Polar'),
    looks: fc.nat({ max: 11 }),
  },
  { requiredKeys: ['customer', 'place', 'building', 'reference', 'looks'] },
);

/** One machine as the oracle knows it: by the words of the row that brought it. */
type Machine = Meant & { readonly file: number; readonly values: string };

/**
 * What the rows of files must come to, one after the other, told from what they really mean. Knows of no key, no view
 * and no batch.
 */
class Oracle {
  readonly machines: Machine[] = [];
  private files = 0;

  /** `created`, `unchanged`, or the code of the error, of each row. */
  file(rows: readonly Meant[]): string[] {
    const file = ++this.files;
    const seen = new Map<Machine, string>();
    return rows.map((row) => {
      const values = JSON.stringify({ ...rowOf(0, row) });
      const there = this.machines.find(
        (one) => one.customer === row.customer && one.reference === row.reference,
      );
      if (there === undefined) {
        const machine = { ...row, file, values };
        this.machines.push(machine);
        seen.set(machine, values);
        return 'created';
      }
      const before = seen.get(there);
      if (before !== undefined) return before === values ? 'unchanged' : 'repeated-row';
      if (there.place !== row.place) return 'reference-elsewhere';
      const differs =
        (row.building !== 0 && row.building !== there.building) ||
        (row.serialNumber !== undefined && row.serialNumber !== there.serialNumber) ||
        (row.brand !== undefined && row.brand !== there.brand);
      if (differs) return 'already-there';
      seen.set(there, values);
      return 'unchanged';
    });
  }
}

describe('files in whatever order, spelt however', () => {
  let world: World;
  let accounts = 0;
  let files = 0;

  beforeAll(async () => {
    world = await World.open();
  });

  afterAll(() => world.close());

  /** Imports a file in batches of a few rows; gives what each row came to. */
  async function bring(account: string, rows: readonly Meant[], size: number): Promise<string[]> {
    const importId = uid(100_000 + ++files);
    const file = { columns: [], separator: ',', sha256: importId };
    await world.ask(account, 'StartCatalogueImport', { importId, existing: 'keep', file });
    const numbered = rows.map((row, index) => rowOf(index + 2, row));
    for (const [index, batch] of inBatches(numbered, size).entries()) {
      const received = { importId, batch: index + 1, rows: batch, rejected: [], errors: [] };
      await world.ask(account, 'ReceiveCatalogueRows', received);
    }
    await world.ask(account, 'CloseCatalogueFile', { importId, rows: rows.length });
    const process = new ImportCatalogue();
    const work = (await world.workOf(process)).filter(({ key }) => key === importId);
    while (rows.length > 0 && (await process.step([work[0] as never], world.dependencies)) === 'continue');
    await world.caughtUp();

    const found = await world.views.find(importErrors, { index: 'in-order', prefix: [importId], limit: 500 });
    const codes = new Map(found.items.flatMap(({ errors }) => errors.map(({ row, code }) => [row, code])));
    const done = await world.views.get(imports, importId);
    const outcomes = rows.map((_, index) => codes.get(index + 2) ?? 'imported');
    expect(done).toMatchObject({
      status: 'completed',
      rows: rows.length,
      failed: codes.size,
      created: (done?.rows ?? 0) - (done?.unchanged ?? 0) - codes.size,
      updated: 0,
    });
    return outcomes;
  }

  async function shown(account: string) {
    const all = { prefix: [account], limit: 500 };
    const [kept, its, where, within] = await Promise.all([
      world.views.find(accountInstallations, { index: 'by-account', ...all }),
      world.views.find(customers, { index: 'by-name', ...all }),
      world.views.find(locations, { index: 'by-name', ...all }),
      world.views.find(buildings, { index: 'by-name', ...all }),
    ]);
    const byId = <Thing extends { id: string }>(things: readonly Thing[]) =>
      new Map(things.map((one) => [one.id, one]));
    const [customer, location, building] = [byId(its.items), byId(where.items), byId(within.items)];
    return {
      machines: kept.items
        .map(({ placement, properties }) => ({
          customer: customer.get(placement.customerId)?.details.address.street.toLowerCase(),
          ...location.get(placement.locationId)?.details.address,
          building: placement.buildingId && building.get(placement.buildingId)?.details.name,
          reference: placement.reference,
          ...properties,
        }))
        .map((machine) => JSON.stringify(machine))
        .sort(),
      customers: its.items.length,
      locations: where.items.length,
      buildings: within.items.length,
    };
  }

  /** The same of what the oracle knows. A customer that gives no address has that of the first location it is met at. */
  function known({ machines }: Oracle) {
    const home = new Map<string, string>();
    for (const { customer, values } of machines) {
      const row = JSON.parse(values) as CatalogueRow;
      if (!home.has(customer)) home.set(customer, (row.customer.address ?? row.location.address).street);
    }
    const first = new Map<string, CatalogueRow>();
    const things = {
      customers: new Set<string>(),
      locations: new Set<string>(),
      buildings: new Set<string>(),
    };
    for (const { customer, place, building, values } of machines) {
      const row = JSON.parse(values) as CatalogueRow;
      const location = `${customer}/${place}`;
      if (!first.has(location)) first.set(location, row);
      things.customers.add(customer);
      things.locations.add(location);
      if (building !== 0) things.buildings.add(`${location}/${building}`);
    }
    return {
      machines: machines
        .map(({ customer, place, building, reference, serialNumber, brand }) => ({
          customer: home.get(customer)?.toLowerCase(),
          ...first.get(`${customer}/${place}`)?.location.address,
          building: BUILDINGS[building],
          reference,
          ...(serialNumber && { serialNumber }),
          ...(brand && { brand }),
        }))
        .map((machine) => JSON.stringify(machine))
        .sort(),
      customers: things.customers.size,
      locations: things.locations.size,
      buildings: things.buildings.size,
    };
  }

  it('are shown as they say, every row accounted for; in two parts, and a second time, nothing is added', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(meant, { minLength: 1, maxLength: 30 }),
        fc.nat(),
        fc.integer({ min: 1, max: 12 }),
        async (rows, cut, size) => {
          const account = uid(1_000 + ++accounts);
          await world.register(account, 'service');
          const oracle = new Oracle();
          const half = cut % (rows.length + 1);
          for (const part of [rows.slice(0, half), rows.slice(half), rows]) {
            const expected = oracle.file(part);
            const outcomes = await bring(account, part, size);
            const asImported = (outcome: string) =>
              ['created', 'unchanged'].includes(outcome) ? 'imported' : outcome;
            expect(outcomes).toStrictEqual(expected.map(asImported));
            expect(await shown(account)).toStrictEqual(known(oracle));
          }
        },
      ),
      { numRuns: 12 },
    );
  }, 60_000);
});

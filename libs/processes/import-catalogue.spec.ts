import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { installationToken, numberedId } from '#application/core';
import type { CatalogueRow, ExistingPolicy } from '#domain/import';
import { customers } from '#projections/catalogue';
import { importErrors, imports } from '#projections/imports';
import { ImportCatalogue } from './import-catalogue.ts';
import { ImportStep } from './import-step.ts';
import { preparePackage } from './prepare-package.ts';
import { FailingPort, RecordingPort, uid, World } from './testing/world.ts';

const [account, stranger] = [uid(1), uid(2)];
const address = { street: 'Kade 5', postalCode: '1011 CD', city: 'Amsterdam' };

let world: World;
let port: RecordingPort;
let files: number;

beforeEach(async () => {
  world = await World.open();
  port = new RecordingPort(world.commands);
  files = 0;
  await world.register(account, 'service');
});

afterEach(() => world.close());

function row(number: number, more: Partial<CatalogueRow> = {}): CatalogueRow {
  return {
    row: number,
    customer: { name: 'Bakker BV' },
    location: { name: 'Shop', address },
    reference: `A-${number}`,
    properties: { brand: 'Frigo' },
    ...more,
  };
}

interface File {
  readonly existing?: ExistingPolicy;
  readonly owner?: string;
}

/** A file received in full, in these batches; gives its import's id. */
async function received(
  batches: readonly (readonly CatalogueRow[])[],
  { existing = 'keep', owner = account }: File = {},
): Promise<string> {
  const importId = uid(41 + files++);
  const file = { columns: [], separator: ',', sha256: importId };
  await world.ask(owner, 'StartCatalogueImport', { importId, existing, file });
  for (const [index, rows] of batches.entries()) {
    const batch = { importId, batch: index + 1, rows, rejected: [], errors: [] };
    await world.ask(owner, 'ReceiveCatalogueRows', batch);
  }
  await world.ask(owner, 'CloseCatalogueFile', { importId, rows: batches.flat().length });
  return importId;
}

/** Imports a file, and returns its outcome: its counts, and the code and column of each error by row. */
async function bring(rows: readonly CatalogueRow[] | readonly (readonly CatalogueRow[])[], file?: File) {
  const batches = Array.isArray(rows[0]) ? (rows as readonly CatalogueRow[][]) : [rows as CatalogueRow[]];
  const importId = await received(batches, file);
  await world.run(new ImportCatalogue(), port);
  return outcomeOf(importId);
}

async function outcomeOf(importId: string) {
  await world.caughtUp();
  const found = await world.views.find(importErrors, { index: 'in-order', prefix: [importId] });
  const errors = found.items.flatMap((batch) => batch.errors);
  const done = await world.views.get(imports, importId);
  expect(done).toMatchObject({ status: 'completed' });
  const { rows = 0, created = 0, updated = 0, unchanged = 0, failed = 0 } = done ?? {};
  expect(created + updated + unchanged + failed).toBe(rows);
  const shown = errors.map(({ row, code, column }) => `${row} ${code} ${column}`);
  return { created, updated, unchanged, errors: shown };
}

const allCreated = (created: number) => ({ created, updated: 0, unchanged: 0, errors: [] });
const allUnchanged = (unchanged: number) => ({ created: 0, updated: 0, unchanged, errors: [] });

/** How many things of each kind were added. */
function added(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of port.sent) if (!type.startsWith('Record')) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

describe('importing a catalogue file', () => {
  it('adds customer, location, building and installation, and says how far it is', async () => {
    await bring([row(2, { building: 'Hall', customerReference: 'K-2' })]);
    const importId = uid(41);
    const made = (kind: string) => numberedId(importId, 2, kind);
    const [customerId, locationId, buildingId] = [made('customer'), made('location'), made('building')];
    const installationId = made('installation');
    const spot = { customerId, locationId, buildingId, adds: ['customer', 'location', 'building'] };
    expect(port.issued()).toStrictEqual([
      {
        type: 'RecordJudgedBatch',
        data: {
          importId,
          batch: 1,
          rows: [{ row: 2, outcome: 'created', installationId, ...spot }],
          errors: [],
        },
      },
      { type: 'AddCustomer', data: { customerId, name: 'Bakker BV', address } },
      { type: 'AddLocation', data: { locationId, customerId, name: 'Shop', address } },
      { type: 'AddBuilding', data: { buildingId, locationId, name: 'Hall' } },
      {
        type: 'RegisterInstallation',
        data: {
          brand: 'Frigo',
          installationId,
          reference: 'A-2',
          customerReference: 'K-2',
          token: installationToken(installationId),
          locationId,
          buildingId,
        },
      },
      {
        type: 'RecordImportedBatch',
        data: { importId, batch: 1, created: 1, updated: 0, unchanged: 0, errors: [] },
      },
    ]);
    expect(port.sent.every(({ actor }) => actor.account === account)).toBe(true);
  });

  it('makes one thing of rows that name the same one, in one batch and in two', async () => {
    const elsewhere = { location: { name: 'Other name', address: { ...address, street: 'KADE 5' } } };
    const batches = [[row(2, { building: 'Hall' }), row(3, { building: 'HALL' })], [row(4, elsewhere)]];
    expect(await bring(batches)).toStrictEqual(allCreated(3));
    expect(added()).toStrictEqual({
      AddCustomer: 1,
      AddLocation: 1,
      AddBuilding: 1,
      RegisterInstallation: 3,
    });
  });

  it.each<[what: string, customers: CatalogueRow['customer'][], count: number]>([
    [
      'of one VAT number, whatever their names',
      [
        { name: 'Bakker', vatNumber: 'NL 1' },
        { name: 'Bakker Oost', vatNumber: 'nl1' },
      ],
      1,
    ],
    [
      'of one name and two VAT numbers',
      [
        { name: 'Bakker', vatNumber: 'NL1' },
        { name: 'Bakker', vatNumber: 'NL2' },
      ],
      2,
    ],
    [
      'of one name, one of them without VAT number',
      [{ name: 'Bakker', vatNumber: 'NL1' }, { name: 'bakker' }],
      1,
    ],
    [
      'of one name, the first without VAT number',
      [{ name: 'Bakker' }, { name: 'bakker', vatNumber: 'NL1' }],
      1,
    ],
    [
      'of one name, where two have VAT numbers',
      [
        { name: 'Bakker' },
        { name: 'Bakker', vatNumber: 'NL1' },
        { name: 'Bakker', vatNumber: 'NL2' },
        { name: 'Bakker' },
      ],
      2,
    ],
    ['of two names', [{ name: 'Bakker' }, { name: 'Slager' }], 2],
    ['of two legal forms', [{ name: 'Bakker BV' }, { name: 'Bakker NV' }], 2],
  ])('counts customers %s, in one batch and in several', async (_, named, count) => {
    const rows = named.map((customer, index) => row(index, { customer }));
    const counted = async () =>
      (await world.history()).filter(({ type }) => type === 'CustomerAdded').map(({ data }) => data);
    await bring(rows);
    const inOne = await counted();
    expect(inOne).toHaveLength(count);

    await world.close();
    world = await World.open();
    port = new RecordingPort(world.commands);
    files = 0;
    await world.register(account, 'service');
    await bring(rows.map((one) => [one]));
    expect(await counted()).toStrictEqual(inOne);
  });

  it('adds nothing when the same file comes twice', async () => {
    const rows = [row(2, { building: 'Hall' }), row(3, { customer: { name: 'Slager', vatNumber: 'NL1' } })];
    expect(await bring(rows)).toStrictEqual(allCreated(2));
    const before = port.sent.length;
    expect(await bring(rows)).toStrictEqual(allUnchanged(2));
    expect(port.sent.slice(before).map(({ type }) => type)).toStrictEqual([
      'RecordJudgedBatch',
      'RecordImportedBatch',
    ]);
  });

  it('R-K6 adds each thing once when two files come at once: one runs after the other', async () => {
    const process = new ImportCatalogue();
    const first = await received([[row(2), row(3)]]);
    const second = await received([[row(3), row(4)]]);
    const other = await received([[row(2)]], { owner: stranger });
    await world.register(stranger, 'service');
    const works = await world.workOf(process);
    expect(works.map((work) => process.groupKey(work as never))).toStrictEqual([account, account, stranger]);
    await world.run(process);
    expect(await outcomeOf(first)).toStrictEqual(allCreated(2));
    expect(await outcomeOf(second)).toStrictEqual({ created: 1, updated: 0, unchanged: 1, errors: [] });
    expect(await outcomeOf(other)).toStrictEqual(allCreated(1));
  });

  it('finds what is in the catalogue, and leaves it as it is', async () => {
    await world.ask(account, 'AddCustomer', {
      customerId: uid(21),
      name: 'Bakker & Zn',
      vatNumber: 'NL1',
      address,
    });
    await world.ask(account, 'AddLocation', {
      locationId: uid(22),
      customerId: uid(21),
      name: 'Plant',
      address,
    });
    await world.ask(account, 'AddBuilding', { buildingId: uid(23), locationId: uid(22), name: 'hall' });
    await world.install(account, uid(31), { locationId: uid(22) });
    const customer = { name: 'Bakker', vatNumber: 'NL-1' };
    const rows = [row(2, { customer, building: 'Hall' }), row(3, { customer, reference: 'R-0031' })];
    expect(await bring(rows)).toStrictEqual({ created: 1, updated: 0, unchanged: 1, errors: [] });
    expect(port.issued('AddCustomer', 'AddLocation', 'AddBuilding')).toStrictEqual([]);
    expect(port.issued('RegisterInstallation')).toMatchObject([
      { data: { reference: 'A-2', locationId: uid(22), buildingId: uid(23) } },
    ]);
  });

  it('goes by what things are called now: what was renamed since is another one', async () => {
    await bring([row(2, { reference: 'K-1' })]);
    const made = (kind: string) => numberedId(uid(41), 2, kind);
    const installationId = made('installation');
    await world.ask(account, 'ChangeInstallation', { installationId, reference: 'K-1-old' });
    expect(await bring([row(2, { reference: 'K-1' })])).toStrictEqual(allCreated(1));
    await world.ask(account, 'ChangeCustomer', { customerId: made('customer'), name: 'Slagerij' });
    const before = added();
    expect(await bring([row(3)])).toStrictEqual(allCreated(1));
    expect(added().AddCustomer).toBe((before.AddCustomer ?? 0) + 1);
  });

  it('goes by what people changed while it runs', async () => {
    const importId = await received([[row(2)], [row(3)]]);
    const [work] = await world.workOf(new ImportCatalogue());
    const process = new ImportCatalogue();
    // The first batch is judged, and then executed.
    for (let steps = 0; steps < 2; steps++) await process.step([work as never], world.dependencies);
    const customerId = numberedId(importId, 2, 'customer');
    await world.ask(account, 'ChangeCustomer', { customerId, name: 'Somebody else' });
    while ((await process.step([work as never], world.dependencies)) === 'continue');
    await world.caughtUp();
    const names = (await world.history()).flatMap((event) =>
      event.type === 'CustomerAdded' ? event.data.details.name : [],
    );
    expect(names).toStrictEqual(['Bakker BV', 'Bakker BV']);
  });

  it('takes over the values given where that is asked for', async () => {
    await bring([row(2, { building: 'Hall' })]);
    const changed = row(2, { building: 'Loft', properties: { model: 'M2' } });
    expect(await bring([changed])).toStrictEqual({
      created: 0,
      updated: 0,
      unchanged: 0,
      errors: ['2 already-there building'],
    });
    expect(await bring([changed], { existing: 'update' })).toStrictEqual({
      created: 0,
      updated: 1,
      unchanged: 0,
      errors: [],
    });
    expect(await bring([changed])).toStrictEqual(allUnchanged(1));
    expect(await bring([row(2)])).toStrictEqual(allUnchanged(1));
  });

  it('distinguishes rows that repeat an earlier one from those that exist, in any batch, after a crash too', async () => {
    const serial = (serialNumber: string) => ({ reference: 'R1', properties: { serialNumber } });
    const importId = await received(
      [[row(2, serial('AAA'))], [row(3, serial('BBB')), row(4, serial('AAA'))]],
      {
        existing: 'update',
      },
    );
    // Killed after it executed the first batch: the next run remembers nothing of that.
    await expect(
      world.run(new ImportCatalogue(), new FailingPort(world.commands, 6, 'the command')),
    ).rejects.toThrow();
    await world.run(new ImportCatalogue());
    expect(await outcomeOf(importId)).toStrictEqual({
      created: 1,
      updated: 0,
      unchanged: 1,
      errors: ['3 repeated-row reference'],
    });
  });

  it('completes a customer by the VAT number it lacks', async () => {
    const rows = (vatNumber?: string) => [
      row(2, { customer: { name: 'Bakker', ...(vatNumber && { vatNumber }) } }),
    ];
    await bring(rows());
    expect(await bring(rows('NL1'))).toStrictEqual(allUnchanged(1));
    const customerId = numberedId(uid(41), 2, 'customer');
    expect(await world.views.get(customers, customerId)).toMatchObject({ details: { vatNumber: 'NL1' } });
    expect(await bring(rows('NL2'))).toStrictEqual(allCreated(1));
  });

  it('keeps out of other accounts’ catalogues', async () => {
    await world.register(stranger, 'service');
    await received([[row(2)]], { owner: stranger });
    await world.run(new ImportCatalogue());
    expect(await bring([row(2)])).toStrictEqual(allCreated(1));
    expect(added()).toMatchObject({ AddCustomer: 1, AddLocation: 1, RegisterInstallation: 1 });
  });

  it('R-K4 counts what others shared like its own, where the account keeps it', async () => {
    await world.register(stranger, 'service');
    await world.connect(uid(11), stranger, account);
    await world.keep(stranger, uid(51), uid(52));
    await world.keep(account, uid(61), uid(62));
    await world.install(stranger, uid(31), { locationId: uid(52) });
    const [shareId, installationId] = [uid(71), uid(31)];
    await world.request(shareId, uid(11), account);
    await world.approve(shareId, stranger, 'installation', [installationId]);
    await world.run(preparePackage);
    const installations = [{ installationId, target: { locationId: uid(62) } }];
    await world.ask(account, 'ProcessShare', { shareId, referenceStyle: 'original', installations });
    await world.run(new ImportStep());
    const its = {
      customer: { name: 'Customer 061', vatNumber: 'NL000000061B01' },
      location: { name: 'Plant', address: { street: 'Dijk 061', postalCode: '9711 AB', city: 'Groningen' } },
    };
    const rows = [row(2, { ...its, reference: 'R-0031' }), row(3, { reference: 'R-0031' })];
    expect(await bring(rows)).toStrictEqual({ created: 1, updated: 0, unchanged: 1, errors: [] });
  });

  it('reports a row the rules refuse, and brings the others', async () => {
    const importId = await received([[row(2), row(3), row(4)]]);
    await world.register(stranger, 'service');
    await world.keep(stranger, uid(21), uid(22));
    await world.install(stranger, numberedId(importId, 3, 'installation'), { locationId: uid(22) });
    await world.run(new ImportCatalogue());
    expect(await outcomeOf(importId)).toStrictEqual({
      created: 2,
      updated: 0,
      unchanged: 0,
      errors: ['3 id-in-use reference'],
    });
  });

  it('reports every row whose parent could not be added', async () => {
    const importId = await received([[row(2), row(3), row(4, { customer: { name: 'Slager' } })]]);
    await world.register(stranger, 'service');
    await world.keep(stranger, numberedId(importId, 2, 'customer'), uid(22));
    await world.run(new ImportCatalogue());
    expect(await outcomeOf(importId)).toStrictEqual({
      created: 1,
      updated: 0,
      unchanged: 0,
      errors: ['2 id-in-use customer_name', '3 id-in-use customer_name'],
    });
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId, installationToken } from '#application/core';
import type { CatalogueRow } from '#domain/import';
import { ImportCatalogue } from './import-catalogue.ts';
import { RecordingPort, uid, World } from './testing/world.ts';

const [account, stranger] = [uid(1), uid(2)];
const address = { street: 'Kade 5', postalCode: '1011 CD', city: 'Amsterdam' };

let world: World;
let port: RecordingPort;

beforeEach(async () => {
  world = await World.open();
  port = new RecordingPort(world.commands);
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

async function received(
  importId: string,
  batches: readonly (readonly CatalogueRow[])[],
  owner = account,
): Promise<void> {
  await world.ask(owner, 'StartCatalogueImport', { importId });
  for (const [index, rows] of batches.entries()) {
    await world.ask(owner, 'ReceiveCatalogueRows', { importId, batch: index + 1, rows, errors: [] });
  }
  await world.ask(owner, 'CloseCatalogueFile', { importId, rows: batches.flat().length });
}

async function bring(...batches: readonly (readonly CatalogueRow[])[]): Promise<void> {
  await received(uid(41), batches);
  await world.run(new ImportCatalogue(), port);
}

/** How many things of each kind were added. */
function added(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of port.sent) if (!type.startsWith('Record')) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

describe('importing a catalogue file', () => {
  it('adds customer, location, building and installation, and says how far it is', async () => {
    await bring([row(2, { building: 'Hall', customerReference: 'K-2' })]);
    const customerId = derivedId(account, 'customer', 'name bakker bv');
    const locationId = derivedId(account, 'location', customerId, 'kd5, 1011cd');
    const buildingId = derivedId(account, 'building', locationId, 'hall');
    const installationId = derivedId(account, 'installation', customerId, 'a-2');
    expect(port.issued()).toStrictEqual([
      { type: 'AddCustomer', data: { customerId, name: 'Bakker BV', address } },
      { type: 'AddLocation', data: { locationId, customerId, name: 'Shop', address } },
      { type: 'AddBuilding', data: { buildingId, locationId, name: 'Hall' } },
      {
        type: 'RegisterInstallation',
        data: {
          installationId,
          token: installationToken(installationId),
          locationId,
          buildingId,
          reference: 'A-2',
          customerReference: 'K-2',
          brand: 'Frigo',
        },
      },
      { type: 'RecordImportedBatch', data: { importId: uid(41), batch: 1, imported: 1, errors: [] } },
    ]);
    expect(port.sent.every(({ actor }) => actor.account === account)).toBe(true);
  });

  it('makes one thing of rows that name the same one', async () => {
    await bring(
      [row(2, { building: 'Hall' }), row(3, { building: 'HALL' })],
      [row(4, { location: { name: 'Other name', address: { ...address, street: 'KADE 5' } } })],
    );
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
      2,
    ],
    [
      'of one name, where two have VAT numbers',
      [
        { name: 'Bakker' },
        { name: 'Bakker', vatNumber: 'NL1' },
        { name: 'Bakker', vatNumber: 'NL2' },
        { name: 'Bakker' },
      ],
      3,
    ],
    ['of two names', [{ name: 'Bakker' }, { name: 'Slager' }], 2],
    ['of two legal forms', [{ name: 'Bakker BV' }, { name: 'Bakker NV' }], 2],
  ])(
    'counts customers %s, in one batch and in several, after a crash and without',
    async (_, named, count) => {
      const rows = named.map((customer, index) => row(index, { customer }));
      const added = async () =>
        (await world.history()).filter(({ type }) => type === 'CustomerAdded').map(({ data }) => data);

      await received(uid(41), [rows]);
      await world.run(new ImportCatalogue());
      const inOne = await added();
      expect(inOne).toHaveLength(count);

      await world.close();
      world = await World.open();
      await world.register(account, 'service');
      await received(
        uid(41),
        rows.map((one) => [one]),
      );
      const [work] = await world.workOf(new ImportCatalogue());
      while ((await new ImportCatalogue().step([work as never], world.dependencies)) === 'continue');
      expect(await added()).toStrictEqual(inOne);
    },
  );

  it('adds nothing when the same file comes twice', async () => {
    const rows = [row(2, { building: 'Hall' }), row(3, { customer: { name: 'Slager', vatNumber: 'NL1' } })];
    await received(uid(41), [rows]);
    await world.run(new ImportCatalogue());
    await received(uid(42), [rows]);
    await world.run(new ImportCatalogue(), port);
    expect(port.issued()).toStrictEqual([
      { type: 'RecordImportedBatch', data: { importId: uid(42), batch: 1, imported: 2, errors: [] } },
    ]);
  });

  it('adds each thing once when two files come at the same moment', async () => {
    await received(uid(41), [[row(2), row(3)]]);
    await received(uid(42), [[row(3), row(4)]]);
    const works = await world.workOf(new ImportCatalogue());
    await Promise.all(works.map((work) => new ImportCatalogue().step([work as never], world.dependencies)));
    const types = (await world.history()).map(({ type }) => type);
    const count = (type: string) => types.filter((found) => found === type).length;
    expect(count('CustomerAdded')).toBe(1);
    expect(count('LocationAdded')).toBe(1);
    expect(count('InstallationRegistered')).toBe(3);
  });

  it('finds what stands in the catalogue, and leaves it as it is', async () => {
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
    await bring([row(2, { customer, building: 'Hall' }), row(3, { customer, reference: 'R-0031' })]);
    expect(port.issued('AddCustomer', 'AddLocation', 'AddBuilding')).toStrictEqual([]);
    expect(port.issued('RegisterInstallation')).toMatchObject([
      { data: { reference: 'A-2', locationId: uid(22), buildingId: uid(23) } },
    ]);
  });

  it('takes what it made for its own when the account has renamed it since', async () => {
    await received(uid(41), [[row(2)]]);
    await world.run(new ImportCatalogue());
    const customerId = derivedId(account, 'customer', 'name bakker bv');
    await world.ask(account, 'ChangeCustomer', { customerId, name: 'Bakkerij' });
    await received(uid(42), [[row(3)]]);
    const before = (await world.history()).length;
    await world.run(new ImportCatalogue(), port);
    const since = (await world.history()).slice(before).map(({ type }) => type);
    expect(since).toStrictEqual([
      'InstallationRegistered',
      'CatalogueBatchImported',
      'CatalogueImportCompleted',
    ]);
  });

  it('keeps out of other accounts’ catalogues', async () => {
    await world.register(stranger, 'service');
    await received(uid(42), [[row(2)]], stranger);
    await world.run(new ImportCatalogue());
    await bring([row(2)]);
    expect(added()).toStrictEqual({ AddCustomer: 1, AddLocation: 1, RegisterInstallation: 1 });
  });

  it('reports a row the rules refuse, and brings the others', async () => {
    const customerId = derivedId(account, 'customer', 'name bakker bv');
    const refused = derivedId(account, 'installation', customerId, 'a-3');
    await world.register(stranger, 'service');
    await world.keep(stranger, uid(21), uid(22));
    await world.install(stranger, refused, { locationId: uid(22) });
    await bring([row(2), row(3), row(4)]);
    expect(port.issued('RecordImportedBatch')).toMatchObject([
      {
        data: {
          imported: 2,
          errors: [{ row: 3, column: 'reference', code: 'id-in-use', detail: expect.any(String) }],
        },
      },
    ]);
  });
});

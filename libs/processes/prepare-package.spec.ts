import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { TransferLevel } from '#domain/share';
import { preparePackage } from './prepare-package.ts';
import { RecordingPort, uid, World } from './testing/world.ts';

const [provider, requester] = [uid(1), uid(2)];
const connectionId = uid(11);
const [customerId, locationId, buildingId] = [uid(21), uid(22), uid(23)];
const [otherCustomerId, otherLocationId] = [uid(24), uid(25)];
const [inHall, inPlant, elsewhere] = [uid(31), uid(32), uid(33)];
const shareId = uid(41);

const address = { street: 'Dijk 021', postalCode: '9711 AB', city: 'Groningen' };
const hallItem = {
  installationId: inHall,
  token: 'T-0031',
  reference: 'R-0031',
  customerReference: 'C-31',
  properties: { brand: 'Frigo' },
};
const plantItem = {
  installationId: inPlant,
  token: 'T-0032',
  reference: 'R-0032',
  properties: { brand: 'Frigo' },
};
const customerCopy = { id: customerId, name: 'Customer 021', vatNumber: 'NL000000021B01', address };
const locationCopy = { id: locationId, name: 'Plant', address };
const buildingCopy = { id: buildingId, name: 'Hall' };

let world: World;
let port: RecordingPort;

beforeEach(async () => {
  world = await World.open();
  port = new RecordingPort(world.commands);
  await world.register(provider, 'service');
  await world.register(requester, 'service');
  await world.connect(connectionId, provider, requester);
  await world.keep(provider, customerId, locationId);
  await world.keep(provider, otherCustomerId, otherLocationId);
  await world.ask(provider, 'AddBuilding', { buildingId, locationId, name: 'Hall' });
  await world.install(provider, inHall, { buildingId }, 'C-31');
  await world.install(provider, inPlant, { locationId });
  await world.install(provider, elsewhere, { locationId: otherLocationId });
  await world.request(shareId, connectionId, requester);
});

afterEach(() => world.close());

async function prepare(level: TransferLevel, selection: readonly string[]): Promise<void> {
  await world.approve(shareId, provider, level, selection);
  await world.run(preparePackage, port);
}

describe('preparing a package', () => {
  it('starts, collects and completes (R-S7)', async () => {
    await prepare('installation', [inPlant, inHall]);
    expect(port.issued()).toStrictEqual([
      { type: 'StartPreparation', data: { shareId } },
      {
        type: 'CollectPackageBatch',
        data: { shareId, batch: 0, items: [plantItem, hallItem], leftOut: [], candidates: 2 },
      },
      { type: 'CompletePackage', data: { shareId } },
    ]);
  });

  it('copies nothing of the tree at installation level (R-T1)', async () => {
    await prepare('installation', [inHall]);
    expect(port.issued('CollectPackageBatch')).toMatchObject([{ data: { items: [hallItem] } }]);
  });

  it('copies names and addresses of locations and buildings at location level (R-T2)', async () => {
    await prepare('location', [locationId]);
    const items = [
      { ...hallItem, location: locationCopy, building: buildingCopy },
      { ...plantItem, location: locationCopy },
    ];
    expect(port.issued('CollectPackageBatch')).toStrictEqual([
      { type: 'CollectPackageBatch', data: { shareId, batch: 0, items, leftOut: [], candidates: 2 } },
    ]);
  });

  it('copies the customer at customer level, without the fields that are never copied (R-T3)', async () => {
    await prepare('customer', [otherCustomerId, customerId]);
    const [collected] = port.issued('CollectPackageBatch') as { data: { items: object[] } }[];
    expect(collected?.data.items).toStrictEqual([
      {
        installationId: elsewhere,
        token: 'T-0033',
        reference: 'R-0033',
        properties: { brand: 'Frigo' },
        customer: {
          id: otherCustomerId,
          name: 'Customer 024',
          vatNumber: 'NL000000024B01',
          address: { ...address, street: 'Dijk 024' },
        },
        location: { id: otherLocationId, name: 'Plant', address: { ...address, street: 'Dijk 024' } },
      },
      { ...hallItem, customer: customerCopy, location: locationCopy, building: buildingCopy },
      { ...plantItem, customer: customerCopy, location: locationCopy },
    ]);
  });

  it('judges each installation as it is at that time, and records why it leaves one out (R-A2)', async () => {
    await world.approve(shareId, provider, 'customer', [customerId]);
    await world.ask(provider, 'ArchiveInstallation', { installationId: inHall });
    await world.run(preparePackage, port);
    expect(port.issued('CollectPackageBatch')).toMatchObject([
      {
        data: {
          items: [{ installationId: inPlant }],
          leftOut: [{ installationId: inHall, code: 'archived' }],
          candidates: 2,
        },
      },
    ]);
  });

  it('includes what was registered up to its start', async () => {
    await world.approve(shareId, provider, 'location', [locationId]);
    await world.install(provider, uid(39), { locationId });
    await world.run(preparePackage, port);
    expect(port.issued('CollectPackageBatch')).toMatchObject([
      { data: { items: [{}, {}, { installationId: uid(39) }], candidates: 3 } },
    ]);
  });

  it('continues after the installation its last batch ended with, and shares nothing registered since (R-S7)', async () => {
    const many = Array.from({ length: 251 }, (_, n) => uid(1_000 + n));
    await Promise.all(many.map((machine) => world.install(provider, machine, { locationId })));
    await world.approve(shareId, provider, 'location', [otherLocationId, locationId]);
    const [work] = await world.workOf(preparePackage);
    const step = () => preparePackage.step([work as never], { ...world.dependencies, commands: port });
    await step();
    await step();
    await world.install(provider, uid(500), { locationId });
    await world.install(provider, uid(5_000), { locationId });
    await world.caughtUp();
    await step();
    await step();

    const [first, second] = port.issued('CollectPackageBatch') as {
      data: { items: { installationId: string }[]; cursor?: string; candidates: number };
    }[];
    // Of the other location one, of this one the two from before and 247 of those added.
    expect(first?.data.items).toHaveLength(250);
    expect(first?.data).toMatchObject({ batch: 0, cursor: `${locationId}/${uid(1_246)}`, candidates: 254 });
    expect(second?.data).toStrictEqual({
      shareId,
      batch: 1,
      items: [1_247, 1_248, 1_249, 1_250].map((n) => expect.objectContaining({ installationId: uid(n) })),
      leftOut: [],
      candidates: 254,
    });
    expect(port.issued('CompletePackage')).toHaveLength(1);
  });

  it('ends a batch early where its items are large', async () => {
    const long = 'ж'.repeat(1_000);
    const many = Array.from({ length: 250 }, (_, n) => uid(1_000 + n));
    await Promise.all(
      many.map((installationId) =>
        world.ask(provider, 'RegisterInstallation', {
          installationId,
          token: 'T',
          locationId,
          reference: installationId,
          serialNumber: long,
          brand: long,
        }),
      ),
    );
    await prepare('location', [locationId]);
    const batches = port.issued('CollectPackageBatch');
    expect(batches.length).toBeGreaterThan(1);
    for (const { data } of batches) {
      expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThan(600 * 1024);
    }
    const items = batches.flatMap(({ data }) => (data as { items: object[] }).items);
    expect(items).toHaveLength(252);
  });

  it('stops when the share has been revoked meanwhile', async () => {
    await world.approve(shareId, provider, 'installation', [inHall, inPlant]);
    const [work] = await world.workOf(preparePackage);
    const step = () => preparePackage.step([work as never], { ...world.dependencies, commands: port });
    expect(await step()).toBe('continue');
    expect(await step()).toBe('continue');
    await world.ask(provider, 'RevokeShare', { shareId });
    await world.run(preparePackage, port);
    expect((await world.history()).at(-1)).toMatchObject({ type: 'ShareRevoked' });
  });
});

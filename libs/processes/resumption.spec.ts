import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { plusMillis } from '#domain/kernel';
import { grantIdOf } from './grant-id.ts';
import { createProcesses, type ProcessManager } from './index.ts';
import { Crash, FailingPort, recordedAfter, uid, World } from './testing/world.ts';

const [provider, requester, third] = [uid(1), uid(2), uid(3)];
const [toRequester, toThird] = [uid(11), uid(12)];
const [customerId, locationId, buildingId] = [uid(21), uid(22), uid(23)];
const machines = [31, 32, 33, 34].map(uid);
/** A record the requester keeps of the first of them. */
const replaced = uid(35);
const [shareId, onward, importId] = [uid(41), uid(42), uid(43)];

function processNamed(name: string): ProcessManager {
  const found = createProcesses().find((process) => process.name === name);
  if (found === undefined) throw new Error(`There is no process ${name}.`);
  return found;
}

async function approved(world: World, until?: string): Promise<void> {
  await world.register(provider, 'service');
  await world.register(requester, 'service');
  await world.connect(toRequester, provider, requester);
  await world.keep(provider, customerId, locationId);
  await world.ask(provider, 'AddBuilding', { buildingId, locationId, name: 'Hall' });
  for (const [index, machine] of machines.entries()) {
    await world.install(provider, machine, index < 2 ? { buildingId } : { locationId }, `C-${index}`);
  }
  await world.request(shareId, toRequester, requester);
  await world.approve(shareId, provider, 'customer', [customerId], 'subcontractor', until);
}

async function confirmed(world: World, until?: string): Promise<void> {
  await approved(world, until);
  await world.run(processNamed('prepare-package'));
  await world.keep(requester, uid(53), uid(54));
  await world.install(requester, replaced, { locationId: uid(54) });
  await world.ask(requester, 'ProcessShare', {
    shareId,
    referenceStyle: 'customer',
    customers: [{ source: customerId, target: { create: uid(51) } }],
    locations: [{ source: locationId, target: { create: uid(52) } }],
    installations: machines.map((installationId, index) => ({
      installationId,
      target: { followsLocation: true },
      ...(index === 0 && { replaces: replaced }),
    })),
  });
}

async function imported(world: World, until?: string): Promise<void> {
  await confirmed(world, until);
  await world.run(processNamed('import-step'));
}

async function givenOn(world: World): Promise<void> {
  await imported(world);
  await world.register(third, 'service');
  await world.connect(toThird, requester, third);
  await world.keep(third, uid(61), uid(62));
  await world.request(onward, toThird, third);
  await world.approve(onward, requester, 'installation', machines);
  await world.run(processNamed('prepare-package'));
  await world.ask(third, 'ProcessShare', {
    shareId: onward,
    referenceStyle: 'original',
    installations: machines.map((installationId) => ({ installationId, target: { locationId: uid(62) } })),
  });
  await world.run(processNamed('import-step'));
}

async function revoked(world: World): Promise<void> {
  await givenOn(world);
  await world.ask(provider, 'RevokeShare', { shareId, reason: 'changed our mind' });
}

const DAY = 86_400_000;

/** As `imported`, with an end of its own a week ahead, which `moved` may have come. */
async function importedUntil(world: World): Promise<string> {
  const until = plusMillis(world.now, 8 * DAY);
  await imported(world, until);
  return until;
}

async function expired(world: World): Promise<void> {
  world.now = await importedUntil(world);
}

async function extended(world: World): Promise<void> {
  const until = await importedUntil(world);
  await world.ask(provider, 'ExtendShare', { shareId, until: plusMillis(until, DAY) });
}

async function nearItsEnd(world: World): Promise<void> {
  world.now = plusMillis(await importedUntil(world), -7 * DAY);
}

async function connectionEnded(world: World): Promise<void> {
  await imported(world);
  await world.request(uid(71), toRequester, requester);
  await world.request(uid(72), toRequester, provider);
  await world.ask(provider, 'EndConnection', { connectionId: toRequester, revokeShares: true });
}

async function tokenUsed(world: World): Promise<void> {
  await world.register(provider, 'service');
  await world.register(requester, 'service');
  await world.ask(provider, 'CreateConnection', {
    connectionId: toRequester,
    label: 'ours',
    tokenHash: 'hash',
  });
  // As a crash just after the token was used leaves it.
  await world.record(`connection-${toRequester}`, requester, {
    type: 'ConnectionTokenUsed',
    data: { connectionId: toRequester, account: requester, label: 'theirs' },
  });
}

async function erasureRequested(world: World): Promise<void> {
  await world.register(provider, 'service');
  // As a crash just after it was asked for leaves it.
  const data = { erasureId: uid(81), account: provider, key: 'k', requestedAt: world.now };
  await world.record(`erasure-${uid(81)}`, provider, { type: 'DataSubjectErasureRequested', data });
}

async function received(world: World): Promise<void> {
  await world.register(provider, 'service');
  const address = { street: 'Kade 5', postalCode: '1011 CD', city: 'Amsterdam' };
  const row = (number: number, more: object) => ({
    row: number,
    customer: { name: 'Bakker BV' },
    location: { name: 'Shop', address },
    reference: `A-${number}`,
    properties: {},
    ...more,
  });
  await world.ask(provider, 'StartCatalogueImport', {
    importId,
    existing: 'update',
    file: { columns: [], separator: ',', sha256: 'aa' },
  });
  await world.ask(provider, 'ReceiveCatalogueRows', {
    importId,
    batch: 1,
    rows: [row(2, { building: 'Hall' }), row(3, { customer: { name: 'bakker bv', vatNumber: 'NL1' } })],
    rejected: [],
    errors: [],
  });
  await world.ask(provider, 'ReceiveCatalogueRows', {
    importId,
    batch: 2,
    rows: [
      row(4, {}),
      row(5, { location: { name: 'Depot', address: { ...address, street: 'Kade 7' } } }),
      row(6, { reference: 'A-2', building: 'Hall' }),
    ],
    rejected: [],
    errors: [],
  });
  await world.ask(provider, 'CloseCatalogueFile', { importId, rows: 5 });
}

const stories: readonly [process: string, given: (world: World) => Promise<void>, ends: string][] = [
  ['prepare-package', approved, 'SharePackageCompleted'],
  ['import-step', confirmed, 'ShareProcessed'],
  ['withdraw-access', revoked, 'InstallationAccessWithdrawn'],
  [
    'follow-withdrawal',
    async (world) => {
      await revoked(world);
      await world.run(processNamed('withdraw-access'));
    },
    'ShareRevoked',
  ],
  ['expire-shares', nearItsEnd, 'ShareExpiryAnnounced'],
  ['expire-shares', expired, 'ShareExpired'],
  ['extend-access', extended, 'InstallationAccessExtended'],
  ['end-connection', connectionEnded, 'ShareRevoked'],
  ['complete-connection', tokenUsed, 'ConnectionAuthenticated'],
  ['complete-erasure', erasureRequested, 'DataSubjectErased'],
  ['import-catalogue', received, 'CatalogueImportCompleted'],
];

/** A world that continues from another, at the same time. */
async function copyOf(before: World): Promise<World> {
  const world = await World.open(before);
  world.now = before.now;
  return world;
}

describe.each(stories)('%s, killed at any command', (name, given, ends) => {
  let before: World;
  let world: World | undefined;
  let undisturbed: Map<string, unknown[]>;
  let commands = 0;

  beforeAll(async () => {
    before = await World.open();
    await given(before);
    world = await copyOf(before);
    const counting = {
      send: (command: Parameters<World['commands']['send']>[0]) => {
        commands += 1;
        return (world as World).commands.send(command);
      },
    };
    await world.run(processNamed(name), counting);
    undisturbed = await recordedAfter(world, before);
    await world.close();
    world = undefined;
  });

  afterEach(async () => {
    await world?.close();
    world = undefined;
  });

  afterAll(() => before.close());

  it('completes when nothing interrupts it', () => {
    const events = [...undisturbed.values()].flat() as { type: string }[];
    expect(events.map(({ type }) => type)).toContain(ends);
  });

  it.each(['the command', 'the answer'] as const)('continues where %s is lost', async (loses) => {
    for (let failsAt = 1; failsAt <= commands; failsAt++) {
      world = await copyOf(before);
      const port = new FailingPort(world.commands, failsAt, loses);
      await expect(world.run(processNamed(name), port)).rejects.toThrow(Crash);
      // What was under way beside the command that failed has ended when every lane has sent once more.
      await world.run(processNamed(name));
      expect(await recordedAfter(world, before)).toStrictEqual(undisturbed);
      await world.close();
      world = undefined;
    }
  });

  it('does nothing more when it is run again', async () => {
    world = await copyOf(before);
    await world.run(processNamed(name));
    const head = await world.store.head();
    await world.run(processNamed(name));
    expect(await world.store.head()).toBe(head);
  });
});

describe('grantIdOf', () => {
  it('names a grant by its share and installation', () => {
    expect(grantIdOf(shareId, machines[0] as string)).toBe(grantIdOf(shareId, machines[0] as string));
    expect(grantIdOf(shareId, machines[0] as string)).not.toBe(grantIdOf(onward, machines[0] as string));
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ListGrants } from '#application';
import { type CommandPort, derivedId } from '#application/core';
import type { Recorded } from '#contracts';
import { type InstallationAccessGranted, installation } from '#domain/installation';
import { plusMillis } from '#domain/kernel';
import { grantIdOf } from './grant-id.ts';
import { ImportStep } from './import-step.ts';
import { preparePackage } from './prepare-package.ts';
import { Crash, FailingPort, RecordingPort, uid, World } from './testing/world.ts';
import { withdrawAccess } from './withdraw-access.ts';

const [provider, requester, root] = [uid(1), uid(2), uid(3)];
const [connectionId, above] = [uid(11), uid(12)];
const [customerId, locationId, buildingId] = [uid(21), uid(22), uid(23)];
const [ownCustomer, ownLocation, ownBuilding] = [uid(24), uid(25), uid(26)];
const [inHall, inPlant] = [uid(31), uid(32)];
const shareId = uid(41);

let world: World;
let port: RecordingPort;

beforeEach(async () => {
  world = await World.open();
  port = new RecordingPort(world.commands);
  await world.register(provider, 'service');
  await world.register(requester, 'service');
  await world.connect(connectionId, provider, requester);
  await world.keep(provider, customerId, locationId);
  await world.ask(provider, 'AddBuilding', { buildingId, locationId, name: 'Hall' });
  await world.install(provider, inHall, { buildingId }, 'C-31');
  await world.install(provider, inPlant, { locationId });
  await world.keep(requester, ownCustomer, ownLocation);
  await world.ask(requester, 'AddBuilding', {
    buildingId: ownBuilding,
    locationId: ownLocation,
    name: 'Shed',
  });
  await world.request(shareId, connectionId, requester);
});

afterEach(() => world.close());

async function available(
  level: 'customer' | 'installation' = 'customer',
  selection = [customerId],
): Promise<void> {
  await world.approve(shareId, provider, level, selection);
  await world.run(preparePackage);
}

/** Gives the step's id. */
const confirm = (step: object) =>
  world.ask(requester, 'ProcessShare', { shareId, referenceStyle: 'original', ...step });

const following = (...machines: readonly string[]) =>
  machines.map((installationId) => ({ installationId, target: { followsLocation: true } }));

/** Where each grant places its installation. */
function placements(): Record<string, unknown> {
  const grants = port.issued('GrantAccess') as { data: { installationId: string; placement: unknown } }[];
  return Object.fromEntries(grants.map(({ data }) => [data.installationId, data.placement]));
}

describe('importing a step', () => {
  describe('places a batch at one moment, from which the window of each installation runs (R-V2)', () => {
    const WINDOW = 72 * 3_600_000;
    const first = '2026-03-01T10:00:00.987Z';

    beforeEach(async () => {
      await world.approve(shareId, provider, 'installation', [inHall, inPlant], 'installation-manager');
      await world.run(preparePackage);
      const own = { target: { locationId: ownLocation } };
      await confirm({
        installations: [inHall, inPlant].map((installationId) => ({ installationId, ...own })),
      });
      world.now = first;
    });

    /** Time passes with every command. */
    const slow: CommandPort = {
      send: (command) => {
        world.now = plusMillis(world.now, 700);
        return world.commands.send(command);
      },
    };

    /** For each installation when its grant was recorded, when that begins, and when its share has it as placed. */
    async function moments() {
      const history = await world.history();
      return [inHall, inPlant].map((id) => ({
        recorded: history.find((event) => isGrant(event, id))?.metadata.at,
        granted: history.flatMap((event) => (isGrant(event, id) ? [event.data.grant.grantedAt] : [])),
        placed: history.flatMap((event) =>
          event.type === 'ShareItemsPlaced' && event.data.installations.includes(id)
            ? [event.data.placedAt]
            : [],
        ),
      }));
    }

    const isGrant = (event: Recorded, id: string): event is Recorded<InstallationAccessGranted> =>
      event.type === 'InstallationAccessGranted' && event.data.installationId === id;

    const at = (moment: string) => ({ recorded: moment, granted: [moment], placed: [moment] });

    it('also when the batch is slow', async () => {
      await world.run(new ImportStep(), slow);
      expect(await moments()).toEqual([at(first), at(first)]);
    });

    it('and what was granted before a crash at the moment of that attempt', async () => {
      const crash = new FailingPort(slow, 2, 'the command');
      await expect(world.run(new ImportStep(), crash)).rejects.toThrow(Crash);
      const second = '2026-03-01T11:00:00.012Z';
      world.now = second;
      await world.run(new ImportStep(), slow);
      expect(await moments()).toEqual([at(first), at(second)]);
    });

    it('to the millisecond, the same in the grants and in the share that enforces it', async () => {
      await world.run(new ImportStep(), slow);
      await world.caughtUp();
      const end = plusMillis(first, WINDOW);
      const administrator = { account: provider, user: 'someone', roles: ['administrator'] } as const;
      const grants = (id: string) =>
        world.queries.execute(new ListGrants(administrator, id, { pageSize: 10 }));
      const revoke = (id: string) => world.ask(provider, 'RevokeShare', { shareId, installations: [id] });

      world.now = end;
      expect((await grants(inHall)).items).toMatchObject([
        { grantedAt: first, revocableUntil: end, allowedActions: ['revoke'] },
      ]);
      await revoke(inHall);

      world.now = plusMillis(end, 1);
      expect((await grants(inPlant)).items).toMatchObject([{ revocableUntil: end, allowedActions: [] }]);
      await expect(revoke(inPlant)).rejects.toMatchObject({ code: 'revocation-window-closed' });
    });
  });

  it('archives the record that an installation replaces, once it is placed (R-P2)', async () => {
    await world.install(requester, uid(35), { locationId: ownLocation });
    await available();
    await confirm({
      installations: [
        { installationId: inHall, target: { locationId: ownLocation }, replaces: uid(35) },
        { installationId: inPlant, target: { locationId: ownLocation } },
      ],
    });
    await world.run(new ImportStep(), port);
    expect(port.issued().map(({ type }) => type)).toStrictEqual([
      'GrantAccess',
      'GrantAccess',
      'ArchiveInstallation',
      'RecordPlacedItems',
      'CompleteStep',
    ]);
    expect(port.issued('ArchiveInstallation')).toMatchObject([{ data: { installationId: uid(35) } }]);
    const replaced = await world.aggregates.state(installation, uid(35));
    expect(replaced).toMatchObject({ placements: { [requester]: { archived: true } } });
  });

  it('copies customer, location and building, then grants, then records it in the share (R-P2, R-P4, R-T4)', async () => {
    await available();
    const stepId = await confirm({
      customers: [{ source: customerId, target: { create: uid(51) } }],
      locations: [{ source: locationId, target: { create: uid(52) } }],
      installations: following(inHall, inPlant),
    });
    await world.run(new ImportStep(), port);
    const address = { street: 'Dijk 021', postalCode: '9711 AB', city: 'Groningen' };
    const hall = derivedId(uid(52), 'copy', buildingId);
    const grant = {
      shareId,
      giver: provider,
      holder: requester,
      accessType: 'subcontractor',
      documentIdentity: 'performer',
      revocation: { kind: 'any-time' },
      approvedAt: world.now,
    };
    expect(port.issued()).toStrictEqual([
      {
        type: 'AddCustomer',
        data: {
          customerId: uid(51),
          copiedFrom: { shareId, id: customerId },
          name: 'Customer 021',
          vatNumber: 'NL000000021B01',
          address,
        },
      },
      {
        type: 'AddLocation',
        data: {
          locationId: uid(52),
          customerId: uid(51),
          copiedFrom: { shareId, id: locationId },
          name: 'Plant',
          address,
        },
      },
      {
        type: 'AddBuilding',
        data: {
          buildingId: hall,
          locationId: uid(52),
          copiedFrom: { shareId, id: buildingId },
          name: 'Hall',
        },
      },
      {
        type: 'GrantAccess',
        data: {
          ...grant,
          installationId: inHall,
          grantId: grantIdOf(shareId, inHall),
          placement: {
            customerId: uid(51),
            locationId: uid(52),
            buildingId: hall,
            reference: 'R-0031',
            customerReference: 'C-31',
          },
        },
      },
      {
        type: 'GrantAccess',
        data: {
          ...grant,
          installationId: inPlant,
          grantId: grantIdOf(shareId, inPlant),
          placement: { customerId: uid(51), locationId: uid(52), reference: 'R-0032' },
        },
      },
      {
        type: 'RecordPlacedItems',
        data: { shareId, stepId, installations: [inHall, inPlant], placedAt: world.now },
      },
      { type: 'CompleteStep', data: { shareId, stepId } },
    ]);
  });

  it('merges a location into one of the requester’s own, with its building (R-P2)', async () => {
    await available();
    await confirm({
      locations: [{ source: locationId, target: { locationId: ownLocation } }],
      installations: following(inHall, inPlant),
    });
    await world.run(new ImportStep(), port);
    const hall = derivedId(ownLocation, 'copy', buildingId);
    expect(port.issued('AddCustomer', 'AddLocation')).toStrictEqual([]);
    expect(port.issued('AddBuilding')).toMatchObject([
      { data: { buildingId: hall, locationId: ownLocation } },
    ]);
    expect(placements()).toMatchObject({
      [inHall]: { customerId: ownCustomer, locationId: ownLocation, buildingId: hall },
      [inPlant]: { customerId: ownCustomer, locationId: ownLocation },
    });
  });

  it('puts a location under a customer of the requester’s own (R-P2)', async () => {
    await available();
    await confirm({
      locations: [{ source: locationId, target: { create: uid(52), customerId: ownCustomer } }],
      installations: following(inPlant),
    });
    await world.run(new ImportStep(), port);
    expect(placements()).toMatchObject({ [inPlant]: { customerId: ownCustomer, locationId: uid(52) } });
  });

  it('puts installations into buildings and locations, old and new (R-P2)', async () => {
    const [third, fourth] = [uid(33), uid(34)];
    await world.install(provider, third, { locationId });
    await world.install(provider, fourth, { locationId });
    await available('installation', [inHall, inPlant, third, fourth]);
    const newBuilding = { id: uid(53), name: 'Annex', locationId: ownLocation };
    await confirm({
      installations: [
        { installationId: inHall, target: { buildingId: ownBuilding } },
        { installationId: inPlant, target: { locationId: ownLocation } },
        { installationId: third, target: { newBuilding } },
        { installationId: fourth, target: { newBuilding } },
      ],
    });
    await world.run(new ImportStep(), port);
    expect(port.issued('AddBuilding')).toStrictEqual([
      { type: 'AddBuilding', data: { buildingId: uid(53), locationId: ownLocation, name: 'Annex' } },
    ]);
    const there = { customerId: ownCustomer, locationId: ownLocation };
    expect(placements()).toMatchObject({
      [inHall]: { ...there, buildingId: ownBuilding },
      [inPlant]: there,
      [third]: { ...there, buildingId: uid(53) },
      [fourth]: { ...there, buildingId: uid(53) },
    });
  });

  it('reuses a building copied by an earlier step, whatever its name now', async () => {
    await available();
    await confirm({
      locations: [{ source: locationId, target: { locationId: ownLocation } }],
      installations: following(inHall),
    });
    await world.run(new ImportStep());
    const hall = derivedId(ownLocation, 'copy', buildingId);
    await world.ask(requester, 'ChangeBuilding', { buildingId: hall, name: 'Big hall' });
    await world.install(provider, uid(33), { buildingId });
    await world.request(uid(42), connectionId, requester);
    await world.approve(uid(42), provider, 'customer', [customerId]);
    await world.run(preparePackage);
    await confirm({
      shareId: uid(42),
      locations: [{ source: locationId, target: { locationId: ownLocation } }],
      installations: following(uid(33)),
    });
    await world.run(new ImportStep(), port);
    expect(port.issued('AddBuilding')).toStrictEqual([]);
    expect(placements()).toMatchObject({ [uid(33)]: { buildingId: hall } });
  });

  it('uses an existing building of the same name, however it was added (R-K3)', async () => {
    const [third, fourth] = [uid(33), uid(34)];
    await world.install(provider, third, { locationId });
    await world.install(provider, fourth, { locationId });
    await available('installation', [inHall, inPlant, third, fourth]);
    const into = (installationId: string, id: string, name: string) => ({
      installations: [{ installationId, target: { newBuilding: { id, name, locationId: ownLocation } } }],
    });
    await confirm(into(inHall, uid(53), ' SHED'));
    await confirm(into(inPlant, uid(54), 'Annex'));
    await confirm(into(third, uid(55), 'annex '));
    await confirm(into(fourth, uid(56), 'Annex +1'));
    await world.run(new ImportStep(), port);
    expect(port.issued('AddBuilding')).toMatchObject([
      { data: { buildingId: uid(54), name: 'Annex' } },
      { data: { buildingId: uid(56), name: 'Annex +1' } },
    ]);
    expect(placements()).toMatchObject({
      [inHall]: { buildingId: ownBuilding },
      [inPlant]: { buildingId: uid(54) },
      [third]: { buildingId: uid(54) },
      [fourth]: { buildingId: uid(56) },
    });
  });

  it('does not copy a building where one of that name exists (R-K3)', async () => {
    await world.ask(requester, 'AddBuilding', { buildingId: uid(57), locationId: ownLocation, name: 'HALL' });
    await available();
    await confirm({
      locations: [{ source: locationId, target: { locationId: ownLocation } }],
      installations: following(inHall),
    });
    await world.run(new ImportStep(), port);
    expect(port.issued('AddBuilding')).toStrictEqual([]);
    expect(placements()).toMatchObject({ [inHall]: { buildingId: uid(57) } });
  });

  it('does not move what it had placed before a crash, whatever buildings were renamed since', async () => {
    await available('installation', [inHall]);
    const newBuilding = { id: uid(53), name: 'shed', locationId: ownLocation };
    await confirm({ installations: [{ installationId: inHall, target: { newBuilding } }] });
    const failing = new FailingPort(world.commands, 1, 'the answer');
    await expect(world.run(new ImportStep(), failing)).rejects.toThrow(Crash);
    await world.ask(requester, 'ChangeBuilding', { buildingId: ownBuilding, name: 'Garage' });
    await world.run(new ImportStep(), port);
    expect(port.issued('GrantAccess')).toStrictEqual([]);
    expect((await world.history()).filter(({ type }) => type === 'InstallationAccessGranted')).toMatchObject([
      { data: { placement: { buildingId: ownBuilding } } },
    ]);
    expect(port.issued('RecordPlacedItems')).toHaveLength(1);
  });

  it('imports the steps of one account one after the other, whatever shares they belong to', async () => {
    await available('installation', [inHall]);
    await confirm({ installations: [{ installationId: inHall, target: { locationId: ownLocation } }] });
    const importing = new ImportStep();
    const [work] = await world.workOf(importing);
    if (work === undefined) throw new Error('There is nothing to import.');
    expect(importing.groupKey(work as never)).toBe(requester);
  });

  it('imports the steps of a share in their order, so that one may build on another (R-P1)', async () => {
    await available();
    const first = await confirm({
      customers: [{ source: customerId, target: { create: uid(51) } }],
      installations: [{ installationId: inPlant, target: { locationId: ownLocation } }],
    });
    const second = await confirm({
      locations: [{ source: locationId, target: { create: uid(52) } }],
      installations: following(inHall),
    });
    await world.run(new ImportStep(), port);
    expect(port.issued('AddCustomer', 'AddLocation', 'RecordPlacedItems', 'CompleteStep')).toMatchObject([
      { type: 'AddCustomer' },
      { type: 'RecordPlacedItems', data: { stepId: first } },
      { type: 'CompleteStep', data: { stepId: first } },
      { type: 'AddLocation', data: { customerId: uid(51) } },
      { type: 'RecordPlacedItems', data: { stepId: second } },
      { type: 'CompleteStep', data: { stepId: second } },
    ]);
  });

  it('creates what a step names even when it takes no installation over', async () => {
    await available();
    await confirm({
      customers: [{ source: customerId, target: { create: uid(51) } }],
      installations: [],
      decline: [inHall, inPlant],
    });
    await world.run(new ImportStep(), port);
    expect(port.issued().map(({ type }) => type)).toStrictEqual(['AddCustomer', 'CompleteStep']);
  });

  it('places at most 500 at a time, all of one batch at one moment', async () => {
    const many = Array.from({ length: 501 }, (_, n) => uid(1_000 + n));
    await Promise.all(many.map((machine) => world.install(provider, machine, { locationId })));
    await available('installation', many);
    await confirm({
      installations: many.map((installationId) => ({
        installationId,
        target: { locationId: ownLocation },
      })),
    });
    await world.run(new ImportStep(), port);
    const placed = port.issued('RecordPlacedItems') as { data: { installations: string[] } }[];
    expect(placed.map(({ data }) => data.installations)).toStrictEqual([many.slice(0, 500), many.slice(500)]);
  });

  it('dates a batch by its grants, however late it comes to be recorded (R-V2)', async () => {
    await available();
    await confirm({
      locations: [{ source: locationId, target: { locationId: ownLocation } }],
      installations: following(inHall, inPlant),
    });
    const granted = world.now;
    const failing = new FailingPort(world.commands, 4, 'the command');
    await expect(world.run(new ImportStep(), failing)).rejects.toThrow(Crash);
    world.now = '2026-03-04T09:00:00.001Z';
    await world.run(new ImportStep(), port);
    expect(port.issued('RecordPlacedItems')).toMatchObject([{ data: { placedAt: granted } }]);
  });

  it('skips what was revoked during the import, and blocks its grant on the installation (R-V3)', async () => {
    await available();
    await confirm({
      locations: [{ source: locationId, target: { locationId: ownLocation } }],
      installations: following(inHall, inPlant),
    });
    await world.ask(provider, 'RevokeShare', { shareId, installations: [inHall] });
    await world.run(withdrawAccess);
    await world.run(new ImportStep(), port);
    expect(Object.keys(placements())).toStrictEqual([inPlant]);
    const blocked = (await world.history()).filter(({ type }) => type === 'InstallationAccessBlocked');
    expect(blocked).toMatchObject([
      { data: { installationId: inHall, grantId: grantIdOf(shareId, inHall), shareId, holder: requester } },
    ]);
  });

  it('withdraws, naming the rule that refuses it, what the provider gave by another share meanwhile (R-A3)', async () => {
    await available('installation', [inHall]);
    await world.request(uid(42), connectionId, requester);
    await world.approve(uid(42), provider, 'installation', [inHall]);
    await world.run(preparePackage);
    const installations = [{ installationId: inHall, target: { locationId: ownLocation } }];
    await confirm({ installations });
    await world.run(new ImportStep());
    await confirm({ shareId: uid(42), installations });
    await world.run(new ImportStep(), port);
    expect(port.issued('RecordWithdrawnItems', 'RecordPlacedItems')).toStrictEqual([
      {
        type: 'RecordWithdrawnItems',
        data: {
          shareId: uid(42),
          installations: [inHall],
          cause: { kind: 'refused', code: 'already-shared' },
        },
      },
    ]);
    expect((await world.history()).slice(-3)).toMatchObject([
      { type: 'ShareItemsWithdrawn' },
      { type: 'ShareStepImported' },
      { type: 'ShareProcessed', data: { shareId: uid(42) } },
    ]);
  });

  it('withdraws what the provider itself has lost, which is not a revocation of this share (R-A2)', async () => {
    const [machine, first] = [uid(35), uid(40)];
    await world.register(root, 'service');
    await world.connect(above, root, provider);
    await world.keep(root, uid(27), uid(28));
    await world.install(root, machine, { locationId: uid(28) });
    await world.request(first, above, provider);
    await world.approve(first, root, 'installation', [machine]);
    await world.run(preparePackage);
    await world.ask(provider, 'ProcessShare', {
      shareId: first,
      referenceStyle: 'original',
      installations: [{ installationId: machine, target: { locationId } }],
    });
    await world.run(new ImportStep());
    await available('installation', [machine]);
    await world.ask(root, 'RevokeShare', { shareId: first, reason: 'sold' });
    await world.run(withdrawAccess);
    const stepId = await confirm({
      installations: [{ installationId: machine, target: { locationId: ownLocation } }],
    });
    await world.run(new ImportStep(), port);
    expect(port.issued('RecordWithdrawnItems', 'RecordPlacedItems', 'CompleteStep')).toStrictEqual([
      {
        type: 'RecordWithdrawnItems',
        data: {
          shareId,
          installations: [machine],
          cause: { kind: 'refused', code: 'not-yours' },
        },
      },
      { type: 'CompleteStep', data: { shareId, stepId } },
    ]);
  });
});

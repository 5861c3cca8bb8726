import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ApprovalPreview, PreviewApproval } from '#application';
import type { AccessType, LeftOutCode } from '#domain/installation';
import { Refusal } from '#domain/kernel';
import type { LeftOut, TransferLevel } from '#domain/share';
import { preparePackage } from './prepare-package.ts';
import { uid, World } from './testing/world.ts';

const RUNS = 20;

const [provider, requester, other] = [uid(1), uid(2), uid(3)];
const [connectionId, farCustomer, farLocation] = [uid(11), uid(12), uid(13)];

/** How the provider stands to an installation that it keeps, or has kept. */
const standings = [
  'own',
  'own, archived',
  'own, shared before',
  'given as installation-manager',
  'given as subcontractor',
  'given on-loan',
  'lost',
  'of the requester',
] as const;
type Standing = (typeof standings)[number];

/** By the rules in plain words, not by the code that judges them (R-A1 to R-A3). */
function expectedCode(standing: Standing, type: AccessType): LeftOutCode | undefined {
  switch (standing) {
    case 'own':
    case 'given as installation-manager':
      return undefined;
    case 'given as subcontractor':
      return type === 'installation-manager' ? 'access-type-not-givable' : undefined;
    case 'given on-loan':
      return 'access-type-not-givable';
    case 'own, archived':
      return 'archived';
    case 'own, shared before':
      return 'already-shared';
    case 'lost':
      return 'not-yours';
    case 'of the requester':
      return 'requester-above';
  }
}

/** The provider's catalogue: customers, of locations, some with a building, of installations. */
const trees = fc.array(
  fc.array(
    fc.record({
      inBuilding: fc.boolean(),
      machines: fc.array(fc.constantFrom(...standings), { maxLength: 5 }),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  { minLength: 1, maxLength: 3 },
);

const cases = fc.record({
  tree: trees,
  level: fc.constantFrom<TransferLevel>('customer', 'location', 'installation'),
  accessType: fc.constantFrom<AccessType>('installation-manager', 'subcontractor', 'on-loan'),
  /** Which of the things of that level are selected, and in what order. */
  chosen: fc.array(fc.nat(99), { minLength: 1, maxLength: 8 }),
  /** Whether an installation of somebody else is selected too, where installations are. */
  strange: fc.boolean(),
});
type Case = typeof cases extends fc.Arbitrary<infer Value> ? Value : never;

let world: World;
let made = 100;
const next = () => uid(++made);

beforeAll(async () => {
  world = await World.open();
  for (const account of [provider, requester, other]) await world.register(account, 'service');
  await world.connect(connectionId, provider, requester);
  await world.keep(other, farCustomer, farLocation);
});

afterAll(() => world.close());

interface Machine {
  readonly installationId: string;
  readonly standing: Standing | 'of nobody here';
}

interface Catalogue {
  readonly customers: ReadonlyMap<string, readonly Machine[]>;
  readonly locations: ReadonlyMap<string, readonly Machine[]>;
}

async function build(tree: Case['tree']): Promise<Catalogue> {
  const customers = new Map<string, Machine[]>();
  const locations = new Map<string, Machine[]>();
  for (const itsLocations of tree) {
    const customerId = next();
    const ofCustomer: Machine[] = [];
    for (const [index, { inBuilding, machines }] of itsLocations.entries()) {
      const locationId = next();
      const address = { street: `Kade ${made}`, city: 'Ede' };
      if (index === 0) await world.keep(provider, customerId, locationId);
      else await world.ask(provider, 'AddLocation', { locationId, customerId, name: 'More', address });
      const buildingId = inBuilding ? next() : undefined;
      if (buildingId) await world.ask(provider, 'AddBuilding', { buildingId, locationId, name: 'Hall' });
      const placement = { customerId, locationId, ...(buildingId && { buildingId }), reference: 'R' };
      const ofLocation: Machine[] = [];
      for (const standing of machines) {
        const installationId = next();
        await stand(installationId, standing, placement);
        ofLocation.push({ installationId, standing });
      }
      locations.set(locationId, ofLocation);
      ofCustomer.push(...ofLocation);
    }
    customers.set(customerId, ofCustomer);
  }
  return { customers, locations };
}

type Placement = { readonly customerId: string; readonly locationId: string; readonly buildingId?: string };

async function stand(installationId: string, standing: Standing, placement: Placement): Promise<void> {
  const { buildingId, locationId } = placement;
  const own = () => world.install(provider, installationId, buildingId ? { buildingId } : { locationId });
  const given = async (accessType: AccessType) => {
    await world.install(other, installationId, { locationId: farLocation });
    return grant(installationId, other, provider, accessType, placement);
  };
  switch (standing) {
    case 'own':
      return own();
    case 'own, archived':
      await own();
      await world.ask(provider, 'ArchiveInstallation', { installationId });
      return;
    case 'own, shared before':
      await own();
      await grant(installationId, provider, requester, 'on-loan', placement);
      return;
    case 'given as installation-manager':
      await given('installation-manager');
      return;
    case 'given as subcontractor':
      await given('subcontractor');
      return;
    case 'given on-loan':
      await given('on-loan');
      return;
    case 'lost': {
      const { grantId, shareId } = await given('installation-manager');
      const cause = { kind: 'revoked', account: other, shareId, grantId };
      const data = { installationId, grantId, shareId, holder: provider, cause };
      await world.ask(other, 'WithdrawAccess', data, 'system');
      return;
    }
    case 'of the requester': {
      const [customerId, itsLocation] = [next(), next()];
      await world.keep(requester, customerId, itsLocation);
      await world.install(requester, installationId, { locationId: itsLocation });
      await grant(installationId, requester, provider, 'installation-manager', placement);
    }
  }
}

async function grant(
  installationId: string,
  giver: string,
  holder: string,
  accessType: AccessType,
  placement: Placement,
): Promise<{ readonly grantId: string; readonly shareId: string }> {
  const [grantId, shareId] = [next(), next()];
  const terms = { documentIdentity: 'performer', revocation: { kind: 'any-time' }, approvedAt: world.now };
  const data = { installationId, grantId, shareId, giver, holder, accessType, ...terms, placement };
  await world.ask(holder, 'GrantAccess', data, 'system');
  return { grantId, shareId };
}

/** What is selected, and every installation it means. */
async function select({ level, chosen, strange }: Case, catalogue: Catalogue) {
  const pick = (things: readonly string[]) => [
    ...new Set(chosen.flatMap((at) => things[at % things.length] ?? [])),
  ];
  if (level !== 'installation') {
    const things = level === 'customer' ? catalogue.customers : catalogue.locations;
    const selection = pick([...things.keys()]);
    return { selection, meant: selection.flatMap((id) => things.get(id) ?? []) };
  }
  const machines = [...catalogue.locations.values()].flat();
  const byId = new Map<string, Machine>(machines.map((machine) => [machine.installationId, machine]));
  const selection = pick([...byId.keys()]);
  if (strange || selection.length === 0) {
    const installationId = next();
    await world.install(other, installationId, { locationId: farLocation });
    selection.push(installationId);
    byId.set(installationId, { installationId, standing: 'of nobody here' });
  }
  return { selection, meant: selection.flatMap((id) => byId.get(id) ?? []) };
}

type Approval = {
  readonly shareId: string;
  readonly level: TransferLevel;
  readonly selection: readonly string[];
  readonly accessType: AccessType;
};

const preview = (asked: Approval) =>
  world.queries.execute(
    new PreviewApproval({ account: provider, user: 'someone', roles: ['administrator'] }, asked, {
      pageSize: 200,
    }),
  ) as Promise<ApprovalPreview>;

/** The code that refuses the approval, and whom it names; nothing where it is accepted. */
async function approve(asked: Approval) {
  try {
    await world.ask(provider, 'ApproveShare', asked);
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const named = error.errors?.map(({ pointer, code }) => ({ installationId: pointer, code }));
    return { code: error.code, named: named ?? [] };
  }
}

async function packaged(shareId: string): Promise<{ readonly items: string[]; readonly leftOut: LeftOut[] }> {
  const start = await world.store.head();
  await world.run(preparePackage);
  const batches = (await world.history(start)).flatMap((event) =>
    event.type === 'SharePackageBatchCollected' && event.data.shareId === shareId ? [event.data] : [],
  );
  return {
    items: batches.flatMap(({ items }) => items.map(({ installationId }) => installationId)),
    leftOut: batches.flatMap(({ leftOut }) => leftOut),
  };
}

function idsOf({ customers }: ApprovalPreview): string[] {
  const places = customers.flatMap(({ locations }) => locations);
  return [...places, ...places.flatMap(({ buildings }) => buildings)].flatMap(({ installations }) =>
    installations.map(({ installationId }) => installationId),
  );
}

const sorted = <Thing>(things: readonly Thing[]) =>
  [...things].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

describe('a selection', () => {
  it('has the same result in preview, approval and preparation, as the rules say (R-A2, R-A3, R-S5)', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (drawn) => {
        const { level, accessType } = drawn;
        const { selection, meant } = await select(drawn, await build(drawn.tree));
        const shareId = next();
        await world.request(shareId, connectionId, requester);
        const asked = { shareId, level, selection, accessType };
        const judged = meant.map(({ installationId, standing }) => ({
          installationId,
          code: standing === 'of nobody here' ? ('not-yours' as const) : expectedCode(standing, accessType),
        }));
        const shared = judged.filter(({ code }) => code === undefined).map((one) => one.installationId);
        const leftOut = judged.filter(({ code }) => code !== undefined);

        const previewed = await preview(asked);
        expect(sorted(idsOf(previewed))).toStrictEqual(sorted(shared));
        expect(sorted(previewed.leftOut)).toStrictEqual(sorted(leftOut));
        expect(previewed.counts).toMatchObject({ installations: shared.length, leftOut: leftOut.length });

        const refused = await approve(asked);
        expect(refused?.code).toBe(previewed.refusal?.code);
        if (refused?.code === 'selection-not-shareable') {
          expect(refused.named).toStrictEqual(previewed.leftOut);
        }
        if (refused) return;
        const { items, leftOut: notPacked } = await packaged(shareId);
        expect(sorted(items)).toStrictEqual(sorted(shared));
        expect(notPacked).toStrictEqual(previewed.leftOut);
      }),
      { numRuns: RUNS },
    );
  });
});

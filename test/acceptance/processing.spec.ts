// How a requester processes a package: steps, targets, references, and a plan that avoids duplicates (R-P1 to R-P5).
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Company,
  ok,
  placed,
  processed,
  refusalOf,
  type Site,
  type View,
  World,
  withdrawn,
} from './world.ts';

let world: World;
let giver: Company;
let taker: Company;
let connection: string;

beforeAll(async () => {
  world = await World.begin();
  giver = await world.company('service', 'Frigo North');
  taker = await world.company('service', 'Cold Hands');
  connection = await world.connect(giver, taker);
});

afterAll(() => world.end());

type Level = 'installation' | 'location' | 'customer';

const offer = (level: Level, selection: readonly string[]) =>
  world.give(giver, taker, connection, { level, selection, accessType: 'subcontractor' });
const process = (share: string, step: object) =>
  taker.manager.post(`/v1/shares/${share}/process`, {
    referenceStyle: 'original',
    installations: [],
    ...step,
  });
const place = async () => taker.addLocation(await taker.addCustomer());
const at = (locationId: string) => (installationId: string) => ({ installationId, target: { locationId } });
const following = (installationId: string) => ({ installationId, target: { followsLocation: true } });
const create = { create: true };

describe('steps (R-P1)', () => {
  it('take over some, then some more, and decline the rest; each is imported in the background', async () => {
    const { installations } = await giver.addSite(4);
    const [one, two, three, four] = installations as [string, string, string, string];
    const share = await offer('installation', installations);
    const locationId = await place();
    const first = await process(share, { installations: [one, two].map(at(locationId)) });
    expect(first.status).toBe(202);
    await placed(taker, share, 2);
    expect(await taker.share(share)).toMatchObject({ status: 'available', items: { offered: 2, placed: 2 } });

    await ok(process(share, { installations: [at(locationId)(three)], decline: [four] }));
    expect((await processed(taker, share)).items).toEqual({
      total: 4,
      offered: 0,
      placed: 3,
      declined: 1,
      withdrawn: 0,
    });
    const { items } = await ok(taker.manager.get(`/v1/shares/${share}/package`));
    const states = Object.fromEntries(
      items.map(({ installationId, state }: View) => [installationId, state]),
    );
    expect(states).toEqual({ [one]: 'placed', [two]: 'placed', [three]: 'placed', [four]: 'declined' });
  });

  it('confirmed again change nothing', async () => {
    const { installations } = await giver.addSite(2);
    const share = await offer('installation', installations);
    const key = { 'idempotency-key': crypto.randomUUID() };
    const step = {
      referenceStyle: 'original',
      installations: installations.map(at(await place())),
    };
    const first = await taker.manager.post(`/v1/shares/${share}/process`, step, key);
    const second = await taker.manager.post(`/v1/shares/${share}/process`, step, key);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    await processed(taker, share);
    const { revision } = await taker.share(share);
    expect((await taker.manager.post(`/v1/shares/${share}/process`, step, key)).status).toBe(202);
    expect(await taker.share(share)).toMatchObject({ revision, items: { placed: 2 } });
  });

  it('notify the provider once all items are processed (R-S3, R-S9)', async () => {
    const { installations } = await giver.addSite(2);
    const share = await offer('installation', installations);
    const locationId = await place();
    await taker.takeSome(share, locationId, installations.slice(0, 1));
    await placed(taker, share, 1);
    const notifications = async () => {
      const { items } = await ok(giver.administrator.get('/v1/inbox'));
      return items.filter((item: View) => item.shareId === share).map(({ kind }: View) => kind);
    };
    expect(await notifications()).not.toContain('share-processed');
    await taker.takeSome(share, locationId, installations.slice(1));
    await processed(taker, share);
    expect(await notifications()).toContain('share-processed');
  });
});

describe('targets (R-P2, R-T4)', () => {
  it('are the requester’s own: a location, a building, or a new building', async () => {
    const { installations } = await giver.addSite(3);
    const [one, two, three] = installations as [string, string, string];
    const share = await offer('installation', installations);
    const locationId = await place();
    const buildingId = await taker.addBuilding(locationId);
    await ok(
      process(share, {
        installations: [
          { installationId: one, target: { locationId } },
          { installationId: two, target: { buildingId } },
          {
            installationId: three,
            target: { newBuilding: { name: 'Annexe', locationId } },
            reference: 'MINE-3',
          },
        ],
      }),
    );
    await processed(taker, share);
    expect(await taker.installation(one)).toMatchObject({ locationId });
    expect(await taker.installation(two)).toMatchObject({ locationId, buildingId });
    const third = await taker.installation(three);
    expect(third).toMatchObject({ locationId, reference: 'MINE-3' });
    expect(await ok(taker.manager.get(`/v1/buildings/${third.buildingId}`))).toMatchObject({
      name: 'Annexe',
    });
  });

  it('are copies within the level, owned by the requester and never updated', async () => {
    const site = await namedSite();
    const share = await offer('customer', [site.customer]);
    await ok(
      process(share, {
        customers: [{ source: site.customer, target: create }],
        locations: [{ source: site.location, target: create }],
        installations: site.installations.map(following),
      }),
    );
    await processed(taker, share);
    const { customerId, locationId } = await taker.installation(site.installations[0] as string);
    expect([customerId, locationId]).not.toEqual([site.customer, site.location]);
    const copy = await ok(taker.manager.get(`/v1/customers/${customerId}`));
    expect(copy).toMatchObject({ name: 'Cool Foods', vatNumber: 'BE0999999999' });
    expect(copy).not.toHaveProperty('contact');
    expect(await ok(taker.manager.get(`/v1/locations/${locationId}`))).toMatchObject({
      name: 'Cold store',
      customerId,
    });

    await ok(giver.manager.patch(`/v1/customers/${site.customer}`, { name: 'Renamed' }));
    await ok(taker.manager.patch(`/v1/locations/${locationId}`, { name: 'Ours' }));
    expect(await ok(taker.manager.get(`/v1/customers/${customerId}`))).toMatchObject({ name: 'Cool Foods' });
    expect(await ok(giver.manager.get(`/v1/locations/${site.location}`))).toMatchObject({
      name: 'Cold store',
    });
  });

  it('put a location under an existing customer, or merge it into an existing location', async () => {
    const [new_, merged] = [await namedSite(), await namedSite()];
    const share = await offer('location', [new_.location, merged.location]);
    const customerId = await taker.addCustomer();
    const existing = await taker.addLocation(customerId);
    await ok(
      process(share, {
        locations: [
          { source: new_.location, target: { create: true, customerId } },
          { source: merged.location, target: { locationId: existing } },
        ],
        installations: [...new_.installations, ...merged.installations].map(following),
      }),
    );
    await processed(taker, share);
    const placed = await taker.installation(new_.installations[0] as string);
    expect(placed.customerId).toBe(customerId);
    expect(placed.locationId).not.toBe(existing);
    expect(await taker.installation(merged.installations[0] as string)).toMatchObject({
      locationId: existing,
    });
  });

  it('named once apply to later steps of the share', async () => {
    const site = await namedSite(2);
    const [one, two] = site.installations as [string, string];
    const share = await offer('customer', [site.customer]);
    await ok(
      process(share, {
        customers: [{ source: site.customer, target: create }],
        locations: [{ source: site.location, target: create }],
        installations: [following(one)],
      }),
    );
    await placed(taker, share, 1);
    await ok(process(share, { installations: [following(two)] }));
    await processed(taker, share);
    const [first, second] = [await taker.installation(one), await taker.installation(two)];
    expect([second.customerId, second.locationId]).toEqual([first.customerId, first.locationId]);
  });

  describe('are refused, with a pointer', () => {
    let share: string;
    let site: Site;
    let foreign: Site;
    let own: string;

    beforeAll(async () => {
      site = await namedSite();
      foreign = await giver.addSite(1);
      own = await place();
      share = await offer('customer', [site.customer]);
    });

    const source = () => site.installations[0] as string;
    const refused = async (step: object) => {
      const { status, body } = await process(share, step);
      return { status, code: body.code, pointers: body.errors?.map(({ pointer }: View) => pointer) };
    };

    it('another account’s location', async () => {
      expect(await refused({ installations: [at(foreign.location)(source())] })).toEqual({
        status: 422,
        code: 'target-not-found',
        pointers: ['/installations/0/target/locationId'],
      });
    });

    it('another account’s building', async () => {
      const buildingId = await giver.addBuilding(foreign.location);
      expect(
        await refused({ installations: [{ installationId: source(), target: { buildingId } }] }),
      ).toEqual({
        status: 422,
        code: 'target-not-found',
        pointers: ['/installations/0/target/buildingId'],
      });
    });

    it('another account’s customer', async () => {
      const customerId = foreign.customer;
      const step = { customers: [{ source: site.customer, target: { customerId } }], decline: [source()] };
      expect(await refused(step)).toEqual({
        status: 422,
        code: 'target-not-found',
        pointers: ['/customers/0/target/customerId'],
      });
    });

    it('an installation that is not in the package', async () => {
      expect(await refused({ installations: [at(own)(foreign.installations[0] as string)] })).toEqual({
        status: 422,
        code: 'item-not-in-share',
        pointers: ['/installations/0'],
      });
    });

    it('a location that no step has placed', async () => {
      expect(await refused({ installations: [following(source())] })).toEqual({
        status: 422,
        code: 'location-target-missing',
        pointers: ['/installations/0'],
      });
    });

    it('an installation that is taken over and declined at once', async () => {
      const step = { installations: [at(own)(source())], decline: [source()] };
      expect(await refused(step)).toMatchObject({ status: 422, code: 'item-named-twice' });
    });

    it('a step that does nothing', async () => {
      expect(await refused({})).toMatchObject({ status: 422, code: 'step-empty' });
    });

    it('and nothing is recorded', async () => {
      expect(await taker.share(share)).toMatchObject({ status: 'available', items: { offered: 1 } });
    });
  });

  it('an item that is no longer on offer', async () => {
    const { installations } = await giver.addSite(2);
    const share = await offer('installation', installations);
    const locationId = await place();
    await taker.takeSome(share, locationId, installations.slice(0, 1));
    const refused = await refusalOf(
      process(share, { installations: [at(locationId)(installations[0] as string)] }),
    );
    expect(refused).toEqual({
      status: 409,
      code: 'item-not-offered',
      currentStatus: 'available',
      allowedActions: ['process', 'finish'],
    });
  });
});

describe('an item that the rules no longer allow at its placing (R-P4)', () => {
  it('is withdrawn with that rule as its reason, shown to both sides, without a revocation', async () => {
    const { installations } = await giver.addSite(1);
    const [machine] = installations as [string];
    const [first, second] = [await offer('installation', [machine]), await offer('installation', [machine])];
    const locationId = await place();
    await taker.take(first, locationId);
    await ok(process(second, { installations: [at(locationId)(machine)] }));

    for (const party of [giver, taker]) {
      expect(await processed(party, second)).toMatchObject({
        status: 'processed',
        partlyRevoked: false,
        items: { total: 1, offered: 0, placed: 0, declined: 0, withdrawn: 1 },
      });
      const { items } = await ok(party.administrator.get(`/v1/shares/${second}/package`));
      expect(items).toMatchObject([
        {
          installationId: machine,
          state: 'withdrawn',
          withdrawal: { kind: 'refused', code: 'already-shared' },
        },
      ]);
      const history = await ok(party.administrator.get(`/v1/audit/shares/${second}`));
      const sentences = history.items.map(({ sentence }: View) => sentence);
      expect(sentences).toContain(
        '1 installation was withdrawn: access could not begin, because the receiver has access from the same giver already.',
      );
      const inbox = await ok(party.administrator.get('/v1/inbox?pageSize=200'));
      const notifications = inbox.items.filter(({ shareId }: View) => shareId === second);
      expect(notifications.map(({ kind }: View) => kind)).toContain('access-refused');
      expect(notifications.map(({ kind }: View) => kind)).not.toContain('share-revoked');
    }
  });
});

describe('reference styles (R-P3)', () => {
  it.each([
    ['original', { reference: 'GIVER-1', customerReference: 'CUST-1' }, { reference: 'GIVER-2' }],
    ['customer', { reference: 'CUST-1' }, { reference: 'GIVER-2' }],
  ])('%s', async (referenceStyle, both, one) => {
    const locationId = await giver.addLocation(await giver.addCustomer());
    const named = { locationId, reference: 'GIVER-1', customerReference: 'CUST-1' };
    const first = await giver.addInstallation(named);
    const second = await giver.addInstallation({ locationId, reference: 'GIVER-2' });
    const share = await offer('installation', [first, second]);
    await ok(process(share, { referenceStyle, installations: [first, second].map(at(await place())) }));
    await processed(taker, share);
    expect(await taker.installation(first)).toMatchObject(both);
    expect(await taker.installation(second)).toMatchObject(one);
    expect(await giver.installation(first)).toMatchObject({
      reference: 'GIVER-1',
      customerReference: 'CUST-1',
    });
  });
});

describe('the plan (R-P5)', () => {
  it('finds what the requester has already, and processing by it creates no duplicates', async () => {
    const planner = await world.company('service', 'Planner');
    const ours = await world.connect(giver, planner);
    const address = { street: 'Dock 4', postalCode: '9000', city: 'Ghent', country: 'BE' };

    const byVat = await giver.addCustomer({ name: 'Cool Foods', vatNumber: 'BE 0999.999.999' });
    const vatPlace = await giver.addLocation(byVat, { name: 'Cold store', address });
    const byName = await giver.addCustomer({ name: 'Bakkerij Peeters NV', address });
    const namePlace = await giver.addLocation(byName, {
      name: 'Bakery',
      address: { ...address, street: 'Mill 2' },
    });
    const unknown = await giver.addCustomer({ name: 'Nobody knows', address: { street: 'Z', city: 'Y' } });
    const unknownPlace = await giver.addLocation(unknown, {
      name: 'Far off',
      address: { street: 'Z', city: 'Y' },
    });
    const installations = [
      await giver.addInstallation({ locationId: vatPlace, serialNumber: 'SN 100-200', brand: 'Carrier' }),
      await giver.addInstallation({ locationId: namePlace }),
      await giver.addInstallation({ locationId: unknownPlace }),
    ];

    const ownByVat = await planner.addCustomer({
      name: 'Cool Foods (key account)',
      vatNumber: 'BE0999999999',
    });
    const ownPlace = await planner.addLocation(ownByVat, {
      name: 'Store',
      address: { ...address, street: 'dock 4' },
    });
    const ownByName = await planner.addCustomer({ name: 'BAKKERIJ PEETERS nv', address });
    const ownMachine = await planner.addInstallation({ locationId: ownPlace, serialNumber: 'sn100200' });

    const share = await world.give(giver, planner, ours, {
      level: 'customer',
      selection: [byVat, byName, unknown],
      accessType: 'subcontractor',
    });
    const plan = await ok(planner.manager.get(`/v1/shares/${share}/plan`));
    const of = (list: readonly View[], key: string, id: string) => list.find((entry) => entry[key] === id);

    expect(of(plan.customers, 'source', byVat)).toMatchObject({
      action: 'link',
      reason: 'vat-number',
      proposed: { customerId: ownByVat },
    });
    expect(of(plan.customers, 'source', byName)).toMatchObject({
      action: 'link',
      reason: 'name-and-address',
      proposed: { customerId: ownByName },
    });
    expect(of(plan.customers, 'source', unknown)).toMatchObject({
      action: 'create',
      reason: 'no-match',
      proposed: create,
    });
    expect(of(plan.locations, 'source', vatPlace)).toMatchObject({
      action: 'link',
      proposed: { locationId: ownPlace },
    });
    expect(of(plan.locations, 'source', namePlace)).toMatchObject({ action: 'create' });
    expect(of(plan.installations, 'installationId', installations[0] as string)).toMatchObject({
      action: 'link',
      reason: 'serial-number',
      match: { id: ownMachine },
      outcome: 'two-records-of-one-machine',
    });
    expect(of(plan.installations, 'installationId', installations[1] as string)).not.toHaveProperty(
      'outcome',
    );
    for (const { score, action } of [...plan.customers, ...plan.locations, ...plan.installations]) {
      expect(score).toBeGreaterThanOrEqual(action === 'link' ? 0.75 : 0);
      expect(score).toBeLessThanOrEqual(1);
    }

    const [before] = [await counts(planner)];
    await ok(
      planner.manager.post(`/v1/shares/${share}/process`, {
        referenceStyle: 'original',
        customers: plan.customers.map(({ source, proposed }: View) => ({ source, target: proposed })),
        locations: plan.locations.map(({ source, proposed }: View) => ({ source, target: proposed })),
        installations: plan.installations.map(({ installationId, proposed, outcome, match }: View) => ({
          installationId,
          target: proposed,
          ...(outcome && { replaces: match.id }),
        })),
      }),
    );
    await processed(planner, share);
    expect(await planner.installation(ownMachine)).toMatchObject({ archived: true });
    expect(await counts(planner)).toEqual({
      customers: before.customers + 1,
      locations: before.locations + 2,
      installations: before.installations + 3,
    });
    expect(await planner.installation(installations[0] as string)).toMatchObject({
      customerId: ownByVat,
      locationId: ownPlace,
    });
    expect(await planner.installation(installations[1] as string)).toMatchObject({ customerId: ownByName });
  });

  it('recognises an installation held before by its token', async () => {
    const { installations } = await giver.addSite(1);
    const locationId = await place();
    const first = await offer('installation', installations);
    await ok(process(first, { installations: installations.map(at(locationId)) }));
    await processed(taker, first);
    await ok(giver.administrator.post(`/v1/shares/${first}/revoke`));
    await withdrawn(taker, installations[0] as string);
    const again = await offer('installation', installations);
    const plan = await ok(taker.manager.get(`/v1/shares/${again}/plan`));
    expect(plan.installations).toMatchObject([{ action: 'link', reason: 'token', proposed: { locationId } }]);
  });

  it('is available to the requester only, while there is something on offer', async () => {
    const { installations } = await giver.addSite(1);
    const share = await offer('installation', installations);
    expect(await refusalOf(giver.manager.get(`/v1/shares/${share}/plan`))).toMatchObject({
      status: 409,
      code: 'not-the-requester',
    });
    await ok(taker.manager.post(`/v1/shares/${share}/finish`));
    expect(await refusalOf(taker.manager.get(`/v1/shares/${share}/plan`))).toMatchObject({
      status: 409,
      code: 'share-not-available',
    });
  });
});

async function namedSite(count = 1): Promise<Site> {
  const customer = await giver.addCustomer({
    name: 'Cool Foods',
    vatNumber: 'BE0999999999',
    contact: 'Mrs Secret',
  });
  const location = await giver.addLocation(customer, { name: 'Cold store' });
  const installations: string[] = [];
  for (let n = 0; n < count; n++) installations.push(await giver.addInstallation({ locationId: location }));
  return { customer, location, installations };
}

async function counts({ manager }: Company) {
  const count = async (path: string) => (await ok(manager.get(`/v1/${path}?pageSize=200`))).items.length;
  return {
    customers: await count('customers'),
    locations: await count('locations'),
    installations: await count('installations'),
  };
}

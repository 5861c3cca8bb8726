// One share of each access type from request to end, as both parties see it.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { available, type Company, created, ok, processed, type Site, type View, World } from './world.ts';

let world: World;
let giver: Company;
let contractor: Company;
let owner: Company;
let toContractor: string;
let toOwner: string;

beforeAll(async () => {
  world = await World.begin();
  giver = await world.company('service', 'Frigo North');
  contractor = await world.company('service', 'Cold Hands');
  owner = await world.company('connect', 'Grand Hotel');
  toContractor = await world.connect(giver, contractor);
  toOwner = await world.connect(giver, owner);
});

afterAll(() => world.end());

const HOURS_72 = 72 * 60 * 60 * 1000;
const WINDOW = { kind: 'window', milliseconds: HOURS_72, from: 'placed' };
const ANY_TIME = { kind: 'any-time' };
const EVERYTHING = ['give-operator', 'give-installation-manager', 'give-subcontractor', 'give-on-loan'];

describe.each([
  { accessType: 'operator', receiver: 'owner', revocation: WINDOW, gives: EVERYTHING },
  { accessType: 'installation-manager', receiver: 'contractor', revocation: WINDOW, gives: EVERYTHING },
  {
    accessType: 'subcontractor',
    receiver: 'contractor',
    revocation: ANY_TIME,
    gives: ['give-subcontractor', 'give-on-loan'],
  },
  { accessType: 'on-loan', receiver: 'contractor', revocation: ANY_TIME, gives: [] },
])('a share of $accessType access', ({ accessType, receiver, revocation, gives }) => {
  it('goes from request to processed, and each party reads its own view of it (R-S1, R-A1, R-P4)', async () => {
    const taker = receiver === 'owner' ? owner : contractor;
    const connection = receiver === 'owner' ? toOwner : toContractor;
    const { installations } = await giver.addSite(2);
    const place = await taker.addLocation(await taker.addCustomer());

    const share = await taker.request(connection);
    expect(await bothViews(share, taker)).toEqual({
      requester: { role: 'requester', status: 'requested', counterparty: giver.id, actions: ['cancel'] },
      provider: {
        role: 'provider',
        status: 'to-evaluate',
        counterparty: taker.id,
        actions: ['approve', 'reject'],
      },
    });

    const approval = { level: 'installation', selection: installations, accessType };
    await ok(giver.administrator.post(`/v1/shares/${share}/approve`, approval));
    const offered = await available(taker, share);
    expect(offered).toMatchObject({
      level: 'installation',
      accessType,
      documentIdentity: 'performer',
      terms: { accessType, revocation },
      items: { total: 2, offered: 2, placed: 0, declined: 0, withdrawn: 0 },
    });
    expect(await bothViews(share, taker)).toEqual({
      requester: {
        role: 'requester',
        status: 'available',
        counterparty: giver.id,
        actions: ['process', 'finish'],
      },
      provider: { role: 'provider', status: 'available', counterparty: taker.id, actions: ['revoke'] },
    });

    await taker.take(share, place);
    expect(await bothViews(share, taker)).toEqual({
      requester: { role: 'requester', status: 'processed', counterparty: giver.id, actions: [] },
      provider: { role: 'provider', status: 'processed', counterparty: taker.id, actions: ['revoke'] },
    });
    const held = await taker.installation(installations[0] as string);
    expect(held).toMatchObject({ locationId: place, access: { type: accessType, via: giver.id } });
    expect(held.allowedActions).toEqual(['read', 'change-properties', 'add-activity', 'archive', ...gives]);
  });

  it('lets its holder work on the installation that both see (R-G1)', async () => {
    const taker = receiver === 'owner' ? owner : contractor;
    const connection = receiver === 'owner' ? toOwner : toContractor;
    const { installations } = await giver.addSite(1);
    const [installation] = installations as [string];
    const approval = { level: 'installation', selection: [installation], accessType } as const;
    const share = await world.give(giver, taker, connection, approval);
    await taker.take(share, await taker.addLocation(await taker.addCustomer()));

    await ok(
      taker.administrator.patch(`/v1/installations/${installation}`, { brand: 'Carrier', chargeKg: 4 }),
    );
    const entry = { kind: 'measurement', performedOn: '2026-03-02', summary: 'Superheat measured.' };
    await ok(taker.technician.post(`/v1/installations/${installation}/activities`, entry));

    expect(await giver.installation(installation)).toMatchObject({ brand: 'Carrier', chargeKg: 4 });
    const { items } = await ok(giver.technician.get(`/v1/installations/${installation}/activities`));
    expect(items).toMatchObject([{ ...entry, account: { id: taker.id } }]);

    await ok(taker.administrator.post(`/v1/installations/${installation}/archive`));
    expect(await taker.installation(installation)).toMatchObject({ archived: true });
    expect(await giver.installation(installation)).toMatchObject({ archived: false });
  });
});

describe('on-loan access', () => {
  it('is also called borrowed', async () => {
    const { installations } = await giver.addSite(1);
    const approval = { level: 'installation', selection: installations, accessType: 'borrowed' } as const;
    const share = await world.give(giver, contractor, toContractor, approval);
    expect(await contractor.share(share)).toMatchObject({ accessType: 'on-loan' });
  });
});

describe('the documents of a share', () => {
  it('are those its requester adds while it has access through it: for both parties, also once it has ended', async () => {
    const { installations } = await giver.addSite(2);
    const [installation, other] = installations as [string, string];
    const terms = { level: 'installation', accessType: 'subcontractor' } as const;
    const take = async (...selection: string[]) => {
      const share = await world.give(giver, contractor, toContractor, { ...terms, selection });
      await contractor.take(share, await contractor.addLocation(await contractor.addCustomer()));
      return share;
    };
    const share = await take(installation);
    await take(other);
    const order = { kind: 'work-order', performedOn: '2026-03-02', summary: 'By the giver itself.' };
    const activities = `/v1/installations/${installation}/activities`;
    const own = await created(giver.technician.post(activities, order));
    await ok(contractor.technician.post(activities, { ...order, kind: 'note' }));
    await addWorkOrder(other);
    const drawnUp = await addWorkOrder(installation);

    const documentsOf = async (company: Company) => {
      const { items } = await ok(company.administrator.get(`/v1/shares/${share}/documents`));
      return items.map(({ id, installation }: View) => [id, installation.id]);
    };
    expect(await documentsOf(giver)).toEqual([[drawnUp, installation]]);
    expect(await documentsOf(contractor)).toEqual([[drawnUp, installation]]);
    const { items } = await ok(contractor.technician.get(`${activities}?documents=true`));
    expect(items.map(({ id }: View) => id).sort()).toEqual([own, drawnUp].sort());

    await ok(giver.administrator.post(`/v1/shares/${share}/revoke`, {}));
    await ok(giver.technician.post(activities, order));
    expect(await documentsOf(contractor)).toEqual([[drawnUp, installation]]);
    const frozen = await ok(contractor.technician.get(`${activities}?documents=true`));
    expect(frozen.items.map(({ id }: View) => id).sort()).toEqual([own, drawnUp].sort());
  });
});

describe('document identity (R-A4)', () => {
  it.each(['subcontractor', 'on-loan'])(
    'of the giver is printed on documents under %s access',
    async (accessType) => {
      const document = await workOrderUnder({ accessType, documentIdentity: 'giver' });
      expect(document.issuedBy).toEqual(giver.details);
    },
  );

  it('of the performer is printed on documents otherwise', async () => {
    const document = await workOrderUnder({ accessType: 'subcontractor' });
    expect(document.issuedBy).toEqual(contractor.details);
  });

  it('is fixed when a document is issued, also when the giver is renamed later', async () => {
    const moving = await world.company('service', 'Moving House');
    const connection = await world.connect(moving, contractor);
    const { installations } = await moving.addSite(1);
    const [installation] = installations as [string];
    const share = await world.give(moving, contractor, connection, {
      level: 'installation',
      selection: installations,
      accessType: 'subcontractor',
      documentIdentity: 'giver',
    });
    await contractor.take(share, await contractor.addLocation(await contractor.addCustomer()));
    const first = await addWorkOrder(installation);

    const company = { ...moving.details, street: 'New Street 9' };
    await ok(moving.administrator.patch('/v1/accounts/me', { company }));
    const second = await addWorkOrder(installation);

    const { items } = await ok(contractor.technician.get(`/v1/installations/${installation}/activities`));
    const issuedBy = (id: string) => items.find((item: View) => item.id === id).document.issuedBy;
    expect(issuedBy(first)).toEqual(moving.details);
    expect(issuedBy(second)).toEqual(company);
  });

  async function workOrderUnder(terms: { accessType: string; documentIdentity?: 'giver' }): Promise<View> {
    const { installations } = await giver.addSite(1);
    const [installation] = installations as [string];
    const approval = { level: 'installation', selection: installations, ...terms } as const;
    const share = await world.give(giver, contractor, toContractor, approval);
    await contractor.take(share, await contractor.addLocation(await contractor.addCustomer()));
    await addWorkOrder(installation);
    const { items } = await ok(contractor.technician.get(`/v1/installations/${installation}/activities`));
    return items[0].document;
  }
});

describe('transfer levels', () => {
  it('limit what is given of the tree (R-T1, R-T2, R-T3)', async () => {
    const { customer, location, installations } = await secretSite();
    const taken = async (level: 'customer' | 'location' | 'installation', selected: string) => {
      const taker = await world.company('service', `Reader of ${level}`);
      const connection = await world.connect(giver, taker);
      const share = await world.give(giver, taker, connection, {
        level,
        selection: [selected],
        accessType: 'subcontractor',
      });
      const { items } = await ok(taker.manager.get(`/v1/shares/${share}/package`));
      return items[0];
    };
    const tree = {
      location: {
        id: location,
        name: 'Cold store',
        address: { street: 'Dock 4', postalCode: '9000', city: 'Ghent', country: 'BE' },
      },
      building: { name: 'Hall B' },
    };

    const atInstallation = await taken('installation', installations[0] as string);
    expect(Object.keys(atInstallation)).not.toContain('location');
    expect(Object.keys(atInstallation)).not.toContain('customer');
    expect(Object.keys(atInstallation)).not.toContain('building');

    const atLocation = await taken('location', location);
    expect(atLocation).toMatchObject(tree);
    expect(Object.keys(atLocation)).not.toContain('customer');

    const atCustomer = await taken('customer', customer);
    expect(atCustomer).toMatchObject({ ...tree, customer: { id: customer, name: 'Cool Foods' } });
    expect(atCustomer.customer).toEqual({
      id: customer,
      name: 'Cool Foods',
      vatNumber: 'BE0999999999',
      address: { street: 'Dock 1', city: 'Ghent' },
    });
  });

  it('never let contacts, labels, internal names or customer numbers leave the provider (R-T3)', async () => {
    const { customer } = await secretSite();
    const connection = await world.connect(giver, owner2);
    const share = await world.give(giver, owner2, connection, {
      level: 'customer',
      selection: [customer],
      accessType: 'operator',
    });
    const { items } = await ok(owner2.manager.get(`/v1/shares/${share}/package`));
    const plan = await ok(owner2.manager.get(`/v1/shares/${share}/plan`));
    const { customers, locations, installations } = plan;
    await ok(
      owner2.manager.post(`/v1/shares/${share}/process`, {
        referenceStyle: 'original',
        customers: customers.map(({ source, proposed }: View) => ({ source, target: proposed })),
        locations: locations.map(({ source, proposed }: View) => ({ source, target: proposed })),
        installations: installations.map(({ installationId, proposed }: View) => ({
          installationId,
          target: proposed,
        })),
      }),
    );
    await processed(owner2, share);
    const copies = await ok(owner2.manager.get('/v1/customers'));
    const reading = JSON.stringify([await owner2.share(share), items, plan, copies]);
    for (const secret of ['Mrs Secret', 'secret-label', 'Secret name', 'SECRET-7']) {
      expect(reading).not.toContain(secret);
    }
  });

  let owner2: Company;
  beforeAll(async () => {
    owner2 = await world.company('connect', 'Second Hotel');
  });

  async function secretSite(): Promise<Site> {
    const customer = await giver.addCustomer({
      name: 'Cool Foods',
      vatNumber: 'BE0999999999',
      address: { street: 'Dock 1', city: 'Ghent' },
      contact: 'Mrs Secret, extension 7',
      labels: ['secret-label'],
      internalName: 'Secret name',
      customerNumber: 'SECRET-7',
    });
    const address = { street: 'Dock 4', postalCode: '9000', city: 'Ghent', country: 'BE' };
    const location = await giver.addLocation(customer, { name: 'Cold store', address });
    const building = await giver.addBuilding(location, { name: 'Hall B' });
    return { customer, location, installations: [await giver.addInstallation({ buildingId: building })] };
  }
});

/** The share as each party reads it. */
async function bothViews(share: string, requester: Company) {
  const view = async (company: Company) => {
    const { role, status, counterparty, allowedActions } = await company.share(share);
    return { role, status, counterparty: counterparty.id, actions: allowedActions };
  };
  return { requester: await view(requester), provider: await view(giver) };
}

function addWorkOrder(installation: string): Promise<string> {
  const order = { kind: 'work-order', performedOn: '2026-03-02', summary: 'Leak check.' };
  return created(contractor.technician.post(`/v1/installations/${installation}/activities`, order));
}

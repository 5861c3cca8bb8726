// The preview of an approval shows what is then shared (R-S5, R-S7, R-A2, R-A3).
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { available, type Company, ok, refusalOf, type View, World } from './world.ts';

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

/** A customer with two locations, with some installations that cannot be shared. */
async function mixedSite() {
  const customer = await giver.addCustomer();
  const [front, back] = [await giver.addLocation(customer), await giver.addLocation(customer)];
  const building = await giver.addBuilding(front);
  const free = await giver.addInstallation({ locationId: front });
  const inside = await giver.addInstallation({ buildingId: building });
  const behind = await giver.addInstallation({ locationId: back });
  const held = await giver.addInstallation({ locationId: front });
  const archived = await giver.addInstallation({ locationId: front });
  const share = await world.give(giver, taker, connection, {
    level: 'installation',
    selection: [held],
    accessType: 'on-loan',
  });
  await taker.take(share, await taker.addLocation(await taker.addCustomer()));
  await ok(giver.administrator.post(`/v1/installations/${archived}/archive`));
  return { customer, front, back, free, inside, behind, held, archived };
}

/** The installations of a preview, as a list. */
function previewed({ customers }: View): string[] {
  const locations = customers.flatMap((customer: View) => customer.locations);
  return byId(
    locations.flatMap((location: View) => [
      ...location.installations,
      ...location.buildings.flatMap((building: View) => building.installations),
    ]),
  );
}

const byId = (items: readonly View[]) => items.map(({ installationId }) => installationId).sort();

describe.each<Level>(['customer', 'location', 'installation'])('at %s level', (level) => {
  it('the preview shows what is then shared, and what is left out and why', async () => {
    const site = await mixedSite();
    const selection = {
      customer: [site.customer],
      location: [site.front],
      installation: [site.free, site.inside],
    }[level];
    const expected = {
      customer: [site.free, site.inside, site.behind],
      location: [site.free, site.inside],
      installation: [site.free, site.inside],
    }[level];
    const leftOut =
      level === 'installation'
        ? []
        : [
            { installationId: site.held, code: 'already-shared' },
            { installationId: site.archived, code: 'archived' },
          ].sort((one, two) => one.installationId.localeCompare(two.installationId));

    const share = await taker.request(connection, level);
    const approval = { level, selection, accessType: 'subcontractor' };
    const preview = await ok(giver.administrator.post(`/v1/shares/${share}/preview`, approval));
    expect(previewed(preview)).toEqual([...expected].sort());
    expect([...preview.leftOut].sort(byInstallation)).toEqual(leftOut);
    expect(await taker.share(share)).toMatchObject({ status: 'requested', revision: 0 });

    await ok(giver.administrator.post(`/v1/shares/${share}/approve`, approval));
    await available(taker, share);
    const { items } = await ok(taker.manager.get(`/v1/shares/${share}/package`));
    expect(byId(items)).toEqual(previewed(preview));
    const packagedOut = await ok(giver.administrator.get(`/v1/shares/${share}/package/left-out`));
    expect([...packagedOut.items].sort(byInstallation)).toEqual(leftOut);
  });
});

function byInstallation(one: View, two: View): number {
  return one.installationId.localeCompare(two.installationId);
}

describe('the preview', () => {
  it('names the installations for which an approval at installation level would be refused (R-A2)', async () => {
    const { free, held } = await mixedSite();
    const share = await taker.request(connection);
    const approval = { level: 'installation', selection: [free, held], accessType: 'subcontractor' };
    const preview = await ok(giver.administrator.post(`/v1/shares/${share}/preview`, approval));
    expect(preview.leftOut).toEqual([{ installationId: held, code: 'already-shared' }]);
    expect(await refusalOf(giver.administrator.post(`/v1/shares/${share}/approve`, approval))).toMatchObject({
      status: 422,
      code: 'selection-not-shareable',
    });
  });

  it('is shown to the provider only', async () => {
    const share = await taker.request(connection);
    const { installations } = await giver.addSite(1);
    const approval = { level: 'installation', selection: installations, accessType: 'subcontractor' };
    expect(await refusalOf(taker.administrator.post(`/v1/shares/${share}/preview`, approval))).toMatchObject({
      status: 409,
      code: 'not-the-provider',
    });
  });
});

describe('an approval', () => {
  it('may be narrower or wider than was suggested (R-S5)', async () => {
    const { customer, installations } = await giver.addSite(2);
    const narrower = await world.give(giver, taker, connection, {
      level: 'installation',
      selection: installations.slice(0, 1),
      accessType: 'on-loan',
    });
    expect(await taker.share(narrower)).toMatchObject({ level: 'installation', items: { total: 1 } });
    const wider = await taker.request(connection, 'installation');
    await ok(
      giver.administrator.post(`/v1/shares/${wider}/approve`, {
        level: 'customer',
        selection: [customer],
        accessType: 'subcontractor',
      }),
    );
    const view = await available(taker, wider);
    expect(view).toMatchObject({ suggestedLevel: 'installation', level: 'customer', items: { total: 2 } });
  });

  it('freezes the package: what is registered or changed later is not in it (R-S7)', async () => {
    const { customer, location, installations } = await giver.addSite(1);
    const share = await world.give(giver, taker, connection, {
      level: 'customer',
      selection: [customer],
      accessType: 'subcontractor',
    });
    await giver.addInstallation({ locationId: location });
    await ok(giver.administrator.patch(`/v1/locations/${location}`, { name: 'Renamed since' }));
    await ok(giver.administrator.patch(`/v1/installations/${installations[0]}`, { brand: 'Since' }));
    const { items } = await ok(taker.manager.get(`/v1/shares/${share}/package`));
    expect(items).toHaveLength(1);
    expect(JSON.stringify(items)).not.toContain('ince');
  });

  it('fixes the terms of the share (R-S6)', async () => {
    const { installations } = await giver.addSite(1);
    const share = await world.give(giver, taker, connection, {
      level: 'installation',
      selection: installations,
      accessType: 'installation-manager',
    });
    const { terms } = await taker.share(share);
    expect(terms).toEqual({
      accessType: 'installation-manager',
      documentIdentity: 'performer',
      revocation: { kind: 'window', milliseconds: 72 * 60 * 60 * 1000, from: 'placed' },
      approvedAt: expect.any(String),
    });
    expect((await giver.share(share)).terms).toEqual(terms);
  });
});

describe('the package', () => {
  it('is readable by both parties, but not before it is complete (R-S8)', async () => {
    const share = await taker.request(connection);
    for (const [party, currentStatus, allowedActions] of [
      [giver, 'to-evaluate', ['approve', 'reject']],
      [taker, 'requested', ['cancel']],
    ] as const) {
      const refused = await refusalOf(party.administrator.get(`/v1/shares/${share}/package`));
      const code = 'package-not-available';
      expect(refused).toEqual({ status: 409, code, currentStatus, allowedActions });
    }
  });

  it('shows the requester nothing about what was left out', async () => {
    const { free, held, front } = await mixedSite();
    const share = await world.give(giver, taker, connection, {
      level: 'location',
      selection: [front],
      accessType: 'subcontractor',
    });
    expect(await refusalOf(taker.administrator.get(`/v1/shares/${share}/package/left-out`))).toEqual({
      status: 404,
      code: 'not-found',
    });
    const { items } = await ok(taker.manager.get(`/v1/shares/${share}/package?pageSize=1`));
    expect(items).toHaveLength(1);
    expect(free).not.toBe(held);

    expect(await giver.share(share)).toMatchObject({ leftOut: expect.any(Number) });
    expect(await taker.share(share)).not.toHaveProperty('leftOut');
    const history = await ok(taker.administrator.get(`/v1/audit/shares/${share}?asOf=9999-12-31T00:00:00Z`));
    expect(JSON.stringify(history)).not.toMatch(/left ?out|selection|candidates|cursor/i);
  });

  it('comes in pages and by state, in one order', async () => {
    const { installations } = await giver.addSite(5);
    const share = await world.give(giver, taker, connection, {
      level: 'installation',
      selection: installations,
      accessType: 'on-loan',
    });
    const whole = await ok(taker.manager.get(`/v1/shares/${share}/package`));
    const paged: string[] = [];
    for (let token = ''; ; ) {
      const page = await ok(taker.manager.get(`/v1/shares/${share}/package?pageSize=2${token}`));
      paged.push(...page.items.map(({ installationId }: View) => installationId));
      if (page.nextPageToken === undefined) break;
      token = `&pageToken=${encodeURIComponent(page.nextPageToken)}`;
    }
    expect(paged).toEqual(whole.items.map(({ installationId }: View) => installationId));
    expect((await ok(taker.manager.get(`/v1/shares/${share}/package?state=placed`))).items).toEqual([]);
  });
});

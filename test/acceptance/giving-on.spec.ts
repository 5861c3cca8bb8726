// Access given on from account to account: what may be given, and what a withdrawal ends (R-A1 to R-A5, R-V4, R-V5,
// R-V7).
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  available,
  type Company,
  created,
  ok,
  refusalOf,
  shareUntil,
  type View,
  World,
  withdrawn,
} from './world.ts';

let world: World;
let root: Company;
let main: Company;
let side: Company;
let sub: Company;
let last: Company;
let owner: Company;
const connections = new Map<string, string>();
const places = new Map<Company, string>();

beforeAll(async () => {
  world = await World.begin();
  root = await world.company('service', 'Root');
  main = await world.company('service', 'Main');
  side = await world.company('service', 'Side');
  sub = await world.company('service', 'Sub');
  last = await world.company('service', 'Last');
  owner = await world.company('connect', 'Owner');
  const companies = [root, main, side, sub, last, owner];
  for (const [index, one] of companies.entries()) {
    places.set(one, await one.addLocation(await one.addCustomer()));
    for (const other of companies.slice(index + 1)) {
      const connection = await world.connect(one, other);
      connections.set(`${one.id} ${other.id}`, connection).set(`${other.id} ${one.id}`, connection);
    }
  }
});

afterAll(() => world.end());

const between = (one: Company, other: Company) => connections.get(`${one.id} ${other.id}`) as string;

/** Gives installations and processes the share. */
async function give(giver: Company, taker: Company, installations: readonly string[], accessType: string) {
  const approval = { level: 'installation', selection: installations, accessType } as const;
  const share = await world.give(giver, taker, between(giver, taker), approval);
  await taker.take(share, places.get(taker) as string);
  return share;
}

async function newInstallation(): Promise<string> {
  return root.addInstallation({ locationId: places.get(root) });
}

/** Tries to give an installation; returns the refusal. */
async function refusedToGive(giver: Company, taker: Company, installation: string, accessType: string) {
  const share = await taker.request(between(giver, taker));
  const { status, body } = await giver.administrator.post(`/v1/shares/${share}/approve`, {
    level: 'installation',
    selection: [installation],
    accessType,
  });
  expect(status).toBe(422);
  await ok(taker.administrator.post(`/v1/shares/${share}/cancel`));
  return body.errors ? body.errors.map(({ code }: View) => code) : body.code;
}

describe('what may be given', () => {
  it('is any access type that the receiver’s kind allows, by the root and by an installation manager (R-A1)', async () => {
    const installation = await newInstallation();
    await give(root, main, [installation], 'installation-manager');
    await give(main, owner, [installation], 'operator');
    await give(owner, side, [installation], 'installation-manager');
    await give(side, sub, [installation], 'subcontractor');
    expect((await sub.installation(installation)).access).toMatchObject({
      type: 'subcontractor',
      via: side.id,
    });
  });

  it.each([
    ['a service account', () => sub, 'operator'],
    ['a connect account', () => owner, 'installation-manager'],
    ['a connect account', () => owner, 'subcontractor'],
    ['a connect account', () => owner, 'on-loan'],
  ])('is not, to %s, a type its kind does not allow: %s %s (R-A1)', async (_, taker, accessType) => {
    const installation = await newInstallation();
    expect(await refusedToGive(root, taker(), installation, accessType)).toBe('access-type-not-receivable');
  });

  it('is only subcontractor and on-loan by a subcontractor (R-A2)', async () => {
    const installation = await newInstallation();
    await give(root, main, [installation], 'subcontractor');
    const NOT_GIVABLE = ['access-type-not-givable'];
    expect(await refusedToGive(main, owner, installation, 'operator')).toEqual(NOT_GIVABLE);
    expect(await refusedToGive(main, sub, installation, 'installation-manager')).toEqual(NOT_GIVABLE);
    await give(main, sub, [installation], 'subcontractor');
    await give(main, side, [installation], 'on-loan');
  });

  it('is nothing by a holder on loan (R-A2)', async () => {
    const installation = await newInstallation();
    await give(root, main, [installation], 'on-loan');
    for (const accessType of ['subcontractor', 'on-loan']) {
      expect(await refusedToGive(main, sub, installation, accessType)).toEqual(['access-type-not-givable']);
    }
  });

  it('is not given twice by the same account (R-A3)', async () => {
    const installation = await newInstallation();
    const share = await give(root, main, [installation], 'on-loan');
    expect(await refusedToGive(root, main, installation, 'subcontractor')).toEqual(['already-shared']);
    await ok(root.administrator.post(`/v1/shares/${share}/revoke`));
    await withdrawn(main, installation);
    await give(root, main, [installation], 'subcontractor');
    expect((await main.installation(installation)).access).toMatchObject({ type: 'subcontractor' });
  });

  it('is not given to the root, nor to an account above the giver (R-A3)', async () => {
    const installation = await newInstallation();
    await give(root, main, [installation], 'installation-manager');
    await give(main, side, [installation], 'installation-manager');
    expect(await refusedToGive(side, root, installation, 'subcontractor')).toEqual(['requester-above']);
    expect(await refusedToGive(side, main, installation, 'subcontractor')).toEqual(['requester-above']);
  });

  it('is only what the giver still has access to (R-A2)', async () => {
    const installation = await newInstallation();
    const share = await give(root, main, [installation], 'installation-manager');
    await ok(root.administrator.post(`/v1/shares/${share}/revoke`));
    await withdrawn(main, installation);
    expect(await refusedToGive(main, sub, installation, 'on-loan')).toEqual(['not-yours']);
  });

  it('excludes ineligible installations of a location, and is refused if none remains (R-A2, R-A3)', async () => {
    const location = await main.addLocation(await main.addCustomer());
    const own = await main.addInstallation({ locationId: location });
    const borrowed = await newInstallation();
    const loan = await world.give(root, main, between(root, main), {
      level: 'installation',
      selection: [borrowed],
      accessType: 'on-loan',
    });
    await main.take(loan, location);
    const share = await sub.request(between(main, sub), 'location');
    const approval = { level: 'location', selection: [location], accessType: 'on-loan' };
    const preview = await ok(main.administrator.post(`/v1/shares/${share}/preview`, approval));
    expect(preview).toMatchObject({
      counts: { installations: 1, leftOut: 1 },
      leftOut: [{ installationId: borrowed, code: 'access-type-not-givable' }],
    });
    await ok(main.administrator.post(`/v1/shares/${share}/approve`, approval));
    expect(await available(sub, share)).toMatchObject({ items: { total: 1 } });
    const { items } = await ok(sub.manager.get(`/v1/shares/${share}/package`));
    expect(items[0].installationId).toBe(own);

    await ok(main.administrator.post(`/v1/installations/${own}/archive`));
    expect(await refusalOf(main.administrator.post(`/v1/shares/${share}/approve`, approval))).toMatchObject({
      status: 200,
    });
    const nothing = await last.request(between(main, last), 'location');
    expect(await refusalOf(main.administrator.post(`/v1/shares/${nothing}/approve`, approval))).toMatchObject(
      {
        status: 422,
        code: 'nothing-to-share',
      },
    );
  });
});

describe('several grants (R-A5)', () => {
  it('of one account give the access of the strongest live one, and each ends by itself', async () => {
    const installation = await newInstallation();
    await give(root, main, [installation], 'installation-manager');
    await give(root, side, [installation], 'installation-manager');
    const weak = await give(main, sub, [installation], 'on-loan');
    const strong = await give(side, sub, [installation], 'subcontractor');
    expect(await sub.installation(installation)).toMatchObject({
      access: { type: 'subcontractor', via: side.id },
    });
    await ok(side.administrator.post(`/v1/shares/${strong}/revoke`));
    const held = await sub.sees(
      () => sub.installation(installation),
      ({ access }) => access.type === 'on-loan',
    );
    expect(held.access).toMatchObject({ via: main.id });
    expect(held.allowedActions).toEqual(['read', 'change-properties', 'add-activity', 'archive']);
    expect(await sub.share(weak)).toMatchObject({ status: 'processed' });
  });
});

describe('a withdrawn grant (R-V4)', () => {
  it('withdraws all grants given on from it, over four companies, and notifies each with the reason', async () => {
    const installations = [await newInstallation(), await newInstallation()];
    const first = await give(root, main, installations, 'installation-manager');
    const second = await give(main, side, installations, 'installation-manager');
    const third = await give(side, sub, installations, 'subcontractor');
    const fourth = await give(sub, last, installations.slice(0, 1), 'on-loan');

    const expected = {
      withdrawn: installations,
      retained: [],
      downstream: [
        { account: side.id, name: side.name, share: second, giver: main.id, installations, keeping: [] },
        { account: sub.id, name: sub.name, share: third, giver: side.id, installations, keeping: [] },
        {
          account: last.id,
          name: last.name,
          share: fourth,
          giver: sub.id,
          installations: installations.slice(0, 1),
          keeping: [],
        },
      ],
    };
    const asked = await ok(root.administrator.post(`/v1/shares/${first}/revocation-preview`));
    expect(sorted(asked)).toEqual(sorted(expected));
    const done = await ok(root.administrator.post(`/v1/shares/${first}/revoke`, { reason: 'Sold.' }));
    expect(sorted(done)).toEqual(sorted(expected));

    for (const [company, share] of [
      [main, first],
      [side, second],
      [sub, third],
      [last, fourth],
    ] as const) {
      const view = await shareUntil(company, share, ({ status }) => status === 'revoked');
      expect(view.items).toMatchObject({ placed: 0, withdrawn: view.items.total });
      await withdrawn(company, installations[0] as string);
    }
    const { items } = await ok(last.manager.get(`/v1/shares/${fourth}/package`));
    expect(items).toMatchObject([{ state: 'withdrawn', withdrawal: { kind: 'cascade' } }]);
    expect(JSON.stringify(items)).not.toContain('Sold');
    const { items: notifications } = await ok(last.administrator.get('/v1/inbox'));
    expect(notifications[0]).toMatchObject({ kind: 'share-revoked', shareId: fourth });
  });

  it('withdraws them regardless of their own terms and closed windows', async () => {
    const installation = await newInstallation();
    const first = await give(root, main, [installation], 'subcontractor');
    const lasting = await newInstallation();
    await give(root, side, [lasting], 'installation-manager');
    const second = await give(main, sub, [installation], 'on-loan');
    await world.advance('PT500H');
    await ok(root.administrator.post(`/v1/shares/${first}/revoke`));
    await shareUntil(sub, second, ({ status }) => status === 'revoked');
    expect((await side.installation(lasting)).access).not.toHaveProperty('endedAt');
  });

  it('blocks items still on offer from it', async () => {
    const installation = await newInstallation();
    const first = await give(root, main, [installation], 'installation-manager');
    const offered = await world.give(main, sub, between(main, sub), {
      level: 'installation',
      selection: [installation],
      accessType: 'subcontractor',
    });
    await ok(root.administrator.post(`/v1/shares/${first}/revoke`));
    await withdrawn(main, installation);
    const step = {
      referenceStyle: 'original',
      installations: [{ installationId: installation, target: { locationId: places.get(sub) } }],
    };
    await sub.manager.post(`/v1/shares/${offered}/process`, step);
    const view = await shareUntil(
      sub,
      offered,
      ({ status, progress }) => status !== 'available' || !progress,
    );
    expect(view.items).toMatchObject({ placed: 0 });
    expect(await refusalOf(sub.administrator.get(`/v1/installations/${installation}`))).toEqual({
      status: 404,
      code: 'not-found',
    });
  });

  it('leaves access along another path (a diamond)', async () => {
    const installation = await newInstallation();
    const left = await give(root, main, [installation], 'installation-manager');
    await give(root, side, [installation], 'installation-manager');
    const fromLeft = await give(main, sub, [installation], 'subcontractor');
    const fromRight = await give(side, sub, [installation], 'subcontractor');

    const asked = await ok(root.administrator.post(`/v1/shares/${left}/revocation-preview`));
    expect(asked.downstream).toEqual([
      {
        account: sub.id,
        name: sub.name,
        share: fromLeft,
        giver: main.id,
        installations: [installation],
        keeping: [installation],
      },
    ]);
    await ok(root.administrator.post(`/v1/shares/${left}/revoke`));
    await shareUntil(sub, fromLeft, ({ status }) => status === 'revoked');
    expect(await sub.share(fromRight)).toMatchObject({ status: 'processed' });
    const held = await sub.installation(installation);
    expect(held.access).toMatchObject({ type: 'subcontractor', via: side.id });
    expect(held.allowedActions).toContain('add-activity');
  });

  it('is withdrawn by its direct giver only, not even by the root (R-V1, R-G2)', async () => {
    const installation = await newInstallation();
    const first = await give(root, main, [installation], 'installation-manager');
    const second = await give(main, sub, [installation], 'subcontractor');
    const grant = await sub.grantOn(installation, second);
    const path = `/v1/installations/${installation}/grants/${grant}/revoke`;
    for (const company of [root, sub, last]) {
      expect(await refusalOf(company.administrator.post(path))).toEqual({ status: 404, code: 'not-found' });
    }
    expect(await refusalOf(root.administrator.post(`/v1/shares/${second}/revoke`))).toEqual({
      status: 404,
      code: 'not-found',
    });
    expect(await refusalOf(main.administrator.post(`/v1/shares/${first}/revoke`))).toMatchObject({
      status: 409,
      code: 'not-the-giver',
    });
  });
});

describe('a former holder (R-V5)', () => {
  it('reads the installation as it was when its access ended, and can no longer change anything', async () => {
    const installation = await newInstallation();
    await ok(
      root.administrator.patch(`/v1/installations/${installation}`, { brand: 'Carrier', notes: 'Before.' }),
    );
    const share = await give(root, main, [installation], 'subcontractor');
    const activities = `/v1/installations/${installation}/activities`;
    const entry = { kind: 'note', performedOn: '2026-03-02' };
    const own = await created(main.technician.post(activities, { ...entry, summary: 'Mine.' }));
    await ok(root.technician.post(activities, { ...entry, summary: 'Earlier.' }));

    await ok(root.administrator.post(`/v1/shares/${share}/revoke`));
    const frozen = await withdrawn(main, installation);
    await ok(
      root.administrator.patch(`/v1/installations/${installation}`, { brand: 'Daikin', notes: 'After.' }),
    );
    await ok(root.technician.post(activities, { ...entry, summary: 'Later.' }));

    const read = await main.installation(installation);
    expect(read).toEqual(frozen);
    expect(read).toMatchObject({
      brand: 'Carrier',
      notes: 'Before.',
      archived: true,
      allowedActions: [],
      access: { endedAt: expect.any(String), readableAsOf: expect.any(String) },
    });
    const { items } = await ok(main.technician.get(activities));
    expect(items.map(({ summary }: View) => summary).sort()).toEqual(['Earlier.', 'Mine.']);
    expect((await root.installation(installation)).brand).toBe('Daikin');

    const WITHDRAWN = { status: 409, code: 'access-withdrawn' };
    for (const attempt of [
      () => main.administrator.patch(`/v1/installations/${installation}`, { brand: 'Mine' }),
      () => main.technician.post(activities, { ...entry, summary: 'Too late.' }),
      () => main.technician.patch(`${activities}/${own}`, { summary: 'Otherwise.' }),
    ]) {
      expect(await refusalOf(attempt())).toMatchObject(WITHDRAWN);
    }
    expect(await ok(main.manager.get(`/v1/locations/${read.locationId}`))).toMatchObject({
      id: read.locationId,
    });
  });

  it('finds it in lists as it was when its access ended', async () => {
    const installation = await newInstallation();
    await ok(root.administrator.patch(`/v1/installations/${installation}`, { brand: 'Oldbrand' }));
    const share = await give(root, main, [installation], 'on-loan');
    await ok(root.administrator.post(`/v1/shares/${share}/revoke`));
    await withdrawn(main, installation);
    await ok(root.administrator.patch(`/v1/installations/${installation}`, { brand: 'Newbrand' }));
    const found = async (query: string) => (await ok(main.manager.get(`/v1/installations?${query}`))).items;
    expect((await found('q=Oldbrand')).map(({ id }: View) => id)).toEqual([installation]);
    expect(await found('q=Newbrand')).toEqual([]);
    const former = await found('access=former&pageSize=200');
    expect(former.map(({ id }: View) => id)).toContain(installation);
  });
});

describe('giving back (R-V7)', () => {
  it('withdraws what revoking withdraws below it, nothing from the giver, and notifies the giver', async () => {
    const installation = await newInstallation();
    const first = await give(root, main, [installation], 'installation-manager');
    const second = await give(main, sub, [installation], 'subcontractor');
    const grant = await main.grantOn(installation, first);
    const path = `/v1/installations/${installation}/grants/${grant}/return`;
    expect(await refusalOf(sub.administrator.post(path))).toMatchObject({ status: 404 });
    await world.advance('PT100H');
    await ok(main.administrator.post(path));

    await withdrawn(main, installation);
    await withdrawn(sub, installation);
    await shareUntil(main, first, ({ status }) => status === 'revoked');
    await shareUntil(sub, second, ({ status }) => status === 'revoked');
    expect((await root.installation(installation)).allowedActions).toContain('give-operator');
    const { items } = await ok(root.administrator.get('/v1/inbox'));
    expect(items[0]).toMatchObject({ kind: 'access-returned', shareId: first });
  });
});

describe('what a holder may not do (R-G2)', () => {
  it('change another account’s activities', async () => {
    const installation = await newInstallation();
    await give(root, main, [installation], 'installation-manager');
    const activities = `/v1/installations/${installation}/activities`;
    const entry = { kind: 'note', performedOn: '2026-03-02', summary: 'By the root.' };
    const id = await created(root.technician.post(activities, entry));
    expect(
      await refusalOf(main.technician.patch(`${activities}/${id}`, { summary: 'Not so.' })),
    ).toMatchObject({
      status: 409,
      code: 'not-your-activity',
    });
    expect(await refusalOf(main.technician.request('DELETE', `${activities}/${id}`))).toMatchObject({
      status: 409,
      code: 'not-your-activity',
    });
    await ok(root.technician.patch(`${activities}/${id}`, { summary: 'By the root itself.' }));
    await ok(root.technician.request('DELETE', `${activities}/${id}`));
  });

  it('see or change the place where another account keeps the installation', async () => {
    const installation = await newInstallation();
    await give(root, main, [installation], 'installation-manager');
    const before = await root.installation(installation);
    await ok(main.administrator.patch(`/v1/installations/${installation}`, { reference: 'MAIN-1' }));
    const after = await root.installation(installation);
    expect([after.reference, after.locationId]).toEqual([before.reference, before.locationId]);
    const foreign = places.get(root) as string;
    const moved = refusalOf(
      main.administrator.patch(`/v1/installations/${installation}`, { locationId: foreign }),
    );
    expect(await moved).toMatchObject({ status: 422, code: 'location-not-found' });
    for (const path of [`/v1/locations/${foreign}`, `/v1/customers/${before.customerId}`]) {
      expect(await refusalOf(main.administrator.get(path))).toEqual({ status: 404, code: 'not-found' });
      const changed = await refusalOf(main.administrator.patch(path, { name: 'Mine now' }));
      expect(changed).toEqual({ status: 404, code: 'not-found' });
    }
  });
});

/** A revocation's outcome with accounts, shares and installations sorted by id. */
function sorted({ withdrawn: ended, retained, downstream }: View) {
  return {
    withdrawn: [...ended].sort(),
    retained,
    downstream: downstream
      .map((loss: View) => ({ ...loss, installations: [...loss.installations].sort() }))
      .sort((one: View, two: View) => one.share.localeCompare(two.share)),
  };
}

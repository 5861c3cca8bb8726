// Every route, called without a token, by a stranger, by the wrong party and in the wrong role: each learns and
// changes nothing.
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, Member } from './client.ts';
import { type Company, created, ok, until, type View, World } from './world.ts';

/** Ids of existing objects, by the names that the rows use. */
type Things = Record<
  | 'giver'
  | 'connection'
  | 'pending'
  | 'customer'
  | 'location'
  | 'building'
  | 'installation'
  | 'activity'
  | 'grant'
  | 'request'
  | 'package'
  | 'given'
  | 'notification'
  | 'import'
  | 'event'
  | 'webhook'
  | 'delivery'
  | 'erasure',
  string
>;
type Thing = keyof Things;

/** `own`: it is answered, with the caller's own objects only. */
type Outcome = number | 'own';

interface Row {
  /** The ids for the parameters of the path. */
  readonly ids?: Readonly<Record<string, Thing>>;
  readonly query?: (things: Things) => string;
  readonly body?: (things: Things) => unknown;
  /** The account that may call it. */
  readonly by?: 'giver' | 'taker';
  readonly stranger: Outcome;
  /** The outcome for the other party, where there is one that may not call it. */
  readonly otherParty?: number;
  /** A role of the permitted account that may not call it. */
  readonly notFor?: 'technician' | 'manager' | 'auditor';
}

const ADDRESS = { street: 'Lane 1', city: 'Ghent' };
const nothing = () => ({});
/** The port is reserved for what is thrown away. */
const NOBODY_LISTENS = 'http://127.0.0.1:9/hook';

/** Routes that need no token: the health of the service, and how one signs in. */
const UNAUTHENTICATED = ['GET /health/live', 'GET /health/ready', 'GET /metrics', 'GET /auth/session'];

const ROWS: Readonly<Record<string, Row>> = {
  'POST /v1/accounts': {
    body: () => ({ kind: 'service', name: 'Mine', company: COMPANY }),
    stranger: 403,
    notFor: 'manager',
  },
  'GET /v1/accounts': { stranger: 403, otherParty: 403, notFor: 'manager' },
  'GET /v1/accounts/me': { stranger: 'own' },
  'PATCH /v1/accounts/me': { body: () => ({ name: 'Renamed' }), stranger: 'own', notFor: 'manager' },

  'POST /v1/connections': { body: () => ({ label: 'Other' }), stranger: 'own', notFor: 'manager' },
  'GET /v1/connections': { stranger: 'own' },
  'POST /v1/connections/authenticate': {
    body: () => ({ token: 'A'.repeat(64), label: 'Other' }),
    stranger: 422,
    notFor: 'manager',
  },
  'GET /v1/connections/{id}': { ids: { id: 'connection' }, stranger: 404 },
  'POST /v1/connections/{id}/rename': {
    ids: { id: 'connection' },
    body: () => ({ label: 'Other' }),
    stranger: 404,
    notFor: 'manager',
  },
  'POST /v1/connections/{id}/reissue': {
    ids: { id: 'pending' },
    stranger: 404,
    otherParty: 404,
    notFor: 'manager',
  },
  'POST /v1/connections/{id}/cancel': {
    ids: { id: 'pending' },
    stranger: 404,
    otherParty: 404,
    notFor: 'manager',
  },
  'POST /v1/connections/{id}/end': {
    ids: { id: 'connection' },
    body: nothing,
    stranger: 404,
    notFor: 'manager',
  },

  'POST /v1/customers': {
    body: () => ({ name: 'Mine', address: ADDRESS }),
    stranger: 'own',
    notFor: 'technician',
  },
  'GET /v1/customers': { stranger: 'own' },
  'GET /v1/customers/{id}': { ids: { id: 'customer' }, stranger: 404, otherParty: 404 },
  'PATCH /v1/customers/{id}': {
    ids: { id: 'customer' },
    body: () => ({ name: 'Mine' }),
    stranger: 404,
    otherParty: 404,
    notFor: 'technician',
  },
  'POST /v1/locations': {
    body: ({ customer }) => ({ customerId: customer, name: 'Mine', address: ADDRESS }),
    stranger: 422,
    otherParty: 422,
    notFor: 'technician',
  },
  'GET /v1/locations': { stranger: 'own' },
  'GET /v1/locations/{id}': { ids: { id: 'location' }, stranger: 404, otherParty: 404 },
  'PATCH /v1/locations/{id}': {
    ids: { id: 'location' },
    body: () => ({ name: 'Mine' }),
    stranger: 404,
    otherParty: 404,
    notFor: 'technician',
  },
  'POST /v1/buildings': {
    body: ({ location }) => ({ locationId: location, name: 'Mine' }),
    stranger: 422,
    otherParty: 422,
    notFor: 'technician',
  },
  'GET /v1/buildings': { stranger: 'own' },
  'GET /v1/buildings/{id}': { ids: { id: 'building' }, stranger: 404, otherParty: 404 },
  'PATCH /v1/buildings/{id}': {
    ids: { id: 'building' },
    body: () => ({ name: 'Mine' }),
    stranger: 404,
    otherParty: 404,
    notFor: 'technician',
  },

  'POST /v1/installations': {
    body: ({ location }) => ({ locationId: location, reference: 'Mine' }),
    stranger: 422,
    otherParty: 422,
    notFor: 'technician',
  },
  'GET /v1/installations': { stranger: 'own' },
  'GET /v1/installations/{id}': { ids: { id: 'installation' }, stranger: 404 },
  'PATCH /v1/installations/{id}': {
    ids: { id: 'installation' },
    body: () => ({ brand: 'Mine' }),
    stranger: 404,
    notFor: 'technician',
  },
  'POST /v1/installations/{id}/archive': {
    ids: { id: 'installation' },
    stranger: 404,
    notFor: 'technician',
  },
  'POST /v1/installations/{id}/restore': {
    ids: { id: 'installation' },
    stranger: 404,
    notFor: 'technician',
  },
  'GET /v1/installations/{id}/activities': { ids: { id: 'installation' }, stranger: 404 },
  'POST /v1/installations/{id}/activities': {
    ids: { id: 'installation' },
    body: () => ({ kind: 'note', performedOn: '2026-01-01', summary: 'Mine' }),
    stranger: 404,
    notFor: 'auditor',
  },
  'PATCH /v1/installations/{id}/activities/{activityId}': {
    ids: { id: 'installation', activityId: 'activity' },
    body: () => ({ summary: 'Mine' }),
    stranger: 404,
    otherParty: 409,
    notFor: 'auditor',
  },
  'DELETE /v1/installations/{id}/activities/{activityId}': {
    ids: { id: 'installation', activityId: 'activity' },
    stranger: 404,
    otherParty: 409,
    notFor: 'auditor',
  },
  'GET /v1/installations/{id}/grants': { ids: { id: 'installation' }, stranger: 404 },
  'POST /v1/installations/{id}/grants/{grantId}/revoke': {
    ids: { id: 'installation', grantId: 'grant' },
    body: nothing,
    stranger: 404,
    otherParty: 404,
    notFor: 'manager',
  },
  'POST /v1/installations/{id}/grants/{grantId}/return': {
    ids: { id: 'installation', grantId: 'grant' },
    by: 'taker',
    stranger: 404,
    otherParty: 404,
    notFor: 'manager',
  },

  'POST /v1/catalogue/imports': { stranger: 415, notFor: 'technician' },
  'GET /v1/catalogue/imports': { stranger: 'own' },
  'GET /v1/catalogue/imports/{id}': { ids: { id: 'import' }, stranger: 404, otherParty: 404 },
  'GET /v1/catalogue/imports/{id}/errors': { ids: { id: 'import' }, stranger: 404, otherParty: 404 },

  'POST /v1/shares': {
    body: ({ connection }) => ({ connectionId: connection, name: 'Mine', suggestedLevel: 'location' }),
    stranger: 404,
    notFor: 'manager',
  },
  'GET /v1/shares': { stranger: 'own' },
  'GET /v1/shares/{id}': { ids: { id: 'request' }, stranger: 404 },
  'POST /v1/shares/{id}/preview': {
    ids: { id: 'request' },
    body: approval,
    stranger: 404,
    otherParty: 409,
    notFor: 'manager',
  },
  'POST /v1/shares/{id}/approve': {
    ids: { id: 'request' },
    body: approval,
    stranger: 404,
    otherParty: 409,
    notFor: 'manager',
  },
  'POST /v1/shares/{id}/extend': {
    ids: { id: 'given' },
    body: () => ({ until: '2100-01-01T00:00:00.000Z' }),
    stranger: 404,
    otherParty: 409,
    notFor: 'manager',
  },
  'POST /v1/shares/{id}/reject': {
    ids: { id: 'request' },
    body: nothing,
    stranger: 404,
    otherParty: 409,
    notFor: 'manager',
  },
  'POST /v1/shares/{id}/cancel': {
    ids: { id: 'request' },
    by: 'taker',
    stranger: 404,
    otherParty: 409,
    notFor: 'manager',
  },
  'GET /v1/shares/{id}/package': { ids: { id: 'package' }, stranger: 404 },
  'GET /v1/shares/{id}/package/left-out': { ids: { id: 'package' }, stranger: 404, otherParty: 404 },
  'GET /v1/shares/{id}/documents': { ids: { id: 'given' }, stranger: 404 },
  'GET /v1/shares/{id}/plan': {
    ids: { id: 'package' },
    by: 'taker',
    stranger: 404,
    otherParty: 409,
    notFor: 'technician',
  },
  'POST /v1/shares/{id}/process': {
    ids: { id: 'package' },
    by: 'taker',
    body: ({ location, installation }) => ({
      referenceStyle: 'original',
      installations: [{ installationId: installation, target: { locationId: location } }],
    }),
    stranger: 404,
    otherParty: 409,
    notFor: 'technician',
  },
  'POST /v1/shares/{id}/finish': {
    ids: { id: 'package' },
    by: 'taker',
    stranger: 404,
    otherParty: 409,
    notFor: 'technician',
  },
  'POST /v1/shares/{id}/revocation-preview': {
    ids: { id: 'given' },
    body: nothing,
    stranger: 404,
    otherParty: 409,
    notFor: 'manager',
  },
  'POST /v1/shares/{id}/revoke': {
    ids: { id: 'given' },
    body: nothing,
    stranger: 404,
    otherParty: 409,
    notFor: 'manager',
  },

  'GET /v1/inbox': { stranger: 'own' },
  'POST /v1/inbox/read-all': { stranger: 'own', notFor: 'technician' },
  'POST /v1/inbox/{id}/read': {
    ids: { id: 'notification' },
    stranger: 404,
    otherParty: 404,
    notFor: 'technician',
  },
  'GET /v1/dashboard': { stranger: 'own' },
  'GET /v1/changes': { stranger: 'own' },

  'POST /v1/access/check': {
    body: ({ giver, installation }) => ({
      checks: [{ account: giver, installation, action: 'read' }],
    }),
    stranger: 'own',
  },
  'GET /v1/access/installations': { query: ({ giver }) => `?account=${giver}`, stranger: 'own' },
  'GET /v1/access/given': { stranger: 'own' },
  'GET /v1/access/given/accounts': { stranger: 'own' },
  'GET /v1/access/given/customers': { stranger: 'own' },
  'GET /v1/access/accounts': { query: ({ installation }) => `?installation=${installation}`, stranger: 404 },

  'POST /v1/commands': {
    body: ({ giver }) => ({
      id: '019a0000-0000-7000-8000-00000000abcd',
      type: 'AddCustomer',
      account: giver,
      data: { name: 'Mine', address: ADDRESS },
    }),
    stranger: 403,
    otherParty: 403,
    notFor: 'technician',
  },
  'GET /v1/commands': { stranger: 'own' },

  'GET /v1/audit/shares/{id}': { ids: { id: 'given' }, stranger: 404 },
  'POST /v1/erasures': { body: () => ({ subject: 'Nobody at all' }), stranger: 409, notFor: 'manager' },
  'GET /v1/erasures': { stranger: 'own', notFor: 'manager' },
  'GET /v1/erasures/{id}': { ids: { id: 'erasure' }, stranger: 404, otherParty: 404, notFor: 'manager' },

  'POST /v1/webhooks': { body: () => ({ url: NOBODY_LISTENS }), stranger: 'own', notFor: 'manager' },
  'GET /v1/webhooks': { stranger: 'own', notFor: 'manager' },
  'GET /v1/webhooks/{id}': { ids: { id: 'webhook' }, stranger: 404, otherParty: 404, notFor: 'manager' },
  'PATCH /v1/webhooks/{id}': {
    ids: { id: 'webhook' },
    body: () => ({ enabled: false }),
    stranger: 404,
    otherParty: 404,
    notFor: 'manager',
  },
  'DELETE /v1/webhooks/{id}': { ids: { id: 'webhook' }, stranger: 404, otherParty: 404, notFor: 'manager' },
  'POST /v1/webhooks/{id}/rotate': {
    ids: { id: 'webhook' },
    stranger: 404,
    otherParty: 404,
    notFor: 'manager',
  },
  'POST /v1/webhooks/{id}/test': {
    ids: { id: 'webhook' },
    stranger: 404,
    otherParty: 404,
    notFor: 'manager',
  },
  'POST /v1/webhooks/{id}/replay': {
    ids: { id: 'webhook' },
    body: () => ({ cursor: 'c0' }),
    stranger: 404,
    otherParty: 404,
    notFor: 'manager',
  },
  'GET /v1/webhooks/{id}/deliveries': {
    ids: { id: 'webhook' },
    stranger: 404,
    otherParty: 404,
    notFor: 'manager',
  },
  'POST /v1/webhooks/{id}/deliveries/{deliveryId}/retry': {
    ids: { id: 'webhook', deliveryId: 'delivery' },
    stranger: 404,
    otherParty: 404,
    notFor: 'manager',
  },

  'GET /v1/audit/shares/{id}/report': { ids: { id: 'given' }, stranger: 404 },
  'GET /v1/audit/installations/{id}/report': { ids: { id: 'installation' }, stranger: 404 },
  'GET /v1/audit/connections/{id}': { ids: { id: 'connection' }, stranger: 404 },
  'GET /v1/audit/installations/{id}': { ids: { id: 'installation' }, stranger: 404 },
  'GET /v1/audit/accounts/{id}': { ids: { id: 'giver' }, stranger: 404, otherParty: 404 },
  'GET /v1/audit/checkpoint': { stranger: 'own' },
  'GET /v1/audit/keys': { stranger: 'own' },
  'GET /v1/audit/proof': { query: ({ event }) => `?event=${event}`, stranger: 404 },
  'GET /v1/audit/evidence': {
    query: ({ installation, giver }) => `?installation=${installation}&account=${giver}`,
    stranger: 403,
    otherParty: 403,
    notFor: 'manager',
  },
  'GET /v1/audit/stories/{event}': { ids: { event: 'event' }, stranger: 404 },
  'GET /v1/audit/export': { query: ({ given }) => `?share=${given}`, stranger: 404 },
  'GET /v1/audit/access': { query: ({ installation }) => `?installation=${installation}`, stranger: 404 },
};

const COMPANY = {
  name: 'Mine Ltd',
  vatNumber: 'BE0999999999',
  street: 'Lane 1',
  postalCode: '9000',
  city: 'Ghent',
  country: 'BE',
};

function approval({ installation }: Things) {
  return { level: 'installation', selection: [installation], accessType: 'subcontractor' };
}

/** A word in the names of these companies only: other specs use the same service. */
const group = `G${randomInt(2 ** 40)}`;

let world: World;
let giver: Company;
let taker: Company;
let stranger: Company;
let things: Things;
let before: View;

beforeAll(async () => {
  world = await World.begin();
  giver = await world.company('service', `Frigo North ${group}`);
  taker = await world.company('service', `Cold Hands ${group}`);
  stranger = await world.company('service', `Nosy ${group}`);
  things = await setUp();
  before = await everything();
});

afterAll(() => world.end());

async function setUp(): Promise<Things> {
  const { administrator } = giver;
  const connection = await world.connect(giver, taker);
  const pending = await created(administrator.post('/v1/connections', { label: 'Somebody' }));
  const { customer, location, installations } = await giver.addSite(2);
  const [installation = '', other = ''] = installations;
  const building = await giver.addBuilding(location);
  const note = { kind: 'note', performedOn: '2026-02-01', summary: 'A word to ourselves' };
  const activity = await created(administrator.post(`/v1/installations/${installation}/activities`, note));
  const terms = { level: 'installation', accessType: 'subcontractor' } as const;
  const given = await world.give(giver, taker, connection, { ...terms, selection: [installation] });
  await taker.take(given, await taker.addLocation(await taker.addCustomer()));
  const offered = await world.give(giver, taker, connection, { ...terms, selection: [other] });
  const request = await taker.request(connection);
  const grant = await taker.grantOn(installation, given);
  const [{ id: event }] = (await ok(administrator.get(`/v1/audit/shares/${given}`))).items;
  const auditor = await world.member('', 'auditor');
  await until(
    () => auditor.get(`/v1/audit/evidence?installation=${installation}&account=${taker.id}`),
    ({ status }) => status === 200,
  );
  const { items } = await until(
    () => ok(administrator.get('/v1/inbox')),
    (inbox) => inbox.items.length > 0,
  );
  const csv = 'customer_name,location_name,location_street,location_city,reference\nA,B,C,D,Imported';
  const file = { body: csv, headers: { 'content-type': 'text/csv' } };
  const imported = await created(administrator.request('POST', '/v1/catalogue/imports', file));
  await until(
    () => administrator.get(`/v1/catalogue/imports/${imported}`),
    ({ body }) => body.status === 'completed',
  );
  return {
    ...{ giver: giver.id, connection, pending, customer, location, building, installation, activity, grant },
    ...{ event, request, package: offered, given, notification: items[0].id, import: imported },
    erasure: await eraseSomebody(administrator),
    // The last: what happened after it would be delivered, in vain.
    ...(await setUpWebhook(administrator)),
  };
}

async function eraseSomebody(administrator: Member): Promise<string> {
  const address = { street: 'Lane 2', city: 'Ghent' };
  await ok(administrator.post('/v1/customers', { name: 'Once', address, contact: 'Somebody' }));
  return created(administrator.post('/v1/erasures', { subject: 'somebody' }));
}

async function setUpWebhook(administrator: Member): Promise<Pick<Things, 'webhook' | 'delivery'>> {
  const webhook = await created(administrator.post('/v1/webhooks', { url: NOBODY_LISTENS }));
  const { body } = await administrator.post(`/v1/webhooks/${webhook}/test`, {});
  await until(
    () => ok(administrator.get(`/v1/webhooks/${webhook}/deliveries`)),
    ({ items }) => items[0]?.status === 'failed',
  );
  return { webhook, delivery: body.deliveryId };
}

/** Objects that none of the attempts may have changed. */
async function everything(): Promise<View> {
  const snapshot = (company: Company) =>
    Promise.all(
      [
        `/v1/connections`,
        `/v1/customers`,
        `/v1/locations`,
        `/v1/buildings`,
        `/v1/shares`,
        `/v1/inbox`,
        `/v1/webhooks`,
        `/v1/erasures`,
        `/v1/installations`,
        `/v1/installations/${things.installation}`,
        `/v1/installations/${things.installation}/activities`,
        `/v1/installations/${things.installation}/grants`,
      ].map((path) => ok(company.administrator.get(path))),
    );
  return { giver: await snapshot(giver), taker: await snapshot(taker) };
}

function attempt(route: string, member: Member, row: Row): Promise<Answer> {
  const [method = '', template = ''] = route.split(' ');
  const path = template.replace(/\{(\w+)\}/g, (_, name) => things[row.ids?.[name] as Thing]);
  const body = row.body?.(things);
  return member.request(method, path + (row.query?.(things) ?? ''), { body });
}

/**
 * A refusal concerning a thing that has a status has the status and the allowed actions, as they are in the member's
 * own view of it (R-S10).
 */
async function expectContext({ body }: Answer, route: string, member: Member, row: Row): Promise<void> {
  const [, resource] = route.match(/(\/v1\/\w+)\/\{id\}\//) ?? [];
  const id = things[row.ids?.id as Thing];
  if (ROWS[`GET ${resource}/{id}`] === undefined) return;
  const answer = await member.get(`${resource}/${id}`);
  // A caller who may not read it learns nothing of it.
  if (answer.status === 403) return;
  const view = await ok(Promise.resolve(answer));
  if (view.status === undefined) return;
  expect(body).toMatchObject({ currentStatus: view.status, allowedActions: view.allowedActions });
}

/** The answer holds nothing of other accounts, except for the values of the request itself. */
function expectNothingForeign({ body }: Answer, row: Row): void {
  const routeWithIds = JSON.stringify([row.ids, row.body?.(things), row.query?.(things)]);
  const text = JSON.stringify(body);
  for (const [name, id] of Object.entries(things)) {
    if (routeWithIds.includes(id) || Object.values(row.ids ?? {}).includes(name as Thing)) continue;
    expect(text).not.toContain(id);
  }
  expect(text).not.toContain('Frigo North');
}

const rows = Object.entries(ROWS);
const rowsFor = (wanted: (row: Row) => boolean) => rows.filter(([, row]) => wanted(row));

describe('every route', () => {
  it('has a row in this table', async () => {
    const { paths } = await ok(world.anonymous.get('/openapi.json'));
    const routes = Object.entries(paths as Record<string, object>).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(Object.keys(ROWS).concat(UNAUTHENTICATED).sort()).toEqual(routes.sort());
  });

  it.each(rows)('%s requires a token', async (route, row) => {
    const answer = await attempt(route, world.anonymous, row);
    expect(answer).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
  });

  it.each(UNAUTHENTICATED)('%s needs no token, and shows no data of an account', async (route) => {
    const answer = await attempt(route, world.anonymous, { stranger: 'own' });
    expect(answer.status).toBe(200);
    expectNothingForeign(answer, { stranger: 'own' });
  });

  it.each(rows)('%s shows a stranger nothing', async (route, row) => {
    const answer = await attempt(route, stranger.administrator, row);
    if (row.stranger === 'own') expect(answer.status).toBeLessThan(300);
    else expect(answer.status).toBe(row.stranger);
    expectNothingForeign(answer, row);
  });

  it.each(rowsFor(({ otherParty }) => otherParty !== undefined))(
    '%s refuses the other party',
    async (route, row) => {
      const other = row.by === 'taker' ? giver : taker;
      const answer = await attempt(route, other.administrator, row);
      expect(answer.status).toBe(row.otherParty);
      if (answer.status === 409) await expectContext(answer, route, other.administrator, row);
    },
  );

  it.each(rowsFor(({ notFor }) => notFor !== undefined))(
    '%s refuses a role that may not',
    async (route, row) => {
      const party = row.by === 'taker' ? taker : giver;
      const member =
        row.notFor === 'auditor'
          ? await world.member(party.id, 'auditor')
          : party[row.notFor as 'technician' | 'manager'];
      const answer = await attempt(route, member, row);
      expect(answer).toMatchObject({ status: 403, body: { code: 'role-not-allowed' } });
      await expectContext(answer, route, member, row);
    },
  );

  it('has changed nothing by the refused calls', async () => {
    expect(await everything()).toEqual(before);
  });
});

describe('a path with a malformed id', () => {
  const withIds = rows.filter(([, row]) => row.ids !== undefined);

  it.each(withIds)('%s is not found', async (route, row) => {
    const malformedId = route.replaceAll(/\{\w+\}/g, 'no-such-id');
    const party = row.by === 'taker' ? taker : giver;
    const answer = await attempt(malformedId, party.administrator, row);
    expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });
});

describe('a role of the platform', () => {
  it.each(['auditor', 'operator'] as const)(
    'finds any account, as %s, and none without that role',
    async (role) => {
      const member = await world.member('', role);
      const one = await ok(member.get(`/v1/accounts?q=frigo%20${group}`));
      expect(one.items).toMatchObject([{ id: giver.id, name: `Frigo North ${group}` }]);
      const several = await ok(member.get(`/v1/accounts?q=${group}`));
      expect(several.items.map(({ id }: View) => id)).toEqual([taker.id, giver.id, stranger.id]);
      expect((await ok(member.get('/v1/accounts'))).items.length).toBeGreaterThan(2);
      const refused = await (await world.member('', 'service')).get('/v1/accounts');
      expect(refused).toMatchObject({ status: 403, body: { code: 'role-not-allowed' } });
    },
  );
});

describe('an auditor', () => {
  const files = [
    'GET /v1/audit/export',
    'GET /v1/audit/shares/{id}/report',
    'GET /v1/audit/installations/{id}/report',
  ];
  const proofs = ['GET /v1/audit/checkpoint', 'GET /v1/audit/proof', 'GET /v1/audit/evidence'];
  const audits = Object.keys(ROWS).filter((route) => route.startsWith('GET /v1/audit/'));

  it.each([...files, ...proofs])('reads %s', async (route) => {
    const auditor = await world.member('', 'auditor');
    expect((await attempt(route, auditor, ROWS[route] as Row)).status).toBe(200);
  });

  it.each(audits.filter((route) => ![...files, ...proofs].includes(route)))(
    'reads %s completely, without hashes of tokens',
    async (route) => {
      const auditor = await world.member('', 'auditor');
      const answer = await attempt(route, auditor, ROWS[route] as Row);
      expect(answer.status).toBe(200);
      expect(answer.body.items.length).toBeGreaterThan(0);
      expect(JSON.stringify(answer.body)).not.toContain('tokenHash');
    },
  );
});

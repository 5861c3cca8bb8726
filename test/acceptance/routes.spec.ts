// Every route, asked by somebody unknown, by a stranger, by the wrong party and in the wrong role.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '#domain/kernel';
import type { Member, RequestOptions } from './client.ts';
import { type Company, created, ok, type View, World } from './world.ts';

const ADMINISTRATORS: readonly Role[] = ['administrator'];
const KEEPERS: readonly Role[] = ['manager', 'administrator'];
const ANYONE: readonly Role[] = ['technician', 'manager', 'administrator'];

/** What the two parties have with each other, of which a stranger is to learn nothing. */
interface Things {
  readonly connection: string;
  readonly share: string;
  readonly customer: string;
  readonly location: string;
  readonly building: string;
  readonly installation: string;
  readonly activity: string;
  /** Given to the taker, by this grant. */
  readonly lent: string;
  readonly grant: string;
  readonly notification: string;
  readonly import: string;
  readonly account: string;
}

type Side = 'giver' | 'taker';

interface Row {
  /** Of the thing the path names. */
  readonly id?: keyof Things;
  readonly body?: (things: Things) => object | string;
  readonly type?: string;
  readonly query?: (things: Things) => string;
  /** Who may, on the side whose it is. */
  readonly roles: readonly Role[];
  readonly side?: Side;
  /** What a stranger is answered: its own things only (200), or a status of refusal. */
  readonly stranger: 200 | 202 | 404 | 422 | 403;
  /** What the other party is answered, where it may not. */
  readonly wrongParty?: 404 | 409;
}

const ADDRESS = { street: 'Quay 1', city: 'Antwerp' };
const APPROVAL = ({ installation }: Things) => ({
  level: 'installation',
  selection: [installation],
  accessType: 'on-loan',
});
const STEP = ({ installation, location }: Things) => ({
  referenceStyle: 'original',
  installations: [{ installationId: installation, target: { locationId: location } }],
});
const ENTRY = { kind: 'note', performedOn: '2026-03-02', summary: 'Seen.' };
const NAMED = () => ({ name: 'Another name' });
const own = { roles: ANYONE, stranger: 200 } as const;

const ROUTES: Readonly<Record<string, Row>> = {
  'POST /v1/accounts': {
    body: ({ account }) => ({
      kind: 'service',
      name: 'New',
      company: { name: 'New', vatNumber: account, street: 'S', postalCode: '1', city: 'C', country: 'BE' },
    }),
    roles: ['operator'],
    stranger: 403,
  },
  'GET /v1/accounts/me': own,
  'PATCH /v1/accounts/me': { body: NAMED, roles: ADMINISTRATORS, stranger: 200 },

  'POST /v1/connections': { body: () => ({ label: 'New' }), roles: ADMINISTRATORS, stranger: 200 },
  'GET /v1/connections': own,
  'POST /v1/connections/authenticate': {
    body: () => ({ token: 'A'.repeat(64), label: 'Guessed' }),
    roles: ADMINISTRATORS,
    stranger: 422,
  },
  'GET /v1/connections/{id}': { id: 'connection', roles: ANYONE, stranger: 404 },
  'POST /v1/connections/{id}/rename': {
    id: 'connection',
    body: () => ({ label: 'New' }),
    roles: ADMINISTRATORS,
    stranger: 404,
  },
  'POST /v1/connections/{id}/reissue': {
    id: 'connection',
    roles: ADMINISTRATORS,
    stranger: 404,
    wrongParty: 409,
  },
  'POST /v1/connections/{id}/cancel': {
    id: 'connection',
    roles: ADMINISTRATORS,
    stranger: 404,
    wrongParty: 409,
  },
  'POST /v1/connections/{id}/end': { id: 'connection', roles: ADMINISTRATORS, stranger: 404 },

  'POST /v1/customers': {
    body: () => ({ name: 'New', address: ADDRESS }),
    roles: KEEPERS,
    stranger: 200,
  },
  'GET /v1/customers': own,
  'GET /v1/customers/{id}': { id: 'customer', roles: ANYONE, stranger: 404, wrongParty: 404 },
  'PATCH /v1/customers/{id}': { id: 'customer', body: NAMED, roles: KEEPERS, stranger: 404, wrongParty: 404 },
  'POST /v1/locations': {
    body: ({ customer }) => ({ customerId: customer, name: 'New', address: ADDRESS }),
    roles: KEEPERS,
    stranger: 422,
  },
  'GET /v1/locations': own,
  'GET /v1/locations/{id}': { id: 'location', roles: ANYONE, stranger: 404, wrongParty: 404 },
  'PATCH /v1/locations/{id}': { id: 'location', body: NAMED, roles: KEEPERS, stranger: 404, wrongParty: 404 },
  'POST /v1/buildings': {
    body: ({ location }) => ({ locationId: location, name: 'New' }),
    roles: KEEPERS,
    stranger: 422,
  },
  'GET /v1/buildings': own,
  'GET /v1/buildings/{id}': { id: 'building', roles: ANYONE, stranger: 404, wrongParty: 404 },
  'PATCH /v1/buildings/{id}': { id: 'building', body: NAMED, roles: KEEPERS, stranger: 404, wrongParty: 404 },

  'POST /v1/installations': {
    body: ({ location }) => ({ locationId: location, reference: 'New' }),
    roles: KEEPERS,
    stranger: 422,
  },
  'GET /v1/installations': own,
  'GET /v1/installations/{id}': { id: 'installation', roles: ANYONE, stranger: 404, wrongParty: 404 },
  'PATCH /v1/installations/{id}': {
    id: 'installation',
    body: () => ({ brand: 'New' }),
    roles: KEEPERS,
    stranger: 404,
    wrongParty: 404,
  },
  'POST /v1/installations/{id}/archive': {
    id: 'installation',
    roles: KEEPERS,
    stranger: 404,
    wrongParty: 404,
  },
  'POST /v1/installations/{id}/restore': {
    id: 'installation',
    roles: KEEPERS,
    stranger: 404,
    wrongParty: 404,
  },
  'GET /v1/installations/{id}/activities': {
    id: 'installation',
    roles: ANYONE,
    stranger: 404,
    wrongParty: 404,
  },
  'POST /v1/installations/{id}/activities': {
    id: 'installation',
    body: () => ENTRY,
    roles: ANYONE,
    stranger: 404,
    wrongParty: 404,
  },
  'PATCH /v1/installations/{id}/activities/{activityId}': {
    id: 'installation',
    body: () => ({ summary: 'Otherwise.' }),
    roles: ANYONE,
    stranger: 404,
    wrongParty: 404,
  },
  'DELETE /v1/installations/{id}/activities/{activityId}': {
    id: 'installation',
    roles: ANYONE,
    stranger: 404,
    wrongParty: 404,
  },
  'GET /v1/installations/{id}/grants': { id: 'installation', roles: ANYONE, stranger: 404, wrongParty: 404 },
  'POST /v1/installations/{id}/grants/{grantId}/revoke': {
    id: 'lent',
    roles: ADMINISTRATORS,
    stranger: 404,
    wrongParty: 404,
  },
  'POST /v1/installations/{id}/grants/{grantId}/return': {
    id: 'lent',
    side: 'taker',
    roles: ADMINISTRATORS,
    stranger: 404,
    wrongParty: 404,
  },

  'POST /v1/catalogue/imports': {
    type: 'text/csv',
    body: () => 'customer_name,location_name,location_street,location_city,reference\nA,B,C,D,E\n',
    roles: KEEPERS,
    stranger: 202,
  },
  'GET /v1/catalogue/imports/{id}': { id: 'import', roles: ANYONE, stranger: 404, wrongParty: 404 },

  'POST /v1/shares': {
    side: 'taker',
    body: ({ connection }) => ({ connectionId: connection, name: 'New', suggestedLevel: 'customer' }),
    roles: ADMINISTRATORS,
    stranger: 404,
  },
  'GET /v1/shares': own,
  'GET /v1/shares/{id}': { id: 'share', roles: ANYONE, stranger: 404 },
  'POST /v1/shares/{id}/preview': {
    id: 'share',
    body: APPROVAL,
    roles: ADMINISTRATORS,
    stranger: 404,
    wrongParty: 409,
  },
  'POST /v1/shares/{id}/approve': {
    id: 'share',
    body: APPROVAL,
    roles: ADMINISTRATORS,
    stranger: 404,
    wrongParty: 409,
  },
  'POST /v1/shares/{id}/reject': { id: 'share', roles: ADMINISTRATORS, stranger: 404, wrongParty: 409 },
  'POST /v1/shares/{id}/cancel': {
    id: 'share',
    side: 'taker',
    roles: ADMINISTRATORS,
    stranger: 404,
    wrongParty: 409,
  },
  'GET /v1/shares/{id}/package': { id: 'share', roles: ANYONE, stranger: 404 },
  'GET /v1/shares/{id}/package/left-out': { id: 'share', roles: ANYONE, stranger: 404, wrongParty: 404 },
  'GET /v1/shares/{id}/plan': { id: 'share', side: 'taker', roles: KEEPERS, stranger: 404, wrongParty: 409 },
  'POST /v1/shares/{id}/process': {
    id: 'share',
    side: 'taker',
    body: STEP,
    roles: KEEPERS,
    stranger: 404,
    wrongParty: 409,
  },
  'POST /v1/shares/{id}/finish': {
    id: 'share',
    side: 'taker',
    roles: KEEPERS,
    stranger: 404,
    wrongParty: 409,
  },
  'POST /v1/shares/{id}/revocation-preview': {
    id: 'share',
    roles: ADMINISTRATORS,
    stranger: 404,
    wrongParty: 409,
  },
  'POST /v1/shares/{id}/revoke': { id: 'share', roles: ADMINISTRATORS, stranger: 404, wrongParty: 409 },

  'GET /v1/inbox': own,
  'POST /v1/inbox/read-all': own,
  'POST /v1/inbox/{id}/read': { id: 'notification', roles: ANYONE, stranger: 200 },
  'GET /v1/dashboard': own,

  'POST /v1/access/check': {
    body: ({ account, installation }) => ({ checks: [{ account, installation, action: 'read' }] }),
    roles: ANYONE,
    stranger: 200,
  },
  'GET /v1/access/installations': { ...own, query: ({ account }) => `account=${account}` },
  'GET /v1/access/accounts': {
    query: ({ installation }) => `installation=${installation}`,
    roles: ANYONE,
    stranger: 404,
    wrongParty: 404,
  },

  'POST /v1/commands': {
    body: ({ share }) => ({ id: crypto.randomUUID(), type: 'RejectShare', data: { shareId: share } }),
    roles: ADMINISTRATORS,
    stranger: 404,
    wrongParty: 409,
  },
  'GET /v1/commands': own,

  'GET /v1/audit/shares/{id}': { id: 'share', roles: ANYONE, stranger: 404 },
  'GET /v1/audit/connections/{id}': { id: 'connection', roles: ANYONE, stranger: 404 },
  'GET /v1/audit/installations/{id}': { id: 'installation', roles: ANYONE, stranger: 404, wrongParty: 404 },
  'GET /v1/audit/accounts/{id}': { id: 'account', roles: ANYONE, stranger: 404, wrongParty: 404 },
  'GET /v1/audit/access': {
    query: ({ installation }) => `installation=${installation}`,
    roles: ANYONE,
    stranger: 404,
    wrongParty: 404,
  },
};

/** For everybody, with a token or without. */
const OPEN = ['GET /health/live', 'GET /health/ready', 'GET /metrics'];

let world: World;
let parties: Readonly<Record<Side, Company>>;
let stranger: Company;
let things: Things;

beforeAll(async () => {
  world = await World.begin();
  const [giver, taker] = [
    await world.company('service', 'Frigo North'),
    await world.company('service', 'Cold Hands'),
  ];
  parties = { giver, taker };
  stranger = await world.company('service', 'Nosy');
  const connection = await world.connect(giver, taker);
  const { customer, location, installations } = await giver.addSite(2);
  const [installation, lent] = installations as [string, string];
  const approval = { level: 'installation', selection: [lent], accessType: 'on-loan' } as const;
  const loan = await world.give(giver, taker, connection, approval);
  await taker.take(loan, await taker.addLocation(await taker.addCustomer()));
  const activities = `/v1/installations/${installation}/activities`;
  const file = 'customer_name,location_name,location_street,location_city,reference\nF,G,H,I,J\n';
  const sent = { body: file, headers: { 'content-type': 'text/csv' } };
  things = {
    connection,
    share: await taker.request(connection),
    customer,
    location,
    building: await giver.addBuilding(location),
    installation,
    activity: await created(giver.technician.post(activities, ENTRY)),
    lent: lent,
    grant: await taker.grantOn(lent, loan),
    notification: (await ok(giver.administrator.get('/v1/inbox'))).items[0].id,
    import: await created(giver.manager.request('POST', '/v1/catalogue/imports', sent)),
    account: giver.id,
  };
});

afterAll(() => world.end());

/** Asks a route of the table. */
function ask(member: Member, route: string) {
  const { id, body, type, query } = ROUTES[route] as Row;
  const [method = '', template = ''] = route.split(' ');
  const path = template
    .replace('{id}', id === undefined ? '' : things[id])
    .replace('{activityId}', things.activity)
    .replace('{grantId}', things.grant);
  const options: RequestOptions = {
    body: body?.(things),
    headers: { 'idempotency-key': crypto.randomUUID(), ...(type && { 'content-type': type }) },
  };
  const search = query ? `?${query(things)}` : '';
  return member.request(method, path + search, options);
}

it('the table has a row for every route of the service, and none too many', async () => {
  const { paths } = await ok(world.anonymous.request('GET', '/openapi.json'));
  const routes = Object.entries(paths as Record<string, View>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(routes.sort()).toEqual([...Object.keys(ROUTES), ...OPEN].sort());
});

it.each(OPEN)('%s is for everybody', async (route) => {
  const [method = '', path = ''] = route.split(' ');
  expect((await world.anonymous.request(method, path)).status).toBe(200);
});

describe.each(Object.entries(ROUTES))(
  '%s',
  (route, { roles, side = 'giver', stranger: told, wrongParty }) => {
    it('is for nobody without a token, or with a bad one', async () => {
      const none = await ask(world.anonymous, route);
      expect([none.status, none.body.code]).toEqual([401, 'not-signed-in']);
      const bad = await ask(world.somebodyWith('eyJhbGciOiJub25lIn0.e30.'), route);
      expect([bad.status, bad.body.code]).toEqual([401, 'invalid-token']);
    });

    it('tells a stranger nothing', async () => {
      const { status, body } = await ask(stranger.administrator, route);
      expect(status < 300 && told < 300 ? told : status).toBe(told);
      const secrets = Object.entries(things).filter(([name]) => name !== 'account' || told === 404);
      for (const [, id] of secrets) {
        if (told === 422) continue;
        expect(JSON.stringify(body)).not.toContain(id);
      }
    });

    if (wrongParty !== undefined) {
      it('is refused to the other party', async () => {
        const other = parties[side === 'giver' ? 'taker' : 'giver'];
        expect((await ask(other.administrator, route)).status).toBe(wrongParty);
      });
    }

    const wrong = (['technician', 'manager', 'auditor'] as const).filter((role) => !roles.includes(role));
    const refused = roles === ANYONE ? [] : wrong;
    if (refused.length > 0) {
      it.each(refused)('is refused to a person who is only %s', async (role) => {
        const member = await world.member(parties[side].id, role);
        const { status, body } = await ask(member, route);
        expect([status, body.code]).toEqual([403, 'role-not-allowed']);
      });
    } else {
      it('is open to a technician of the party whose it is', async () => {
        expect([401, 403]).not.toContain((await ask(parties[side].technician, route)).status);
      });
    }
  },
);

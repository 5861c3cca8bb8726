// Conventions of all routes: idempotency keys, revisions, consistency, bad input, lists.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Member } from './client.ts';
import { type Company, created, OwnWorld, ok, refusalOf, until, type View, World } from './world.ts';

let world: World;
let company: Company;
let other: Company;
let connection: string;

const CUSTOMER = { name: 'Cool Foods', address: { street: 'Dock 1', city: 'Ghent' } };
const newKey = () => ({ 'idempotency-key': crypto.randomUUID() });

beforeAll(async () => {
  world = await World.begin();
  company = await world.company('service', 'Frigo North');
  other = await world.company('service', 'Cold Hands');
  connection = await world.connect(company, other);
});

afterAll(() => world.end());

describe('an idempotency key', () => {
  it('repeated with the same body gives the first answer, and has no second effect', async () => {
    const key = newKey();
    const first = await company.manager.post('/v1/customers', CUSTOMER, key);
    const second = await company.manager.post('/v1/customers', CUSTOMER, key);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
    expect([first, second].map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([null, 'true']);
    expect((await ok(company.manager.get('/v1/customers'))).items).toHaveLength(1);
  });

  it('gives a connection’s token again to its creator, who may have missed the answer', async () => {
    const key = newKey();
    const ask = () => ok(company.administrator.post('/v1/connections', { label: 'Mine' }, key));
    expect(await ask()).toEqual(await ask());
  });

  it('repeated after another change does not undo that change', async () => {
    const path = `/v1/customers/${await created(company.manager.post('/v1/customers', CUSTOMER))}`;
    const key = newKey();
    const first = await company.manager.patch(path, { name: CUSTOMER.name }, key);
    const changed = await company.manager.patch(path, { name: 'Other Foods' });
    const again = await company.manager.patch(path, { name: CUSTOMER.name }, key);
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const read = await company.manager.get(path);
    expect(read.body.name).toBe('Other Foods');
    expect(read.headers.get('etag')).toBe(changed.headers.get('etag'));
  });

  it('repeated with the members of the body in another order is the same request', async () => {
    const key = newKey();
    const id = await created(company.manager.post('/v1/customers', CUSTOMER, key));
    const { name, address } = CUSTOMER;
    const turned = { address: { city: address.city, street: address.street }, name };
    const again = await company.manager.post('/v1/customers', turned, key);
    expect([again.body.id, again.headers.get('idempotent-replayed')]).toEqual([id, 'true']);
  });

  it('repeated with another body is refused', async () => {
    const key = newKey();
    const id = await created(company.manager.post('/v1/customers', CUSTOMER, key));
    const changed = { ...CUSTOMER, id, name: 'Other Foods' };
    expect(await refusalOf(company.manager.post('/v1/customers', changed, key))).toEqual({
      status: 422,
      code: 'idempotency-key-reused',
    });
  });

  it('that is not a UUID is malformed', async () => {
    const refused = company.manager.post('/v1/customers', CUSTOMER, { 'idempotency-key': 'mine' });
    expect(await refusalOf(refused)).toEqual({ status: 400, code: 'invalid-idempotency-key' });
  });

  it('is created by the server where the request has none', async () => {
    expect((await company.manager.request('POST', '/v1/customers', { body: CUSTOMER })).status).toBe(201);
  });
});

describe('If-Match', () => {
  it('accepts a change at the current revision, and refuses it at another', async () => {
    const id = await created(company.manager.post('/v1/customers', CUSTOMER));
    const read = await company.manager.get(`/v1/customers/${id}`);
    const match = { 'if-match': read.headers.get('etag') as string };
    const path = `/v1/customers/${id}`;
    const changed = await company.manager.patch(path, { name: 'Once' }, match);
    expect(changed.status).toBe(200);
    expect(await refusalOf(company.manager.patch(path, { name: 'Twice' }, match))).toEqual({
      status: 412,
      code: 'stale-revision',
    });
    const next = { 'if-match': changed.headers.get('etag') as string };
    expect((await company.manager.patch(path, { name: 'Twice' }, next)).status).toBe(200);
    expect(await ok(company.manager.get(path))).toMatchObject({ name: 'Twice' });
  });

  it('that is not an ETag of this service is malformed', async () => {
    const id = await created(company.manager.post('/v1/customers', CUSTOMER));
    const refused = company.manager.patch(`/v1/customers/${id}`, { name: 'X' }, { 'if-match': 'latest' });
    expect(await refusalOf(refused)).toEqual({ status: 400, code: 'invalid-if-match' });
  });
});

describe('a Consistency-Token', () => {
  it('makes a read show the write that returned it', async () => {
    for (let n = 0; n < 20; n++) {
      const write = await company.manager.post('/v1/customers', { ...CUSTOMER, name: `Reader ${n}` });
      const token = { 'consistency-token': write.headers.get('consistency-token') as string };
      const read = await company.manager.get(`/v1/customers/${write.body.id}`, token);
      expect([read.status, read.body.name]).toEqual([200, `Reader ${n}`]);
      expect(read.headers.get('consistency-token')).toBeTruthy();
    }
  });

  it('ahead of the view is answered 503 with Retry-After', async () => {
    const future = { 'consistency-token': 'pzzzzz', prefer: 'wait=0' };
    const answer = await company.manager.request('GET', '/v1/customers', { headers: future });
    expect([answer.status, answer.body.code]).toEqual([503, 'view-behind']);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('is waited for as long as the Prefer header says', async () => {
    const began = Date.now();
    const future = { 'consistency-token': 'pzzzzz', prefer: 'wait=1' };
    expect((await company.manager.request('GET', '/v1/shares', { headers: future })).status).toBe(503);
    expect(Date.now() - began).toBeGreaterThanOrEqual(990);
  });

  it('that this service did not issue is malformed', async () => {
    const headers = { 'consistency-token': 'tomorrow' };
    expect(await refusalOf(company.manager.request('GET', '/v1/shares', { headers }))).toEqual({
      status: 400,
      code: 'invalid-consistency-token',
    });
  });
});

describe('bad input', () => {
  const problem = async (answering: ReturnType<Company['manager']['post']>) => {
    const { status, headers, body } = await answering;
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body).toMatchObject({
      type: expect.any(String),
      title: expect.any(String),
      detail: expect.any(String),
    });
    const errors = body.errors?.map(({ pointer, code }: View) => [pointer, code]);
    return { status, code: body.code, ...(errors && { errors }) };
  };
  const json = { 'content-type': 'application/json' };

  it.each([
    ['no JSON', '{"name": '],
    ['no object', '[1]'],
    ['no object', '"text"'],
    ['a member __proto__', '{"__proto__": {"x": 1}}'],
  ])('that is %s is malformed: %s', async (_, body) => {
    const answer = await company.manager.request('POST', '/v1/customers', { body, headers: json });
    expect(answer.status).toBe(400);
  });

  it('is reported field by field, with pointers', async () => {
    const body = {
      name: 7,
      address: { street: '', town: 'Ghent' },
      labels: ['a', 'a'],
      colour: 'blue',
    };
    const { status, code, errors } = await problem(company.manager.post('/v1/customers', body));
    expect({ status, code }).toEqual({ status: 400, code: 'invalid-command' });
    expect(errors.sort()).toEqual(
      [
        ['/name', 'wrong-type'],
        ['/address/street', 'too-short'],
        ['/address/city', 'required'],
        ['/address/town', 'unknown-field'],
        ['/labels', 'not-unique'],
        ['/colour', 'unknown-field'],
      ].sort(),
    );
  });

  it('that is an empty body is accepted as no body', async () => {
    const answer = await company.manager.request('POST', '/v1/inbox/read-all', { body: '', headers: json });
    expect(answer.status).toBe(200);
  });

  it('larger than 1 MiB is too large', async () => {
    const body = JSON.stringify({ ...CUSTOMER, contact: 'x'.repeat(1024 * 1024) });
    const answer = await company.manager.request('POST', '/v1/customers', { body, headers: json });
    expect([answer.status, answer.body.code]).toEqual([413, 'too-large']);
  });

  it('in another format is refused', async () => {
    const answer = await company.manager.request('POST', '/v1/customers', {
      body: '<name/>',
      headers: { 'content-type': 'application/xml' },
    });
    expect([answer.status, answer.body.code]).toEqual([415, 'unsupported-media-type']);
  });

  it('in a path: unknown and malformed ids are not found', async () => {
    for (const path of ['shares', 'connections', 'installations', 'customers', 'catalogue/imports']) {
      for (const id of [crypto.randomUUID(), 'latest', '..%2Fsecret', '%00']) {
        const answer = await company.manager.get(`/v1/${path}/${id}`);
        expect({ path, id, status: answer.status }).toEqual({ path, id, status: 404 });
      }
    }
    expect((await company.manager.get('/v1/nothing')).status).toBe(404);
    expect((await company.manager.post('/v1/shares/latest/approve')).status).toBe(404);
  });

  it('that repeats in the body an id of the path is malformed', async () => {
    const share = await other.request(connection);
    const body = { shareId: share, reason: 'No.' };
    expect(await problem(company.administrator.post(`/v1/shares/${share}/reject`, body))).toEqual({
      status: 400,
      code: 'invalid-command',
      errors: [['/shareId', 'unknown-field']],
    });
  });

  it('in a query is reported by parameter', async () => {
    const { status, code, errors } = await problem(
      company.manager.get('/v1/shares?pageSize=201&status=lost&colour=blue&revocable=maybe'),
    );
    expect({ status, code }).toEqual({ status: 400, code: 'invalid-query' });
    expect(errors.map(([pointer]: [string]) => pointer).sort()).toEqual([
      '/colour',
      '/pageSize',
      '/revocable',
      '/status',
    ]);
  });

  it('as a page token is refused', async () => {
    for (const token of ['made-up', 'AAAA', '%F0%9F%92%A9']) {
      expect(await refusalOf(company.manager.get(`/v1/customers?pageToken=${token}`))).toMatchObject({
        status: 400,
      });
    }
  });
});

describe('an id chosen by the client', () => {
  it('is used once, and cannot be used again by any account', async () => {
    const id = crypto.randomUUID();
    expect(await created(company.manager.post('/v1/customers', { ...CUSTOMER, id }))).toBe(id);
    for (const member of [company.manager, other.manager]) {
      const again = { ...CUSTOMER, id, name: 'Another' };
      expect(await refusalOf(member.post('/v1/customers', again))).toMatchObject({
        status: 409,
        code: 'id-in-use',
      });
    }
  });
});

describe('a list', () => {
  let keeper: Company;
  let names: readonly string[];

  beforeAll(async () => {
    keeper = await world.company('service', 'Keeper');
    names = Array.from({ length: 23 }, (_, n) => `Shop ${String(n).padStart(2, '0')}`);
    await Promise.all([...names].reverse().map((name) => keeper.addCustomer({ name })));
  });

  async function pages(query: string, between: () => Promise<unknown> = async () => {}): Promise<string[]> {
    const found: string[] = [];
    for (let token: string | undefined = ''; token !== undefined; ) {
      const page = token && `&pageToken=${encodeURIComponent(token)}`;
      const body: View = await ok(keeper.manager.get(`/v1/customers?${query}${page}`));
      found.push(...body.items.map(({ name }: View) => name));
      token = body.nextPageToken;
      await between();
    }
    return found;
  }

  it('is paged in one order, with each item once', async () => {
    expect(await pages('pageSize=5')).toEqual(names);
    expect(await pages('pageSize=23')).toEqual(names);
    expect(await pages('')).toEqual(names);
  });

  it('continues where it was while items are added', async () => {
    let added = 0;
    const found = await pages('pageSize=5', () => keeper.addCustomer({ name: `Aardvark ${added++}` }));
    expect(found).toEqual(names);
  });

  it('is searched by the beginnings of words', async () => {
    await keeper.addCustomer({ name: 'Brasserie du Château' });
    expect(await pages('q=brass')).toEqual(['Brasserie du Château']);
    expect(await pages('q=chateau%20bra')).toEqual(['Brasserie du Château']);
    expect(await pages('q=asserie')).toEqual([]);
    const mine = await ok(company.manager.get('/v1/customers?q=brass'));
    expect(mine.items).toEqual([]);
  });

  it('is searched as the rules compare: folded text, VAT numbers in any spelling (R-K7)', async () => {
    const found = async (list: string, query: string) => {
      const { items } = await ok(keeper.manager.get(`/v1/${list}?q=${encodeURIComponent(query)}`));
      return items.map(({ id }: View) => id);
    };
    const sørensen = await keeper.addCustomer({ name: 'Sørensen Kølelager', vatNumber: 'BE 0111.222.333' });
    const łódź = await keeper.addLocation(sørensen, { name: 'Łódź, Lange Straße' });
    for (const query of ['sorensen', 'kolelager', 'BE 0111.222.333', 'be0111222333', '0111222333']) {
      expect([query, await found('customers', query)]).toEqual([query, [sørensen]]);
    }
    for (const query of ['lodz', 'LODZ strasse']) {
      expect([query, await found('locations', query)]).toEqual([query, [łódź]]);
    }
    for (const query of ['%', '-', '★']) expect(await found('customers', query)).toEqual([]);

    const machine = await keeper.addInstallation({ locationId: łódź });
    const { token } = await keeper.installation(machine);
    expect(await found('installations', token)).toEqual([machine]);
    expect(await found('installations', token.replaceAll('-', '').toLowerCase())).toEqual([machine]);
  });

  it('is searched by addresses however they are written, installations by that of their place (R-K7)', async () => {
    const customer = await keeper.addCustomer();
    const inHamburg = (street: string) => ({ street, postalCode: '20095', city: 'Hamburg', country: 'DE' });
    const location = await keeper.addLocation(customer, { address: inHamburg('Spitalerstr. 5') });
    const machine = await keeper.addInstallation({ locationId: location });
    const building = await keeper.addBuilding(location, { address: inHamburg('Rosen-Allee 12') });
    const inside = await keeper.addInstallation({ buildingId: building });
    const found = async (list: string, q: string) => {
      const { items } = await ok(keeper.manager.get(`/v1/${list}?q=${encodeURIComponent(q)}`));
      return items.map(({ id }: View) => id).sort();
    };
    for (const q of ['Spitaler Straße 5', 'spitalerstrasse', 'Spitaler-Str. 5, D-20095']) {
      expect([q, await found('locations', q)]).toEqual([q, [location]]);
      expect([q, await found('installations', q)]).toEqual([q, [machine, inside].sort()]);
    }
    expect(await found('buildings', 'Rosenallee')).toEqual([building]);
    expect(await found('installations', 'Rosenall. 12')).toEqual([inside]);
    const moved = { address: inHamburg('Mönckebergstraße 7') };
    await ok(keeper.administrator.patch(`/v1/locations/${location}`, moved));
    expect(await found('installations', 'Spitalerstraße')).toEqual([]);
    expect(await found('installations', 'Mönckebergstr. 7')).toEqual([machine, inside].sort());
  });

  it('of shares and connections is searched by the other party’s current name', async () => {
    const asker = await world.company('service', 'Asker');
    const other = await world.company('service', 'Kjøleteknikk Åsen');
    const connection = await world.connect(asker, other);
    const share = await asker.request(connection);
    const mine = await asker.share(share);
    const found = async (list: string, q: string) => {
      const { items } = await ok(asker.manager.get(`/v1/${list}?q=${encodeURIComponent(q)}`));
      return items.map(({ id }: View) => id);
    };
    const both = `${mine.name} kjole`;
    expect(await found('shares', 'asen kjoleteknikk')).toEqual([share]);
    expect(await found('shares', both)).toEqual([share]);
    expect(await found('connections', 'kjoleteknikk')).toEqual([connection]);
    await ok(other.administrator.patch('/v1/accounts/me', { name: 'Frost og Varme' }));
    expect(await found('shares', 'kjoleteknikk')).toEqual([]);
    expect(await found('shares', 'frost varme')).toEqual([share]);
    expect(await found('connections', 'varme')).toEqual([connection]);
  });

  it('is filtered by its query parameters', async () => {
    const site = await keeper.addSite(3);
    const building = await keeper.addBuilding(site.location);
    const inside = await keeper.addInstallation({ buildingId: building });
    const [archived] = site.installations as [string];
    await ok(keeper.administrator.post(`/v1/installations/${archived}/archive`));
    const ids = async (query: string) => {
      const { items } = await ok(keeper.manager.get(`/v1/installations?${query}`));
      return items.map(({ id }: View) => id).sort();
    };
    expect(await ids(`customerId=${site.customer}`)).toEqual([...site.installations, inside].sort());
    expect(await ids(`locationId=${site.location}&archived=true`)).toEqual([archived]);
    expect(await ids(`buildingId=${building}`)).toEqual([inside]);
    expect(await ids(`locationId=${site.location}&access=operator`)).toEqual([]);
    expect(await ids(`locationId=${site.location}&access=borrowed`)).toEqual([]);
    expect(await ids(`customerId=${crypto.randomUUID()}`)).toEqual([]);
  });

  it('of shares is filtered by role, status, connection, counterparty and revocability', async () => {
    const third = await world.company('service', 'Third');
    const ours = await world.connect(keeper, third);
    const asked = await keeper.request(ours);
    const evaluated = await third.request(ours);
    const { installations } = await keeper.addSite(1);
    const given = await world.give(keeper, third, ours, {
      level: 'installation',
      selection: installations,
      accessType: 'on-loan',
    });
    const ids = async (query: string) => {
      const { items } = await ok(keeper.administrator.get(`/v1/shares?${query}`));
      return items.map(({ id }: View) => id);
    };
    expect(await ids('')).toEqual([given, evaluated, asked]);
    expect(await ids('role=requester')).toEqual([asked]);
    expect(await ids('status=to-evaluate')).toEqual([evaluated]);
    expect(await ids('status=requested')).toEqual([asked]);
    expect(await ids('role=provider&status=available')).toEqual([given]);
    expect(await ids('revocable=true')).toEqual([given]);
    expect(await ids(`connectionId=${ours}&role=provider`)).toEqual([given, evaluated]);
    expect(await ids(`counterparty=${third.id}`)).toEqual([given, evaluated, asked]);
    expect(await ids(`counterparty=${other.id}`)).toEqual([]);
  });
});

describe('an account', () => {
  it('has its remaining requests on every answer', async () => {
    const answers = [
      await company.technician.get('/v1/accounts/me'),
      await company.manager.get('/v1/customers/nothing'),
      await company.manager.post('/v1/customers', {}),
    ];
    for (const { headers } of answers) {
      const [limit, left, reset] = ['limit', 'remaining', 'reset'].map((name) =>
        Number(headers.get(`ratelimit-${name}`) ?? Number.NaN),
      );
      expect(left).toBeLessThan(limit as number);
      expect(reset).toBeGreaterThan(0);
    }
    expect((await world.anonymous.get('/v1/accounts/me')).headers.has('ratelimit-limit')).toBe(false);
  });
});

describe('the command bus', () => {
  it('accepts every public command, by the rules of the resources', async () => {
    const share = await other.request(connection);
    const id = crypto.randomUUID();
    const reject = { id, type: 'RejectShare', data: { shareId: share, reason: 'No.' } };
    const first = await company.administrator.post('/v1/commands', reject);
    expect(first).toMatchObject({ status: 200, body: { id: share, revision: 1, replayed: false } });
    expect((await company.administrator.post('/v1/commands', reject)).body).toMatchObject({ replayed: true });
    const approve = { id: crypto.randomUUID(), type: 'CancelShare', data: { shareId: share } };
    expect(await refusalOf(other.administrator.post('/v1/commands', approve))).toMatchObject({
      status: 409,
      code: 'share-not-requested',
      currentStatus: 'rejected',
    });
  });

  it('lists its commands with their schemas', async () => {
    const { items } = await ok(company.technician.get('/v1/commands'));
    const types = items.map(({ type }: View) => type);
    expect(types).toEqual(
      expect.arrayContaining(['RequestShare', 'ApproveShare', 'RevokeShare', 'AddCustomer']),
    );
    for (const { schema } of items)
      expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
    expect(types).not.toContain('GrantAccess');
  });

  it('refuses internal and unknown commands', async () => {
    for (const type of ['GrantAccess', 'RecordPlacedItems', 'CompletePackage', 'DropTables']) {
      const command = { id: crypto.randomUUID(), type, data: {} };
      expect((await company.administrator.post('/v1/commands', command)).status).toBe(400);
    }
  });

  it('lets internal services, and no other callers, act for an account they name', async () => {
    const internal = await world.member('', 'service');
    const command = () => ({
      id: crypto.randomUUID(),
      type: 'AddCustomer',
      data: CUSTOMER,
      account: company.id,
    });
    const id = await created(internal.post('/v1/commands', command()));
    expect(await ok(company.manager.get(`/v1/customers/${id}`))).toMatchObject({ name: 'Cool Foods' });
    expect(await refusalOf(other.administrator.post('/v1/commands', command()))).toEqual({
      status: 403,
      code: 'role-not-allowed',
    });
    const unknown = { ...command(), account: crypto.randomUUID() };
    expect(await refusalOf(internal.post('/v1/commands', unknown))).toEqual({
      status: 422,
      code: 'account-not-found',
    });
  });

  it('records the service that acts, and the account and the person it acts for', async () => {
    const internal = await world.member('', 'service', 'operator');
    const share = crypto.randomUUID();
    const data = { shareId: share, connectionId: connection, name: 'By our ERP', suggestedLevel: 'location' };
    const command = (type: string, data: object, named: object) => ({
      id: crypto.randomUUID(),
      type,
      data,
      ...named,
    });
    const forAnn = { account: company.id, user: 'ann@frigo.example' };
    await ok(internal.post('/v1/commands', command('RequestShare', data, forAnn)));
    const actorAs = async (member: Member) => {
      const { items } = await ok(member.get(`/v1/audit/shares/${share}`));
      return items[0].actor;
    };
    const acted = { user: 'ann@frigo.example', role: 'service', service: 'dev:service+operator' };
    expect(await actorAs(company.technician)).toMatchObject({ account: { id: company.id }, ...acted });
    expect(await actorAs(await world.member('', 'auditor'))).toMatchObject(acted);
    const shown = await actorAs(other.technician);
    expect(shown).toEqual({ account: expect.objectContaining({ id: company.id }), role: 'service' });
    const { items } = await ok(company.technician.get(`/v1/changes?subject=${share}`));
    expect(items[0].actor).toMatchObject(acted);

    // For others it has the role of a service alone, and nobody else may name a person.
    const details = { kind: 'service', name: 'Mine', company: company.details };
    const registering = command('RegisterAccount', details, forAnn);
    expect(await refusalOf(internal.post('/v1/commands', registering))).toMatchObject({
      status: 403,
      code: 'role-not-allowed',
    });
    const cancel = command('CancelShare', { shareId: share }, { user: 'ben' });
    for (const member of [company.administrator, internal]) {
      expect(await refusalOf(member.post('/v1/commands', cancel))).toMatchObject({
        status: 403,
        code: 'role-not-allowed',
      });
    }
  });

  it('records the service that a token names as acting for its subject, on every route', async () => {
    const signIn = { account: company.id, roles: ['manager'], service: 'erp' };
    const { token } = await ok(world.anonymous.post('/dev/sign-in', signIn));
    const delegate = world.somebodyWith(token);
    const id = await created(delegate.post('/v1/customers', CUSTOMER));
    const { items } = await ok(delegate.get(`/v1/changes?subject=${id}`));
    expect(items[0].actor).toMatchObject({ user: 'dev:manager', role: 'manager', service: 'erp' });
    expect(await refusalOf(delegate.post('/v1/connections', { label: 'Mine' }))).toMatchObject({
      status: 403,
    });
  });

  it('refuses a command with an outdated expected revision', async () => {
    const id = await created(company.manager.post('/v1/customers', CUSTOMER));
    await ok(company.manager.patch(`/v1/customers/${id}`, { name: 'Since' }));
    const stale = {
      id: crypto.randomUUID(),
      type: 'ChangeCustomer',
      data: { customerId: id, name: 'Stale' },
      expectedRevision: 0,
    };
    expect((await company.manager.post('/v1/commands', stale)).status).toBe(412);
  });
});

describe('a token for an account that was never registered', () => {
  it('is refused by every kind of write', async () => {
    const nobody = await world.member(crypto.randomUUID(), 'administrator', 'manager');
    const file = 'customer_name,location_name,location_street,location_city,reference\nA,B,C,D,E\n';
    const envelope = { id: crypto.randomUUID(), type: 'AddCustomer', data: CUSTOMER };
    for (const writing of [
      nobody.post('/v1/customers', CUSTOMER),
      nobody.post('/v1/connections', { label: 'Mine' }),
      nobody.post('/v1/inbox/read-all'),
      nobody.post('/v1/commands', envelope),
      nobody.upload('/v1/catalogue/imports', file, 'text/csv'),
    ]) {
      expect(await refusalOf(writing)).toEqual({ status: 403, code: 'account-not-registered' });
    }
    expect((await ok(nobody.get('/v1/customers'))).items).toEqual([]);
  });
});

describe('a flood of bad tokens', () => {
  it('is limited, and valid tokens from the same address are served', async () => {
    // On a service of its own: later failures at this service would be limited too.
    const flooded = await OwnWorld.begin();
    const other = await flooded.company('service', 'Frigo South');
    const answers = await Promise.all(
      Array.from({ length: 250 }, (_, n) => flooded.somebodyWith(`bad-${n}`).get('/v1/shares')),
    );
    const newcomer = await flooded.member(other.id, 'manager');
    await until(
      () => newcomer.get('/v1/shares'),
      ({ status }) => status === 200,
    );
    await flooded.end();
    const limited = answers.find(({ status }) => status === 429);
    expect(limited?.body.code).toBe('too-many-bad-tokens');
    expect(Number(limited?.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

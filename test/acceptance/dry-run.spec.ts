// Writes that are only asked what they would do: on a resource and on the command bus.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Member } from './client.ts';
import { type Company, created, ok, refusalOf, type View, World } from './world.ts';

let world: World;
let provider: Company;
let requester: Company;

beforeAll(async () => {
  world = await World.begin();
  provider = await world.company('service', 'Frigo North');
  requester = await world.company('service', 'Frigo South');
  // Dry runs wait for no view: by then the companies have their names there.
  await Promise.all([provider, requester].map(({ technician }) => ok(technician.get('/v1/accounts/me'))));
});

afterAll(() => world.end());

const CUSTOMER = { name: 'Cool Foods', address: { street: 'Quay 1', city: 'Antwerp' } };
const key = (id: string) => ({ 'idempotency-key': id });
const typesOf = ({ events }: View) => events.map(({ type }: View) => type);
/** The changes of the company since the cursor. */
const changesSince = async (member: Member, cursor: string) =>
  (await ok(member.get(`/v1/changes?cursor=${cursor}`))).items.map(({ type }: View) => type);
const now = async (member: Member): Promise<string> =>
  (await ok(member.get('/v1/changes?cursor=now'))).nextCursor;

describe('a dry run', () => {
  it('returns the events and the answer of a write, and leaves no trace', async () => {
    const before = await now(provider.manager);
    const id = crypto.randomUUID();
    const dry = await provider.manager.post('/v1/customers?dryRun=true', CUSTOMER, key(id));
    expect(dry).toMatchObject({
      status: 200,
      body: {
        events: [
          {
            type: 'CustomerAdded',
            subject: { kind: 'customer', id: dry.body.answer.body.id },
            sentence: expect.stringContaining('Frigo North'),
            data: { account: provider.id, details: CUSTOMER },
          },
        ],
        answer: { status: 201, body: { revision: 0 } },
      },
    });
    expect(dry.headers.has('consistency-token')).toBe(false);
    expect(await changesSince(provider.manager, before)).toEqual([]);

    const { status, body, headers } = await provider.manager.post('/v1/customers', CUSTOMER, key(id));
    expect({ status, body }).toEqual(dry.body.answer);
    expect(headers.has('idempotent-replayed')).toBe(false);

    const again = await provider.manager.post('/v1/customers?dryRun=true', CUSTOMER, key(id));
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body).toEqual({ events: [], answer: { status: 201, body } });
    const other = { ...CUSTOMER, name: 'Another' };
    expect(await refusalOf(provider.manager.post('/v1/customers?dryRun=true', other, key(id)))).toEqual({
      status: 422,
      code: 'idempotency-key-reused',
    });
  });

  it('is refused as the write would be', async () => {
    const id = await created(provider.manager.post('/v1/customers', CUSTOMER));
    const path = `/v1/customers/${id}?dryRun=true`;
    const stale = await provider.manager.patch(path, { name: 'New' }, { 'if-match': '"7"' });
    expect([stale.status, stale.body.code]).toEqual([412, 'stale-revision']);
    for (const [member, status] of [
      [requester.manager, 404],
      [provider.technician, 403],
      [world.anonymous, 401],
    ] as const) {
      expect((await member.patch(path, { name: 'New' })).status).toBe(status);
    }
    expect((await provider.manager.patch(path, { name: 1 })).body.code).toBe('invalid-command');
    for (const query of ['dryRun=perhaps', 'dryRun=true&dryRun=true', 'dryRun=true&other=1']) {
      const answer = await provider.manager.patch(`/v1/customers/${id}?${query}`, { name: 'New' });
      expect([answer.status, answer.body.code]).toEqual([400, 'invalid-query']);
    }
    expect(await ok(provider.manager.get(`/v1/customers/${id}`))).toMatchObject({ name: 'Cool Foods' });
    await ok(provider.manager.patch(`/v1/customers/${id}?dryRun=false`, { name: 'New' }));
    expect(await ok(provider.manager.get(`/v1/customers/${id}`))).toMatchObject({ name: 'New' });
  });

  it('of a new connection issues no token, and of its authentication uses none (R-C1)', async () => {
    const label = { label: 'South' };
    const dry = await ok(provider.administrator.post('/v1/connections?dryRun=true', label));
    expect(dry.answer.body).toEqual({ id: expect.any(String), revision: 0, expiresAt: expect.any(String) });
    const { token } = await ok(provider.administrator.post('/v1/connections', label));
    const body = { token, label: 'North' };
    const path = '/v1/connections/authenticate';
    const id = crypto.randomUUID();
    const { events, answer } = await ok(requester.administrator.post(`${path}?dryRun=true`, body, key(id)));
    expect(typesOf({ events })).toEqual([
      'ConnectionTokenUsed',
      'ConnectionPairClaimed',
      'ConnectionAuthenticated',
    ]);
    expect(answer.body).toMatchObject({
      status: 'active',
      label: 'North',
      counterparty: { id: provider.id },
    });
    const authenticated = await requester.administrator.post(path, body, key(id));
    expect(authenticated.body).toEqual({ ...answer.body, since: expect.any(String) });
  });

  it('on the command bus is requested in its envelope, and shows each party what it may see', async () => {
    const { installations } = await provider.addSite(2);
    const { items } = await ok(provider.administrator.get('/v1/connections?status=active'));
    const share = await requester.request(items[0].id);
    const before = await now(requester.manager);
    const approval = {
      shareId: share,
      level: 'installation',
      selection: installations,
      accessType: 'on-loan',
    };
    const command = { id: crypto.randomUUID(), type: 'ApproveShare', data: approval };
    const dry = await ok(provider.administrator.post('/v1/commands', { ...command, dryRun: true }));
    expect(dry).toMatchObject({
      events: [{ type: 'ShareApproved', data: { shareId: share, selection: installations } }],
      answer: { status: 200, body: { id: share, revision: 1, replayed: false } },
    });
    const asked = await ok(provider.administrator.post('/v1/commands?dryRun=true', command));
    expect(asked.answer).toEqual(dry.answer);
    expect(await provider.share(share)).toMatchObject({ status: 'to-evaluate' });
    expect(await changesSince(requester.manager, before)).toEqual([]);
    expect(await ok(provider.administrator.post('/v1/commands', command))).toEqual(dry.answer.body);
  });

  it('of a revocation shows what it would withdraw, and withdraws nothing', async () => {
    const { installations } = await provider.addSite(1);
    const { items } = await ok(provider.administrator.get('/v1/connections?status=active'));
    const share = await world.give(provider, requester, items[0].id, {
      level: 'installation',
      selection: installations,
      accessType: 'on-loan',
    });
    const path = `/v1/shares/${share}/revoke`;
    const id = crypto.randomUUID();
    const dry = await ok(provider.administrator.post(`${path}?dryRun=true`, {}, key(id)));
    expect(dry).toMatchObject({
      answer: { status: 200, body: { withdrawn: installations, downstream: [] } },
    });
    expect(await provider.share(share)).toMatchObject({ status: 'available' });
    const revoked = await ok(provider.administrator.post(path, {}, key(id)));
    expect(revoked).toEqual(dry.answer.body);
  });
});

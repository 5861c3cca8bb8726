// Connections between companies: the one-time token, the two labels, and the effects of ending one (R-C1 to R-C4).
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Company, ok, refusalOf, shareUntil, type View, World } from './world.ts';

let world: World;
let creator: Company;
let other: Company;

beforeAll(async () => {
  world = await World.begin();
});

beforeEach(async () => {
  creator = await world.company('service', 'Frigo North');
  other = await world.company('connect', 'Grand Hotel');
});

afterAll(() => world.end());

const create = () => ok(creator.administrator.post('/v1/connections', { label: 'The hotel' }));
const authenticate = (who: Company, token: string, label = 'My contractor') =>
  who.administrator.post('/v1/connections/authenticate', { token, label });
const read = (who: Company, id: string) => ok(who.administrator.get(`/v1/connections/${id}`));

describe('a connection', () => {
  it('is created with a token by one side and authenticated with a label by the other (R-C1)', async () => {
    const description = 'Agreed by telephone.';
    const { id, token, expiresAt } = await ok(
      creator.administrator.post('/v1/connections', { label: 'The hotel', description }),
    );
    expect(await read(creator, id)).toMatchObject({
      status: 'pending',
      label: 'The hotel',
      description,
      allowedActions: ['rename', 'reissue', 'cancel'],
    });
    const days = (Date.parse(expiresAt) - (await world.now()).getTime()) / (24 * 60 * 60 * 1000);
    expect(days).toBeCloseTo(7, 2);

    expect((await authenticate(other, token)).status).toBe(200);
    expect(await read(creator, id)).toMatchObject({
      status: 'active',
      label: 'The hotel',
      counterparty: { id: other.id, name: 'Grand Hotel', kind: 'connect' },
      allowedActions: ['rename', 'end'],
    });
    expect(await read(other, id)).toMatchObject({
      status: 'active',
      label: 'My contractor',
      counterparty: { id: creator.id, name: 'Frigo North', kind: 'service' },
      allowedActions: ['rename', 'end'],
    });
  });

  it('notifies both sides that it is active, each by its own label (R-C1)', async () => {
    const { id, token } = await create();
    await ok(authenticate(other, token));
    for (const [company, label] of [
      [creator, 'The hotel'],
      [other, 'My contractor'],
    ] as const) {
      const { items } = await ok(company.administrator.get('/v1/inbox'));
      expect(items).toMatchObject([
        { kind: 'connection-active', connectionId: id, read: false, text: expect.stringContaining(label) },
      ]);
    }
  });

  it('lets each side rename its own label, which the other never sees (R-C1)', async () => {
    const { id, token } = await create();
    await ok(authenticate(other, token));
    await ok(other.administrator.post(`/v1/connections/${id}/rename`, { label: 'Cheapest' }));
    await ok(creator.administrator.post(`/v1/connections/${id}/rename`, { label: 'Slow payer' }));
    const [mine, theirs] = [await read(creator, id), await read(other, id)];
    expect([mine.label, theirs.label]).toEqual(['Slow payer', 'Cheapest']);
    expect(JSON.stringify(mine)).not.toMatch(/Cheapest|My contractor/);
    expect(JSON.stringify(theirs)).not.toMatch(/Slow payer|The hotel|description/);
    const histories = await ok(other.administrator.get(`/v1/audit/connections/${id}`));
    expect(JSON.stringify(histories)).not.toMatch(/Slow payer|The hotel/);
  });

  it('shows each side the number of shares along it, in each direction', async () => {
    const { id, token } = await create();
    expect(await read(creator, id)).toMatchObject({ shares: { requester: 0, provider: 0 } });
    await ok(authenticate(other, token));
    const request = { connectionId: id, name: 'Cold stores', suggestedLevel: 'location' };
    const first = await ok(creator.administrator.post('/v1/shares', request));
    await ok(creator.administrator.post('/v1/shares', request));
    await ok(other.administrator.post('/v1/shares', request));
    await ok(creator.administrator.post(`/v1/shares/${first.id}/cancel`));
    expect(await read(creator, id)).toMatchObject({ shares: { requester: 2, provider: 1 } });
    const { items } = await ok(other.administrator.get('/v1/connections'));
    expect(items).toMatchObject([{ id, shares: { requester: 1, provider: 2 } }]);
  });

  it('never shows its token again (R-C1)', async () => {
    const { id, token } = await create();
    const shown = [
      await read(creator, id),
      await ok(creator.administrator.get('/v1/connections')),
      await ok(creator.administrator.get(`/v1/audit/connections/${id}`)),
    ];
    expect(JSON.stringify(shown)).not.toContain(token);
    expect(JSON.stringify(shown)).not.toMatch(/hash/i);
  });

  it('is not found by other accounts', async () => {
    const { id, token } = await create();
    await ok(authenticate(other, token));
    const stranger = await world.company('service', 'Nosy');
    expect(await refusalOf(stranger.administrator.get(`/v1/connections/${id}`))).toEqual({
      status: 404,
      code: 'not-found',
    });
    expect((await ok(stranger.administrator.get('/v1/connections'))).items).toEqual([]);
    for (const action of ['rename', 'reissue', 'cancel', 'end']) {
      const body = action === 'rename' ? { label: 'Mine' } : {};
      const refused = refusalOf(stranger.administrator.post(`/v1/connections/${id}/${action}`, body));
      expect(await refused).toEqual({ status: 404, code: 'not-found' });
    }
  });
});

describe('a token', () => {
  const INVALID = { status: 422, code: 'token-invalid' };

  it('works once (R-C1)', async () => {
    const { token } = await create();
    await ok(authenticate(other, token));
    const third = await world.company('service', 'Third');
    expect(await refusalOf(authenticate(third, token))).toEqual(INVALID);
    expect(await refusalOf(authenticate(other, token, 'Another label'))).toEqual({
      ...INVALID,
      currentStatus: 'active',
      allowedActions: ['rename', 'end'],
    });
  });

  it('works with whitespace around and within it', async () => {
    const { id, token } = await create();
    const copied = ` ${token.slice(0, 20)}\r\n  ${token.slice(20)}\u00a0\n`;
    expect(await ok(authenticate(other, copied))).toMatchObject({ id, status: 'active' });
  });

  it('expires after seven days (R-C1)', async () => {
    const { id, token } = await create();
    await world.advance('PT191H');
    expect(await refusalOf(authenticate(other, token))).toEqual({ status: 422, code: 'token-expired' });
    expect(await read(creator, id)).toMatchObject({
      status: 'expired',
      allowedActions: ['rename', 'reissue', 'cancel'],
    });

    const later = await ok(creator.administrator.post(`/v1/connections/${id}/reissue`));
    expect(later.token).not.toBe(token);
    await world.advance('PT167H');
    expect((await authenticate(other, later.token)).status).toBe(200);
  });

  it('is refused once its connection is cancelled (R-C1)', async () => {
    const { id, token } = await create();
    await ok(creator.administrator.post(`/v1/connections/${id}/cancel`));
    expect(await refusalOf(authenticate(other, token))).toEqual(INVALID);
    expect(await read(creator, id)).toMatchObject({ status: 'cancelled', allowedActions: ['rename'] });
  });

  it('is replaced by a new one (R-C1)', async () => {
    const { id, token } = await create();
    const renewed = await ok(creator.administrator.post(`/v1/connections/${id}/reissue`));
    expect(await refusalOf(authenticate(other, token))).toEqual(INVALID);
    expect((await authenticate(other, renewed.token)).status).toBe(200);
  });

  it.each(['', 'x', 'A'.repeat(64), 'é'.repeat(10)])('that is malformed is refused: "%s"', async (token) => {
    const { status, code } = await refusalOf(authenticate(other, token));
    expect([400, 422]).toContain(status);
    expect(['invalid-command', 'token-invalid']).toContain(code);
  });

  it('does not connect an account with itself (R-C2)', async () => {
    const { token } = await create();
    expect(await refusalOf(authenticate(creator, token))).toEqual({
      status: 409,
      code: 'own-connection',
      currentStatus: 'pending',
      allowedActions: ['rename', 'reissue', 'cancel'],
    });
  });

  it('does not create a second active connection of a pair, whichever side uses it (R-C2)', async () => {
    const first = await create();
    await ok(authenticate(other, first.token));
    const ALREADY = { status: 409, code: 'already-connected' };
    expect(await refusalOf(authenticate(other, (await create()).token))).toEqual(ALREADY);
    const theirs = await ok(other.administrator.post('/v1/connections', { label: 'Again' }));
    expect(await refusalOf(authenticate(creator, theirs.token))).toEqual(ALREADY);

    await ok(other.administrator.post(`/v1/connections/${first.id}/end`));
    expect((await authenticate(creator, theirs.token)).status).toBe(200);
  });
});

describe('an action that the connection’s status does not allow is refused, with the allowed ones (R-S10)', () => {
  it.each([
    ['reissue', 'connection-not-pending'],
    ['cancel', 'connection-not-pending'],
  ])('%s, once it is active', async (action, code) => {
    const { id, token } = await create();
    await ok(authenticate(other, token));
    const refused = await refusalOf(creator.administrator.post(`/v1/connections/${id}/${action}`));
    expect(refused).toEqual({
      status: 409,
      code,
      currentStatus: 'active',
      allowedActions: ['rename', 'end'],
    });
  });

  it('end, before it is active', async () => {
    const { id } = await create();
    expect(await refusalOf(creator.administrator.post(`/v1/connections/${id}/end`))).toEqual({
      status: 409,
      code: 'connection-not-active',
      currentStatus: 'pending',
      allowedActions: ['rename', 'reissue', 'cancel'],
    });
  });

  it('any action, for roles other than administrator', async () => {
    const { id, token } = await create();
    for (const [path, body] of [
      ['/v1/connections', { label: 'Mine' }],
      ['/v1/connections/authenticate', { token, label: 'Mine' }],
      [`/v1/connections/${id}/rename`, { label: 'Mine' }],
      [`/v1/connections/${id}/reissue`, {}],
      [`/v1/connections/${id}/cancel`, {}],
      [`/v1/connections/${id}/end`, {}],
    ] as const) {
      const refused = await refusalOf(creator.manager.post(path, body));
      // It learns the status of its account's connection, and that it may do nothing.
      const known = path !== '/v1/connections' && { currentStatus: 'pending', allowedActions: [] };
      expect({ path, ...refused }).toEqual({ path, status: 403, code: 'role-not-allowed', ...known });
    }
  });
});

describe('ending a connection (R-C4)', () => {
  let contractor: Company;
  let connection: string;
  let place: string;

  beforeEach(async () => {
    contractor = await world.company('service', 'Cold Hands');
    connection = await world.connect(creator, contractor);
    place = await contractor.addLocation(await contractor.addCustomer());
  });

  const end = (who: Company, body: object = {}) =>
    ok(who.administrator.post(`/v1/connections/${connection}/end`, body));
  const give = async () => {
    const { installations } = await creator.addSite(1);
    const share = await world.give(creator, contractor, connection, {
      level: 'installation',
      selection: installations,
      accessType: 'subcontractor',
    });
    await contractor.take(share, place);
    return { share, installation: installations[0] as string };
  };

  it('cancels open requests of both sides, and refuses new ones', async () => {
    const mine = await creator.request(connection);
    const theirs = await contractor.request(connection);
    await end(contractor);
    for (const share of [mine, theirs]) {
      expect(await shareUntil(creator, share, ({ status }) => status === 'cancelled')).toMatchObject({
        allowedActions: [],
      });
    }
    const body = { connectionId: connection, name: 'More', suggestedLevel: 'customer' };
    expect(await refusalOf(creator.administrator.post('/v1/shares', body))).toMatchObject({
      status: 409,
      code: 'connection-not-active',
    });
    expect(await read(creator, connection)).toMatchObject({ status: 'ended', allowedActions: ['rename'] });
  });

  it('notifies the other side', async () => {
    await end(contractor);
    const { items } = await ok(creator.administrator.get('/v1/inbox'));
    expect(items[0]).toMatchObject({ kind: 'connection-ended', connectionId: connection });
    const ownInbox = await ok(contractor.administrator.get('/v1/inbox'));
    expect(ownInbox.items.map(({ kind }: View) => kind)).not.toContain('connection-ended');
  });

  it('keeps what was shared, under its own terms', async () => {
    const { share, installation } = await give();
    await end(creator);
    expect(await contractor.share(share)).toMatchObject({ status: 'processed' });
    expect((await contractor.installation(installation)).allowedActions).toContain('add-activity');
    expect(await creator.share(share)).toMatchObject({ allowedActions: ['revoke'] });
    await ok(creator.administrator.post(`/v1/shares/${share}/revoke`));
    expect(await contractor.share(share)).toMatchObject({ status: 'revoked' });
  });

  it('revokes what the provider may still revoke, if requested', async () => {
    const { share, installation } = await give();
    await end(creator, { revokeShares: true });
    await shareUntil(contractor, share, ({ status }) => status === 'revoked');
    const archived = await contractor.sees(
      () => contractor.installation(installation),
      ({ allowedActions }) => allowedActions.length === 0,
    );
    expect(archived.access).toHaveProperty('endedAt');
  });

  it('does not revoke what the other side gave', async () => {
    const { share } = await give();
    const request = await creator.request(connection);
    await end(contractor, { revokeShares: true });
    await shareUntil(creator, request, ({ status }) => status === 'cancelled');
    expect(await creator.share(share)).toMatchObject({ status: 'processed' });
  });
});

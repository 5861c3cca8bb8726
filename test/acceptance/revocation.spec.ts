// A giver revokes what it gave: until when, how much of it, and what the preview shows (R-V1 to R-V3, R-V6).
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer } from './client.ts';
import { type Company, ok, placed, refusalOf, shareUntil, until, type View, World } from './world.ts';

const HOURS = 60 * 60 * 1000;

let world: World;
let giver: Company;
let taker: Company;
let connection: string;
let place: string;

beforeAll(async () => {
  world = await World.begin();
  giver = await world.company('service', 'Frigo North');
  taker = await world.company('service', 'Cold Hands');
  connection = await world.connect(giver, taker);
  place = await taker.addLocation(await taker.addCustomer());
});

afterAll(() => world.end());

/** A share of new installations, offered and not yet processed. */
async function offer(count: number, accessType: string) {
  const { installations } = await giver.addSite(count);
  const approval = { level: 'installation', selection: installations, accessType } as const;
  return { share: await world.give(giver, taker, connection, approval), installations };
}

/** The same, completely processed. */
async function give(count: number, accessType: string) {
  const given = await offer(count, accessType);
  await taker.take(given.share, place);
  return given;
}

const revoke = (share: string, body: object = {}) =>
  giver.administrator.post(`/v1/shares/${share}/revoke`, body);
const preview = (share: string, body: object = {}) =>
  giver.administrator.post(`/v1/shares/${share}/revocation-preview`, body);

/** Moves the clock to a time, or by an offset from it. */
async function advanceTo(moment: string, seconds: number): Promise<void> {
  const now = await world.now();
  const ahead = Math.round((Date.parse(moment) - now.getTime()) / 1000) + seconds;
  await world.advance(`PT${ahead}S`);
}

describe.each(['subcontractor', 'on-loan'])('%s access', (accessType) => {
  it('is revoked at any time, with its reason (R-V1, R-V2)', async () => {
    const { share, installations } = await give(2, accessType);
    await world.advance('PT1000H');
    expect(await giver.share(share)).toMatchObject({
      revocableUntil: 'any-time',
      allowedActions: ['revoke'],
    });
    const answer = await ok(revoke(share, { reason: 'The job is done.' }));
    expect(answer).toMatchObject({ withdrawn: installations, retained: [], downstream: [] });
    for (const party of [giver, taker]) {
      expect(await party.share(share)).toMatchObject({
        status: 'revoked',
        partlyRevoked: false,
        reason: 'The job is done.',
        items: { total: 2, offered: 0, placed: 0, declined: 0, withdrawn: 2 },
        allowedActions: [],
      });
    }
  });
});

describe('installation-manager access', () => {
  it('is revoked until 72 hours after each installation was placed (R-V2)', async () => {
    const { share } = await give(1, 'installation-manager');
    const { revocableUntil } = await giver.share(share);
    const { items } = await ok(giver.manager.get(`/v1/shares/${share}/package`));
    expect(Date.parse(revocableUntil) - Date.parse(items[0].placedAt)).toBe(72 * HOURS);

    // So long before that a busy machine comes to it in time.
    await advanceTo(revocableUntil, -600);
    expect(await giver.share(share)).toMatchObject({ allowedActions: ['revoke'] });
    await ok(revoke(share));
    expect(await taker.share(share)).toMatchObject({ status: 'revoked' });
  });

  it('cannot be revoked after that, and nothing is recorded (R-V2, R-V3)', async () => {
    const { share, installations } = await give(1, 'installation-manager');
    const { revocableUntil, revision } = await giver.share(share);
    await advanceTo(revocableUntil, 1);
    const view = await giver.share(share);
    expect(view).toMatchObject({ status: 'processed', allowedActions: [], revision });
    expect(view).not.toHaveProperty('revocableUntil');

    const CLOSED = {
      status: 409,
      code: 'revocation-window-closed',
      currentStatus: 'processed',
      allowedActions: [],
    };
    expect(await refusalOf(revoke(share))).toEqual(CLOSED);
    expect(await refusalOf(revoke(share, { installations }))).toEqual(CLOSED);
    const grant = await taker.grantOn(installations[0] as string, share);
    const path = `/v1/installations/${installations[0]}/grants/${grant}/revoke`;
    expect(await refusalOf(giver.administrator.post(path))).toEqual(CLOSED);
    expect(await taker.share(share)).toMatchObject({ revision });
  });

  it('can be revoked at any time before it is placed (R-V2)', async () => {
    const { share, installations } = await offer(1, 'installation-manager');
    await world.advance('PT200H');
    expect(await giver.share(share)).toMatchObject({ revocableUntil: 'any-time' });
    expect(await ok(revoke(share))).toMatchObject({ withdrawn: installations });
    expect(await refusalOf(taker.administrator.get(`/v1/installations/${installations[0]}`))).toEqual({
      status: 404,
      code: 'not-found',
    });
  });

  it('has a window per installation, and retained installations are reported with reason and time (R-V3)', async () => {
    const { share, installations } = await offer(3, 'installation-manager');
    const [early, late, never] = installations as [string, string, string];
    await taker.takeSome(share, place, [early]);
    await placed(taker, share, 1);
    await world.advance('PT48H');
    await taker.takeSome(share, place, [late]);
    await placed(taker, share, 2);
    await world.advance('PT36H');

    const { items } = await ok(giver.manager.get(`/v1/shares/${share}/package?state=placed`));
    const since = items.find((item: View) => item.installationId === early).revocableUntil;
    const outcome = {
      withdrawn: [late, never],
      retained: [{ installationId: early, code: 'revocation-window-closed', since }],
      downstream: [],
    };
    expect(await ok(preview(share))).toEqual(outcome);
    const { withdrawn, retained, downstream } = await ok(revoke(share, { reason: 'Half of it.' }));
    expect({ withdrawn, retained, downstream }).toEqual(outcome);

    for (const party of [giver, taker]) {
      expect(await party.share(share)).toMatchObject({
        status: 'processed',
        partlyRevoked: true,
        items: { total: 3, offered: 0, placed: 1, declined: 0, withdrawn: 2 },
      });
    }
    expect((await taker.installation(early)).allowedActions).toContain('add-activity');
    const { items: notifications } = await ok(taker.administrator.get('/v1/inbox'));
    expect(notifications[0]).toMatchObject({ kind: 'share-partly-revoked', shareId: share });
    expect(notifications[0].text).toMatch(
      /^Frigo North revoked access to 2 installations of the share “.+”, along the connection “.+”: Half of it\.$/,
    );
  });
});

describe('a single installation', () => {
  it('is revoked through its share, and the rest stays as it is (R-V1, R-V3)', async () => {
    const { share, installations } = await give(3, 'subcontractor');
    const [gone, ...kept] = installations as [string, string, string];
    const outcome = { withdrawn: [gone], retained: [], downstream: [] };
    expect(await ok(preview(share, { installations: [gone] }))).toEqual(outcome);
    expect(await ok(revoke(share, { installations: [gone] }))).toMatchObject(outcome);
    expect(await taker.share(share)).toMatchObject({
      status: 'processed',
      partlyRevoked: true,
      items: { placed: 2, withdrawn: 1 },
    });
    for (const installation of kept) {
      expect((await taker.installation(installation)).access).not.toHaveProperty('endedAt');
    }

    await ok(revoke(share, { installations: kept }));
    expect(await taker.share(share)).toMatchObject({ status: 'revoked', items: { withdrawn: 3 } });
  });

  it('is revoked through its grant as well (R-V1)', async () => {
    const { share, installations } = await give(2, 'on-loan');
    const [installation] = installations as [string];
    const grant = await taker.grantOn(installation, share);
    await ok(giver.administrator.post(`/v1/installations/${installation}/grants/${grant}/revoke`));
    expect(await taker.share(share)).toMatchObject({
      partlyRevoked: true,
      items: { placed: 1, withdrawn: 1 },
    });
  });

  it('that is not in the share is refused, with its id', async () => {
    const { share } = await give(1, 'subcontractor');
    const foreign = crypto.randomUUID();
    const { status, body } = await revoke(share, { installations: [foreign] });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'item-not-in-share', errors: [{ pointer: foreign }] });
  });
});

describe('an item still on offer', () => {
  it('is blocked, and no longer shows the requester its content (R-V3)', async () => {
    const { share, installations } = await offer(1, 'subcontractor');
    await ok(revoke(share));
    expect(await taker.share(share)).toMatchObject({ status: 'revoked', allowedActions: [] });
    const { items } = await ok(taker.manager.get(`/v1/shares/${share}/package`));
    expect(items).toEqual([
      {
        installationId: installations[0],
        state: 'withdrawn',
        withdrawal: { kind: 'revoked', at: expect.any(String), account: giver.id },
      },
    ]);
  });

  it('is blocked also before its package is complete (R-V2)', async () => {
    const { installations } = await giver.addSite(2);
    const share = await taker.request(connection);
    await ok(
      giver.administrator.post(`/v1/shares/${share}/approve`, {
        level: 'installation',
        selection: installations,
        accessType: 'installation-manager',
      }),
    );
    await ok(revoke(share));
    expect(await taker.share(share)).toMatchObject({ status: 'revoked', allowedActions: [] });
  });
});

describe('revoking again', () => {
  it('what is already revoked changes nothing', async () => {
    const { share } = await give(1, 'subcontractor');
    await ok(revoke(share));
    const { revision } = await giver.share(share);
    expect(await revoke(share)).toMatchObject({
      status: 200,
      body: { withdrawn: [], retained: [], revision },
    });
    const { items } = await ok(taker.administrator.get('/v1/inbox'));
    const notifications = items.filter(
      (item: View) => item.shareId === share && item.kind === 'share-revoked',
    );
    expect(notifications).toHaveLength(1);
  });

  it('under the same key gives the first answer', async () => {
    const { share } = await give(1, 'subcontractor');
    const key = { 'idempotency-key': crypto.randomUUID() };
    const first = await giver.administrator.post(`/v1/shares/${share}/revoke`, {}, key);
    const second = await giver.administrator.post(`/v1/shares/${share}/revoke`, {}, key);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(second.body).toEqual(first.body);
  });
});

describe('an answered revocation (R-V8)', () => {
  /** Reads without waiting for views. */
  const withoutWaiting = (company: Company, method: string, path: string, body?: object) =>
    company.administrator.request(method, path, { body });

  interface Given {
    readonly holder: Company;
    readonly share: string;
    readonly installation: string;
    readonly along: string;
  }
  const ways: readonly [way: string, end: (given: Given) => Promise<Answer>][] = [
    ['through its share', ({ share }) => revoke(share)],
    [
      'through its grant',
      async ({ holder, share, installation }) => {
        const grant = await holder.grantOn(installation, share);
        return giver.administrator.post(`/v1/installations/${installation}/grants/${grant}/revoke`);
      },
    ],
    [
      'through the command bus',
      ({ share: shareId }) => {
        const command = { id: crypto.randomUUID(), type: 'RevokeShare', data: { shareId } };
        return giver.administrator.post('/v1/commands', command);
      },
    ],
    [
      'by a return',
      async ({ holder, share, installation }) => {
        const grant = await holder.grantOn(installation, share);
        return holder.administrator.post(`/v1/installations/${installation}/grants/${grant}/return`);
      },
    ],
    [
      'by the end of the connection',
      ({ along }) => giver.administrator.post(`/v1/connections/${along}/end`, { revokeShares: true }),
    ],
  ];

  it.each(ways)('%s has ended access for checks and writes, and is recorded', async (_, end) => {
    const { installations } = await giver.addSite(1);
    const [installation] = installations as [string];
    const holder = await world.company('service', 'Cold Feet');
    const along = await world.connect(giver, holder);
    const approval = {
      level: 'installation',
      selection: installations,
      accessType: 'subcontractor',
    } as const;
    const share = await world.give(giver, holder, along, approval);
    await holder.take(share, await holder.addLocation(await holder.addCustomer()));

    expect((await end({ holder, share, installation, along })).status).toBe(200);
    const path = `/v1/installations/${installation}`;
    const checks = [{ account: holder.id, installation, action: 'add-activity' }];
    const { body } = await withoutWaiting(holder, 'POST', '/v1/access/check', { checks });
    expect(body.results).toEqual([{ allowed: false, because: ['access-withdrawn'] }]);

    const entry = { kind: 'note', performedOn: '2026-03-01', summary: 'Later' };
    const late = await refusalOf(withoutWaiting(holder, 'POST', `${path}/activities`, entry));
    expect(late).toMatchObject({ status: 409, code: 'access-withdrawn' });
    await ok(giver.administrator.post(`${path}/activities`, entry));
    expect((await withoutWaiting(holder, 'GET', `${path}/activities`)).body.items).toEqual([]);
    expect((await withoutWaiting(holder, 'GET', path)).body).toMatchObject({
      archived: true,
      access: { endedAt: expect.any(String) },
    });
  });

  it('of more than 500 installations is answered with its progress until it is in effect', async () => {
    const location = await giver.addLocation(await giver.addCustomer());
    const installations = await Promise.all(
      Array.from({ length: 501 }, () => giver.addInstallation({ locationId: location })),
    );
    const approval = { level: 'installation', selection: installations, accessType: 'on-loan' } as const;
    const share = await world.give(giver, taker, connection, approval);
    await taker.takeSome(share, place, installations);
    await shareUntil(taker, share, ({ status }) => status === 'processed');

    const key = { 'idempotency-key': crypto.randomUUID() };
    const answers: Answer[] = [];
    const last = await until(
      async () => {
        const answer = await giver.administrator.post(`/v1/shares/${share}/revoke`, {}, key);
        answers.push(answer);
        return answer;
      },
      ({ status }) => status === 200,
    );
    expect(last.body).not.toHaveProperty('progress');
    // There are none if the process had begun before the answer was given, and ended what the answer does not wait for.
    for (const { status, body } of answers.slice(0, -1)) {
      expect({ status, body }).toMatchObject({
        status: 202,
        body: { progress: { phase: 'revoking', of: 501 } },
      });
    }
    const checks = installations.map((installation) => ({ account: taker.id, installation, action: 'read' }));
    const { body } = await withoutWaiting(taker, 'POST', '/v1/access/check', { checks });
    expect(body.results.filter(({ allowed }: View) => allowed)).toEqual([]);
  });
});

// A share approved until a date: announced, extended, and ended by the clock (R-E1 to R-E4).
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Company, ok, refusalOf, until, type View, World } from './world.ts';

const DAY = 24 * 60 * 60 * 1000;

let world: World;
let giver: Company;
let taker: Company;
let share: string;
let machine: string;
let expiresAt: string;

beforeAll(async () => {
  world = await World.begin();
  giver = await world.company('service', 'Frigo North');
  taker = await world.company('service', 'Cold Hands');
  const connection = await world.connect(giver, taker);
  const place = await taker.addLocation(await taker.addCustomer());
  const { installations } = await giver.addSite(1);
  machine = installations[0] as string;
  expiresAt = new Date((await world.now()).getTime() + 10 * DAY).toISOString();
  const approval = {
    level: 'installation',
    selection: installations,
    accessType: 'installation-manager',
  } as const;
  share = await world.give(giver, taker, connection, { ...approval, until: expiresAt });
  await taker.take(share, place);
});

afterAll(() => world.end());

const inbox = async (company: Company, kind: string): Promise<View[]> => {
  const { items } = await ok(company.administrator.get('/v1/inbox'));
  return items.filter((line: View) => line.kind === kind && line.shareId === share);
};
const extend = (body: object) => giver.administrator.post(`/v1/shares/${share}/extend`, body);
const check = async () => {
  const checks = [{ account: taker.id, installation: machine, action: 'add-activity' }];
  return (await ok(taker.administrator.post('/v1/access/check', { checks }))).results[0];
};

/** Moves the clock to so many days before the share ends. */
async function daysBeforeItsEnd(days: number): Promise<void> {
  const now = (await world.now()).getTime();
  const ahead = Date.parse(expiresAt) - days * DAY - now;
  await world.advance(`PT${Math.ceil(ahead / 1000)}S`);
}

describe('a share approved until a date', () => {
  it('has its end wherever access is shown, and can be extended by the giver', async () => {
    expect(await giver.share(share)).toMatchObject({
      expiresAt,
      terms: { until: expiresAt },
      allowedActions: ['revoke', 'extend'],
    });
    expect(await taker.share(share)).toMatchObject({ expiresAt, allowedActions: [] });
    expect(await ok(taker.administrator.get(`/v1/installations/${machine}`))).toMatchObject({
      access: { expiresAt },
    });
    expect((await ok(giver.administrator.get(`/v1/installations/${machine}/grants`))).items).toMatchObject([
      { expiresAt },
    ]);
    expect(await check()).toMatchObject({ allowed: true, because: [{ expiresAt }] });
    for (const company of [giver, taker]) {
      expect(await ok(company.administrator.get('/v1/dashboard'))).toMatchObject({
        endingShares: [{ shareId: share, expiresAt }],
      });
    }
  });

  it('is announced seven days before', async () => {
    await daysBeforeItsEnd(7);
    for (const company of [giver, taker]) {
      await until(
        () => inbox(company, 'share-expiring'),
        (lines) => lines.length === 1,
      );
    }
  });

  it('is extended, to a later date only, by the giver only', async () => {
    const later = new Date(Date.parse(expiresAt) + 20 * DAY).toISOString();
    expect(
      await refusalOf(taker.administrator.post(`/v1/shares/${share}/extend`, { until: later })),
    ).toMatchObject({
      code: 'not-the-giver',
    });
    expect(await refusalOf(extend({ until: '2020-01-01T00:00:00Z' }))).toMatchObject({
      code: 'until-not-ahead',
    });
    await ok(extend({ until: later.replace('Z', '000Z') }));
    expiresAt = later;
    expect(await taker.share(share)).toMatchObject({ expiresAt });
    await taker.sees(check, ({ because: [step] }) => step.expiresAt === expiresAt);
    expect(await inbox(taker, 'share-extended')).toHaveLength(1);
  });

  it('ends at its date: nothing more is accepted, and both are notified', async () => {
    await daysBeforeItsEnd(0);
    expect(await check()).toEqual({ allowed: false, because: ['access-expired'] });
    const note = { kind: 'note', performedOn: '2026-03-02', summary: 'Seen' };
    expect(
      await refusalOf(taker.administrator.post(`/v1/installations/${machine}/activities`, note)),
    ).toMatchObject({
      code: 'access-expired',
    });
    expect(await refusalOf(extend({ until: '2100-01-01T00:00:00.000Z' }))).toMatchObject({
      code: 'share-expired',
      currentStatus: 'expired',
    });
    for (const company of [giver, taker]) {
      await company.sees(
        () => inbox(company, 'share-expired'),
        (lines) => lines.length === 1,
      );
      expect(await company.share(share)).toMatchObject({
        status: 'expired',
        expiredAt: expiresAt,
        items: { placed: 0, withdrawn: 1 },
        allowedActions: [],
      });
    }
    expect(await ok(taker.administrator.get(`/v1/installations/${machine}`))).toMatchObject({
      access: { endedAt: expiresAt, readableAsOf: expiresAt },
    });
  });
});

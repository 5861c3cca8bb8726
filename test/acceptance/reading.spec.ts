// What parties, internal services and auditors read: inbox, access with reasons, and the history.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Member } from './client.ts';
import { type Company, ok, refusalOf, until, type View, World } from './world.ts';

let world: World;
let giver: Company;
let taker: Company;
let third: Company;
let stranger: Company;
let first: string;
let second: string;
let place: string;
let auditor: Member;

beforeAll(async () => {
  world = await World.begin();
  giver = await world.company('service', 'Frigo North');
  taker = await world.company('service', 'Cold Hands');
  third = await world.company('service', 'Third');
  stranger = await world.company('service', 'Nosy');
  first = await world.connect(giver, taker);
  second = await world.connect(taker, third);
  place = await taker.addLocation(await taker.addCustomer());
  auditor = await world.member('', 'auditor');
});

afterAll(() => world.end());

async function give(accessType = 'installation-manager') {
  const { installations } = await giver.addSite(1);
  const [installation] = installations as [string];
  const share = await world.give(giver, taker, first, {
    level: 'installation',
    selection: installations,
    accessType,
  });
  await taker.take(share, place);
  return { share, installation };
}

async function giveOn(installation: string): Promise<string> {
  const approval = { level: 'installation', selection: [installation], accessType: 'on-loan' } as const;
  const share = await world.give(taker, third, second, approval);
  await third.take(share, await third.addLocation(await third.addCustomer()));
  return share;
}

describe('the inbox (R-S3)', () => {
  const toldOf = async (company: Company, share: string) => {
    const { items } = await ok(company.administrator.get('/v1/inbox?pageSize=200'));
    return items.filter(({ shareId }: View) => shareId === share).map(({ kind }: View) => kind);
  };
  const unread = async (company: Company) => (await ok(company.technician.get('/v1/accounts/me'))).unread;

  it('notifies each side of what concerns it', async () => {
    const asked = await taker.request(first);
    expect(await toldOf(giver, asked)).toEqual(['share-requested']);
    await ok(taker.administrator.post(`/v1/shares/${asked}/cancel`));
    expect(await toldOf(giver, asked)).toEqual(['share-cancelled', 'share-requested']);
    expect(await toldOf(taker, asked)).toEqual([]);

    const rejected = await taker.request(first);
    await ok(giver.administrator.post(`/v1/shares/${rejected}/reject`, { reason: 'Not now.' }));
    expect(await toldOf(taker, rejected)).toEqual(['share-rejected']);

    const { share } = await give();
    await ok(giver.administrator.post(`/v1/shares/${share}/revoke`));
    expect(await toldOf(giver, share)).toEqual(['share-processed', 'share-requested']);
    expect(await toldOf(taker, share)).toEqual(['share-revoked', 'share-available']);
  });

  it('counts what is unread, until it is marked as read, one by one or all at once', async () => {
    await ok(giver.administrator.post('/v1/inbox/read-all'));
    expect(await unread(giver)).toBe(0);
    for (let n = 0; n < 3; n++) await taker.request(first);
    expect(await unread(giver)).toBe(3);
    const { items, unread: count } = await ok(giver.administrator.get('/v1/inbox?read=false'));
    expect([items.length, count]).toEqual([3, 3]);

    await ok(giver.manager.post(`/v1/inbox/${items[1].id}/read`));
    await ok(giver.manager.post(`/v1/inbox/${items[1].id}/read`));
    expect(await unread(giver)).toBe(2);
    const still = await ok(giver.administrator.get('/v1/inbox?read=false'));
    expect(still.items.map(({ id }: View) => id)).toEqual([items[0].id, items[2].id]);

    await ok(giver.administrator.post('/v1/inbox/read-all'));
    expect(await unread(giver)).toBe(0);
    await taker.request(first);
    expect(await unread(giver)).toBe(1);
  });

  it('does not mark notifications of other accounts, or unknown ones', async () => {
    await taker.request(first);
    const before = await unread(giver);
    const { items } = await ok(taker.administrator.get('/v1/inbox'));
    for (const id of [items[0].id, crypto.randomUUID()]) {
      const refused = await refusalOf(giver.manager.post(`/v1/inbox/${id}/read`));
      expect(refused).toEqual({ status: 404, code: 'not-found' });
    }
    expect(await unread(giver)).toBe(before);
  });

  it('is readable by technicians, who cannot mark notifications as read', async () => {
    await taker.request(first);
    const { items } = await ok(giver.technician.get('/v1/inbox'));
    for (const path of [`/v1/inbox/${items[0].id}/read`, '/v1/inbox/read-all']) {
      const refused = await refusalOf(giver.technician.post(path));
      expect(refused).toMatchObject({ status: 403, code: 'role-not-allowed' });
    }
  });
});

describe('an access check (R-G3)', () => {
  const check = async (who: Member, checks: readonly object[]) =>
    (await ok(who.post('/v1/access/check', { checks }))).results;

  it('names the path of grants that allows it, or the rule that refuses it, singly and in bulk', async () => {
    const { share, installation } = await give();
    const onward = await giveOn(installation);
    const asked = (account: string, action: string) => ({ account, installation, action });
    const step = (by: Company, to: Company, shareId: string, type: string) =>
      expect.objectContaining({ giver: by.id, holder: to.id, shareId, type });
    expect(
      await check(giver.technician, [
        asked(giver.id, 'give-operator'),
        asked(taker.id, 'change-properties'),
        asked(third.id, 'add-activity'),
        asked(third.id, 'give-on-loan'),
        asked(stranger.id, 'read'),
      ]),
    ).toEqual([
      { allowed: true, because: ['registered-by-account'] },
      { allowed: true, because: [step(giver, taker, share, 'installation-manager')] },
      {
        allowed: true,
        because: [step(giver, taker, share, 'installation-manager'), step(taker, third, onward, 'on-loan')],
      },
      { allowed: false, because: ['access-type-not-givable'] },
      { allowed: false, because: ['no-access'] },
    ]);

    await ok(giver.administrator.post(`/v1/shares/${share}/revoke`));
    await third.sees(
      () => third.installation(installation),
      ({ access }) => access.endedAt !== undefined,
    );
    expect(await check(auditor, [asked(third.id, 'read'), asked(taker.id, 'read')])).toEqual([
      { allowed: false, because: ['access-withdrawn'] },
      { allowed: false, because: ['access-withdrawn'] },
    ]);
  });

  it('answers an internal service about any account, and one that acts for an account as that account', async () => {
    const { installation } = await give();
    const checks = [giver, taker, third].map(({ id: account }) => ({
      account,
      installation,
      action: 'read',
    }));
    const [anyone, forTaker] = await Promise.all(['', taker.id].map((id) => world.member(id, 'service')));
    const allowed = async (service: Member) => (await check(service, checks)).map((one: View) => one.allowed);
    expect(await allowed(anyone as Member)).toEqual([true, true, false]);
    expect(await allowed(forTaker as Member)).toEqual([false, true, false]);
    for (const path of [
      `installations?account=${taker.id}&pageSize=200`,
      `accounts?installation=${installation}`,
    ]) {
      const { items } = await ok((anyone as Member).get(`/v1/access/${path}`));
      expect(items).toContainEqual(expect.objectContaining({ installation, type: 'installation-manager' }));
    }
  });

  it('answers a stranger the same for existing and unknown installations', async () => {
    const { installation } = await give();
    const [there, nowhere] = await check(stranger.technician, [
      { account: giver.id, installation, action: 'read' },
      { account: giver.id, installation: crypto.randomUUID(), action: 'read' },
    ]);
    expect(there).toEqual(nowhere);
  });

  it('accepts at most a thousand at once', async () => {
    const { installation } = await give();
    const one = { account: taker.id, installation, action: 'read' };
    const results = await check(giver.technician, Array(1_000).fill(one));
    expect(results.filter(({ allowed }: View) => allowed)).toHaveLength(1_000);
    const refused = await refusalOf(
      giver.technician.post('/v1/access/check', { checks: Array(1_001).fill(one) }),
    );
    expect(refused.status).toBe(400);
  });

  it('has its lists: what an account has access to, and who has access to an installation', async () => {
    const { installation } = await give();
    await giveOn(installation);
    const { items } = await ok(giver.technician.get(`/v1/access/accounts?installation=${installation}`));
    expect(items.map(({ account, type }: View) => [account.name, type])).toEqual([
      ['Frigo North', 'root'],
      ['Cold Hands', 'installation-manager'],
      ['Third', 'on-loan'],
    ]);
    const held = await ok(taker.technician.get('/v1/access/installations?pageSize=200'));
    expect(held.items.map((item: View) => item.installation)).toContain(installation);
  });
});

describe('the audit', () => {
  const history = async (who: Member, path: string) => ok(who.get(`/v1/audit/${path}`));

  it('shows a share’s history: time, actor, command and cause, in sentences', async () => {
    const { share } = await give();
    const { items } = await history(giver.technician, `shares/${share}`);
    expect(items.map(({ type }: View) => type)).toEqual([
      'ShareRequested',
      'ShareApproved',
      'SharePreparationStarted',
      'SharePackageBatchCollected',
      'SharePackageCompleted',
      'ShareProcessingConfirmed',
      'ShareInstallationsConfirmed',
      'ShareItemsPlaced',
      'ShareStepImported',
      'ShareProcessed',
    ]);
    expect(items.map(({ revision }: View) => revision)).toEqual(items.map((_: View, n: number) => n));
    expect(items[0].sentence).toBe(
      `Cold Hands asked Frigo North for the share “${(await taker.share(share)).name}”, suggesting the installation level.`,
    );
    for (const { time, command, cause, correlation, actor, sentence } of items) {
      expect(Date.parse(time)).not.toBeNaN();
      expect([command, cause, correlation].every((id) => /^[0-9a-f-]{36}$/.test(id))).toBe(true);
      expect(actor).toHaveProperty('role');
      expect(sentence).toMatch(/\.$/);
    }
    const approval = items[1].correlation;
    expect(items.slice(1, 5).map(({ correlation }: View) => correlation)).toEqual(Array(4).fill(approval));
  });

  it('shows the state as of a given time', async () => {
    const share = await taker.request(first);
    // Not within the same millisecond, however quick the machine is.
    await world.advance('PT1S');
    await ok(giver.administrator.post(`/v1/shares/${share}/reject`));
    const { items } = await history(taker.technician, `shares/${share}`);
    const at = (type: string) => items.find((item: View) => item.type === type).time;
    const asOf = async (time: string) => history(taker.technician, `shares/${share}?asOf=${time}`);
    const requested = await asOf(at('ShareRequested'));
    expect(requested).toMatchObject({ state: { status: 'requested' }, total: 1 });
    expect(await asOf(at('ShareRejected'))).toMatchObject({ state: { status: 'rejected' }, total: 2 });
    expect((await asOf('2020-01-01T00:00:00.000Z')).items).toEqual([]);
    expect(await refusalOf(taker.technician.get(`/v1/audit/shares/${share}?asOf=yesterday`))).toMatchObject({
      status: 400,
    });
  });

  it('hides the other side’s label, tokens, and the places of other accounts from a party', async () => {
    const label = 'Slow payer, beware';
    const renamed = await world.company('service', 'Renamed');
    const connection = await world.connect(giver, renamed);
    await ok(giver.administrator.post(`/v1/connections/${connection}/rename`, { label }));
    const theirs = await history(renamed.administrator, `connections/${connection}`);
    expect(JSON.stringify(theirs)).not.toMatch(/Slow payer|tokenHash/i);
    expect(JSON.stringify(await history(giver.administrator, `connections/${connection}`))).toContain(label);

    const { installation } = await give();
    const mine = await history(taker.technician, `installations/${installation}`);
    const rootsPlace = (await giver.installation(installation)).locationId;
    expect(JSON.stringify(mine)).not.toContain(rootsPlace);
    const roots = await history(giver.technician, `installations/${installation}`);
    expect(JSON.stringify(roots)).not.toContain(place);
    expect(JSON.stringify(roots)).toContain(rootsPlace);
  });

  it('ends for a former holder when its access ended (R-V5)', async () => {
    const { share, installation } = await give('subcontractor');
    await ok(giver.administrator.post(`/v1/shares/${share}/revoke`));
    await taker.sees(
      () => taker.installation(installation),
      ({ access }) => access.endedAt !== undefined,
    );
    await ok(giver.manager.patch(`/v1/installations/${installation}`, { brand: 'Afterwards' }));
    const { items } = await history(taker.technician, `installations/${installation}`);
    expect(items.at(-1)).toMatchObject({ type: 'InstallationAccessWithdrawn' });
  });

  it('is available to parties and auditors only', async () => {
    const { share, installation } = await give();
    for (const path of [
      `shares/${share}`,
      `connections/${first}`,
      `installations/${installation}`,
      `accounts/${giver.id}`,
      `access?installation=${installation}`,
    ]) {
      expect(await refusalOf(stranger.administrator.get(`/v1/audit/${path}`))).toEqual({
        status: 404,
        code: 'not-found',
      });
      expect((await auditor.get(`/v1/audit/${path}`)).status).toBe(200);
    }
    expect(await refusalOf(giver.administrator.get(`/v1/audit/accounts/${taker.id}`))).toMatchObject({
      status: 404,
    });
  });

  it('shows an auditor everything but the hashes of tokens', async () => {
    const { share, installation } = await give();
    const { items } = await history(auditor, `installations/${installation}`);
    expect(JSON.stringify(items)).toContain(place);
    expect(items[0].actor).toMatchObject({ user: 'dev:administrator' });
    expect(JSON.stringify(await history(auditor, `connections/${first}`))).not.toMatch(/tokenHash/i);
    expect((await history(auditor, `shares/${share}`)).total).toBe(10);
  });

  describe('of access', () => {
    const whose = ({ items }: View) => items.map(({ account }: View) => account.name);

    it('shows who had access when, by which path, and who authorised and ended it', async () => {
      const { share, installation } = await give();
      const onward = await giveOn(installation);
      const decided = (by: Company, role: string) => ({
        account: { id: by.id },
        role,
        user: expect.any(String),
      });
      const live = await history(auditor, `access?installation=${installation}`);
      expect(whose(live)).toEqual([giver.name, taker.name, third.name]);
      expect(live.items[0]).toMatchObject({
        installation: { id: installation, reference: expect.any(String) },
        type: 'root',
        began: 'registered',
        path: [],
        authorisedBy: { account: { id: giver.id } },
      });
      const [, taken, lent] = live.items;
      expect(lent).toMatchObject({
        type: 'on-loan',
        path: [
          { shareId: share, giver: { id: giver.id }, receiver: { id: taker.id }, at: taken.since },
          { shareId: onward, giver: { id: taker.id }, receiver: { id: third.id }, at: lent.since },
        ],
        authorisedBy: decided(taker, 'administrator'),
      });
      expect(lent).not.toHaveProperty('until');

      await ok(giver.administrator.post(`/v1/shares/${share}/revoke`, { reason: 'Sold.' }));
      const ended = await until(
        () => history(auditor, `access?installation=${installation}`),
        ({ items }: View) => items.at(-1).until !== undefined,
      );
      const revoked = {
        account: { id: giver.id },
        reason: 'Sold.',
        decidedBy: decided(giver, 'administrator'),
      };
      expect(ended.items.slice(1)).toMatchObject([
        { account: { id: taker.id }, ended: { kind: 'revoked', ...revoked } },
        { account: { id: third.id }, ended: { kind: 'cascade', ...revoked } },
      ]);
      expect(ended.items[1].readableAsOf).toBe(ended.items[1].until);

      const asked = (query: string) => history(auditor, `access?installation=${installation}&${query}`);
      const before = (moment: string) => new Date(Date.parse(moment) - 1).toISOString();
      expect(whose(await asked(`at=${before(taken.since)}`))).toEqual([giver.name]);
      expect(whose(await asked(`at=${lent.since}`))).toEqual([giver.name, taker.name, third.name]);
      expect(whose(await asked(`at=${ended.items[1].until}`))).toEqual([giver.name]);
      expect(whose(await asked(`from=${ended.items[1].until}`))).toEqual([giver.name]);
      expect(whose(await asked(`from=${lent.since}&direction=backward`))).toEqual(
        [giver.name, taker.name, third.name].toReversed(),
      );
      expect(await asked(`account=${taker.id}`)).toMatchObject({ items: [{ type: 'installation-manager' }] });
    });

    it('shows its giver who has it: by account, by customer and by installation, as of any moment', async () => {
      const [owner, holder] = [
        await world.company('service', 'Owner'),
        await world.company('service', 'Holder'),
      ];
      const connection = await world.connect(owner, holder);
      const { customer, installations } = await owner.addSite(2);
      const approval = {
        level: 'installation',
        selection: installations,
        accessType: 'subcontractor',
      } as const;
      const share = await world.give(owner, holder, connection, approval);
      await holder.take(share, await holder.addLocation(await holder.addCustomer()));
      const read = (query: string) => ok(owner.technician.get(`/v1/access/given${query}`));
      const counts = { accounts: [{ account: { id: holder.id }, installations: 2 }] };
      expect((await read('/accounts')).items).toMatchObject(counts.accounts);
      expect((await read('/customers')).items).toMatchObject([
        { customer: { id: customer }, installations: 2 },
      ]);
      const { items } = await read('?pageSize=1');
      expect(items).toMatchObject([
        { account: { id: holder.id }, installation: { customer: { id: customer } } },
      ]);
      for (const one of [`account=${holder.id}`, `customer=${customer}`]) {
        expect((await read(`?${one}`)).items).toHaveLength(2);
      }
      const before = new Date(Date.parse(items[0].since) - 1).toISOString();
      expect((await read(`?at=${before}`)).items).toEqual([]);
      expect((await read('/accounts?on=2020-01-01')).items).toEqual([]);
      expect((await read('/accounts?on=9999-12-31')).items).toMatchObject(counts.accounts);
      expect((await read(`?installation=${installations[1]}`)).total).toBe(1);
      expect(await ok(holder.administrator.get('/v1/access/given'))).toEqual({ items: [] });
    });

    it('shows each party its own access and the access that it gave', async () => {
      const { installation } = await give();
      await giveOn(installation);
      const at = (who: Company, query: string) => history(who.administrator, `access?${query}`);
      const ofTaker = await at(giver, `installation=${installation}&account=${taker.id}`);
      expect(ofTaker.items).toMatchObject([
        { account: { id: taker.id }, authorisedBy: { user: expect.anything() } },
      ]);
      const ofThird = await at(giver, `installation=${installation}&account=${third.id}`);
      expect(ofThird.items[0].authorisedBy).toEqual({
        account: { id: taker.id, name: taker.name, kind: 'service' },
        role: 'administrator',
        at: expect.any(String),
        command: expect.any(String),
      });
      const own = await at(third, `account=${third.id}&direction=backward&pageSize=1`);
      expect(own.items).toMatchObject([{ installation: { id: installation }, account: { id: third.id } }]);
      const other = await give();
      expect(whose(await at(taker, `account=${third.id}&pageSize=200`))).not.toContain(stranger.name);
      expect(
        await refusalOf(third.administrator.get(`/v1/audit/access?installation=${other.installation}`)),
      ).toEqual(await refusalOf(third.administrator.get('/v1/audit/access?installation=nothing')));
      expect(await at(stranger, `account=${taker.id}`)).toEqual({ items: [] });
    });
  });

  it('shows an account’s own history', async () => {
    const company = await world.company('connect', 'Grand Hotel');
    await ok(company.administrator.patch('/v1/accounts/me', { name: 'Grander Hotel' }));
    const { items } = await history(company.administrator, `accounts/${company.id}`);
    expect(items.map(({ type }: View) => type)).toEqual(['AccountRegistered', 'AccountDetailsChanged']);
  });
});

describe('the dashboard', () => {
  it('counts an account’s shares by side and status', async () => {
    const [one, other] = [await world.company('service', 'One'), await world.company('service', 'Other')];
    const connection = await world.connect(one, other);
    await one.request(connection);
    await other.request(connection);
    const rejected = await other.request(connection);
    await ok(one.administrator.post(`/v1/shares/${rejected}/reject`));
    const { shares, unread } = await ok(one.technician.get('/v1/dashboard'));
    expect(shares.requester).toMatchObject({ requested: 1, rejected: 0 });
    expect(shares.provider).toMatchObject({ 'to-evaluate': 1, rejected: 1 });
    expect(unread).toBe(3);
  });
});

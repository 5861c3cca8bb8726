// What is read of all that happened: histories, who had access when and why, files, figures, and lists page by page.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Member } from './client.ts';
import { type Company, created, ok, refusalOf, until, type View, World } from './world.ts';

let world: World;
let root: Company;
let left: Company;
let right: Company;
let end: Company;
let auditor: Member;
let installation: string;
const shares: Record<'left' | 'right' | 'leftEnd' | 'rightEnd', string> = {
  ...{ left: '', right: '', leftEnd: '', rightEnd: '' },
};

beforeAll(async () => {
  world = await World.begin();
  root = await world.company('service', 'Root');
  left = await world.company('service', 'Left');
  right = await world.company('service', 'Right');
  end = await world.company('service', 'End');
  auditor = await world.member('', 'auditor');
  const site = await root.addSite(1);
  installation = site.installations[0] as string;
  shares.left = await give(root, left, 'installation-manager');
  shares.right = await give(root, right, 'installation-manager');
  shares.leftEnd = await give(left, end, 'on-loan');
  shares.rightEnd = await give(right, end, 'subcontractor');
}, 60_000);

afterAll(() => world.end());

async function give(giver: Company, taker: Company, accessType: string): Promise<string> {
  const connection = await world.connect(giver, taker);
  const approval = { level: 'installation', selection: [installation], accessType } as const;
  const share = await world.give(giver, taker, connection, approval);
  await taker.take(share, await taker.addLocation(await taker.addCustomer()));
  return share;
}

function check(asking: Member, account: Company, action: string): Promise<View> {
  const checks = [{ account: account.id, installation, action }];
  return ok(asking.post('/v1/access/check', { checks })).then(({ results }) => results[0]);
}

const steps = ({ because }: View) => because.map(({ giver, holder }: View) => [giver, holder]);

describe('R-G3: may this account do this, and why', () => {
  it('is told by the path of the strongest grant', async () => {
    const verdict = await check(end.administrator, end, 'give-on-loan');
    expect(verdict.allowed).toBe(true);
    expect(steps(verdict)).toEqual([
      [root.id, right.id],
      [right.id, end.id],
    ]);
  });

  it('is told by the rule that refuses', async () => {
    expect(await check(end.administrator, end, 'give-operator')).toEqual({
      allowed: false,
      because: ['access-type-not-givable'],
    });
  });

  it('is told to a giver as far as it gave: what goes by another way is none of its affair', async () => {
    const verdict = await check(left.administrator, end, 'give-on-loan');
    expect(verdict).toEqual({ allowed: false, because: ['access-type-not-givable'] });
    expect(steps(await check(left.administrator, end, 'read'))).toEqual([
      [root.id, left.id],
      [left.id, end.id],
    ]);
    expect(await check(left.administrator, right, 'read')).toEqual({
      allowed: false,
      because: ['no-access'],
    });
    expect(await check(left.administrator, root, 'read')).toEqual({ allowed: false, because: ['no-access'] });
  });

  it('is told to the root and to an auditor about everyone', async () => {
    for (const asking of [root.administrator, auditor]) {
      expect((await check(asking, end, 'give-on-loan')).allowed).toBe(true);
    }
    expect(await check(auditor, root, 'give-operator')).toEqual({
      allowed: true,
      because: ['registered-by-account'],
    });
  });

  it('is answered for a thousand checks at once, and for no more', async () => {
    const checks = Array.from({ length: 1_000 }, () => ({ account: end.id, installation, action: 'read' }));
    const { results } = await ok(end.administrator.post('/v1/access/check', { checks }));
    expect(results).toHaveLength(1_000);
    const more = { checks: [...checks, checks[0]] };
    expect(await refusalOf(end.administrator.post('/v1/access/check', more))).toEqual({
      status: 400,
      code: 'invalid-request',
    });
  });
});

describe('who has access', () => {
  const holders = ({ items }: View) => items.map(({ account, type }: View) => [account.name, type]);

  it('is listed as far as the one who asks may know', async () => {
    const path = `/v1/access/accounts?installation=${installation}`;
    expect(holders(await ok(root.administrator.get(path)))).toEqual([
      ['Root', 'root'],
      ['Left', 'installation-manager'],
      ['Right', 'installation-manager'],
      ['End', 'subcontractor'],
    ]);
    expect(holders(await ok(left.administrator.get(path)))).toEqual([
      ['Left', 'installation-manager'],
      ['End', 'on-loan'],
    ]);
  });

  it('is listed by account for those it has it from', async () => {
    const path = `/v1/access/installations?account=${end.id}`;
    expect(holders(await ok(left.administrator.get(path)))).toEqual([['End', 'on-loan']]);
    expect((await ok(end.administrator.get('/v1/access/installations'))).items).toHaveLength(1);
  });
});

describe('a history', () => {
  const sentences = ({ items }: View) => items.map(({ sentence }: View) => sentence);

  it('tells in order what happened, when, by whom, under which command and for which cause', async () => {
    const { items } = await ok(root.administrator.get(`/v1/audit/shares/${shares.left}`));
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
    const [asked, approved, started] = items;
    expect(asked).toMatchObject({ revision: 0, actor: { account: { name: 'Left' }, role: 'administrator' } });
    expect(asked.actor).not.toHaveProperty('user');
    expect(approved.actor.user).toBe('dev:administrator');
    expect(started).toMatchObject({ cause: approved.id, correlation: approved.correlation });
    expect(asked.sentence).toMatch(/^Left asked Root for the share /);
  });

  it('is paged', async () => {
    const path = `/v1/audit/shares/${shares.left}?pageSize=4`;
    const revisions: number[] = [];
    let token: string | undefined;
    do {
      const page: View = await ok(root.administrator.get(token ? `${path}&pageToken=${token}` : path));
      revisions.push(...page.items.map(({ revision }: View) => revision));
      token = page.nextPageToken;
    } while (token !== undefined);
    expect(revisions).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('has the state as of any moment', async () => {
    const path = `/v1/audit/shares/${shares.left}`;
    const { items } = await ok(root.administrator.get(path));
    const then = async (time: string) => ok(root.administrator.get(`${path}?asOf=${time}`));
    expect((await then(items[0].time)).state).toMatchObject({ status: 'to-evaluate' });
    expect((await then(items.at(-1).time)).state).toMatchObject({ status: 'processed' });
    expect(await then('2001-01-01T00:00:00Z')).toEqual({ state: { status: 'none' }, items: [], total: 0 });
  });

  it('of an installation is each account’s own part, and the auditor’s whole', async () => {
    const path = `/v1/audit/installations/${installation}`;
    const given = (history: View) =>
      sentences(history).filter((sentence: string) => sentence.includes(' gave '));
    expect(given(await ok(auditor.get(path)))).toHaveLength(4);
    expect(given(await ok(left.administrator.get(path)))).toHaveLength(2);
    expect(given(await ok(end.administrator.get(path)))).toHaveLength(2);
  });

  it('tells a requester nothing of what was left out', async () => {
    const { items } = await ok(left.administrator.get(`/v1/audit/shares/${shares.left}`));
    const collected = items.find(({ type }: View) => type === 'SharePackageBatchCollected');
    expect(collected.data).not.toHaveProperty('leftOut');
  });
});

describe('who had access at a moment, and who authorised it', () => {
  it('is told to an auditor with the person, before and after it ended', async () => {
    const note = { kind: 'note', performedOn: '2026-03-01', summary: 'Before.' };
    await created(end.technician.post(`/v1/installations/${installation}/activities`, note));
    const before = (await world.now()).toISOString();
    await world.advance('PT1H');
    await ok(root.administrator.post(`/v1/shares/${shares.right}/revoke`, {}));
    const path = `/v1/audit/access?installation=${installation}`;
    const holdersAt = async (query: string) => {
      const { items } = await ok(auditor.get(path + query));
      return items.map(({ account, via }: View) => [account.name, via?.name]);
    };
    expect(await holdersAt(`&at=${before}`)).toEqual([
      ['Root', undefined],
      ['Left', 'Root'],
      ['Right', 'Root'],
      ['End', 'Left'],
      ['End', 'Right'],
    ]);
    await until(
      () => holdersAt(''),
      (now) => now.length === 3,
    );
    const { items } = await ok(auditor.get(`${path}&at=${before}`));
    expect(items[3]).toMatchObject({
      shareId: shares.leftEnd,
      authorisedBy: { account: { name: 'Left' }, user: 'dev:administrator', role: 'administrator' },
    });
  });
});

describe('a catalogue file', () => {
  const HEADER = 'reference,customer_name,location_name,location_street,location_city,charge_kg';
  const csv = (body: string, member = right.manager) =>
    member.request('POST', '/v1/catalogue/imports', { body, headers: { 'content-type': 'text/csv' } });
  const finished = (id: string) =>
    until(
      () => right.manager.get(`/v1/catalogue/imports/${id}`).then(({ body }) => body as View),
      ({ status }) => status === 'completed',
    );

  it('is imported but for its bad rows, each told by number, column and reason', async () => {
    const rows = [
      'A1,Ann,Shop,Street 1,Ghent,1.5',
      'A2,Ann,Shop,Street 1,Ghent,much',
      ',Ann,Shop,Street 1,Ghent,',
    ];
    const file = [HEADER, ...rows].join('\n');
    const id = await created(csv(file));
    const report = await finished(id);
    expect(report).toMatchObject({ status: 'completed', rows: 3, imported: 1, failed: 2 });
    expect(report.errors.map(({ row, column, code }: View) => [row, column, code])).toEqual([
      [3, 'charge_kg', 'wrong-type'],
      [4, 'reference', 'required'],
    ]);
    expect(await created(csv(file))).toBe(id);
    const { items } = await ok(right.manager.get('/v1/customers?q=ann'));
    expect(items).toHaveLength(1);
  });

  it('may be JSON lines', async () => {
    const line = {
      reference: 'J1',
      customer_name: 'Jo',
      location_name: 'J',
      location_street: 'S',
      location_city: 'C',
    };
    const sent = { body: JSON.stringify(line), headers: { 'content-type': 'application/x-ndjson' } };
    const id = await created(right.manager.request('POST', '/v1/catalogue/imports', sent));
    expect(await finished(id)).toMatchObject({ rows: 1, imported: 1, errors: [] });
  });

  it('is refused as a whole, and by name, for its header, its form and its size', async () => {
    expect(await refusalOf(csv(`${HEADER},colour\n`))).toEqual({ status: 400, code: 'invalid-header' });
    expect(await refusalOf(csv(`${HEADER}\nB1,"broken`))).toEqual({ status: 400, code: 'malformed-csv' });
    const tooLarge = csv('x'.repeat(64 * 1024 * 1024 + 1));
    expect(await refusalOf(tooLarge)).toEqual({ status: 413, code: 'too-large' });
    const json = right.manager.post('/v1/catalogue/imports', {});
    expect(await refusalOf(json)).toEqual({ status: 415, code: 'unsupported-media-type' });
  });

  it('is one under a key, and another file under the same key is refused', async () => {
    const headers = { 'content-type': 'text/csv', 'idempotency-key': crypto.randomUUID() };
    const send = (body: string) => right.manager.request('POST', '/v1/catalogue/imports', { body, headers });
    const first = await created(send(`${HEADER}\nK1,Kim,K,S,C,`));
    expect(await created(send(`${HEADER}\nK1,Kim,K,S,C,`))).toBe(first);
    expect(await refusalOf(send(`${HEADER}\nK2,Kim,K,S,C,`))).toEqual({
      status: 422,
      code: 'idempotency-key-reused',
    });
  });
});

describe('lists', () => {
  it('come page by page, each thing once, by free text and filter', async () => {
    const customer = await left.addCustomer({ name: 'Pages Ltd' });
    const location = await left.addLocation(customer, { name: 'Warehouse Kälte' });
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) {
      ids.push(await left.addInstallation({ locationId: location, reference: `P-${i}`, brand: 'Zephyr' }));
    }
    await ok(left.administrator.post(`/v1/installations/${ids[4]}/archive`));
    const found: string[] = [];
    let token = '';
    do {
      const query = `q=zeph&customerId=${customer}&archived=false&pageSize=3${token}`;
      const page = await ok(left.administrator.get(`/v1/installations?${query}`));
      expect(page.total).toBe(4);
      found.push(...page.items.map(({ id }: View) => id));
      token = page.nextPageToken && `&pageToken=${page.nextPageToken}`;
    } while (token);
    expect(found).toEqual(ids.slice(0, 4));
    expect((await ok(left.administrator.get('/v1/locations?q=kalte'))).items).toMatchObject([
      { id: location },
    ]);
  });

  it.each([
    '/v1/shares?status=lost',
    '/v1/shares?pageSize=0',
    '/v1/shares?pageToken=made-up',
    '/v1/installations?access=owner',
    '/v1/audit/access',
    '/v1/dashboard?days=0',
  ])('%s is refused', async (path) => {
    expect((await left.administrator.get(path)).status).toBe(400);
  });
});

describe('an account’s figures', () => {
  it('count its shares by role and status, what waits, and which windows close', async () => {
    const figures = await ok(root.administrator.get('/v1/dashboard'));
    expect(figures.shares.provider).toMatchObject({ processed: 1, revoked: 1, 'to-evaluate': 0 });
    expect(figures.closingWindows).toMatchObject([
      { shareId: shares.left, counterparty: { name: 'Left' }, installations: 1 },
    ]);
    expect(figures.series[0].milestones.approved).toMatchObject({ count: 2 });
    const waiting = await left.request(await world.connect(left, right));
    const { waiting: forRight } = await ok(right.administrator.get('/v1/dashboard'));
    expect(forRight[0]).toMatchObject({ status: 'to-evaluate', count: 1, oldest: { shareId: waiting } });
  });
});

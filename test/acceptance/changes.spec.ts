// The stream of changes: in pages, by long polling, and as server-sent events, each as its reader may know it.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Random } from '../crash/service/random.ts';
import { ChangeStream, type StreamedChange } from './change-stream.ts';
import type { Member } from './client.ts';
import { type Company, ok, refusalOf, until, type View, World, withdrawn } from './world.ts';

let world: World;
let giver: Company;
let taker: Company;
let stranger: Company;
let connection: string;
let place: string;

beforeAll(async () => {
  world = await World.begin();
  giver = await world.company('service', 'Frigo North');
  taker = await world.company('service', 'Cold Hands');
  stranger = await world.company('service', 'Nosy');
  connection = await world.connect(giver, taker);
  place = await taker.addLocation(await taker.addCustomer());
});

afterAll(() => world.end());

/** Everything that concerns somebody, page by page, from a cursor on. */
async function everything(member: Member, query = '', from?: string): Promise<View[]> {
  const changes: View[] = [];
  for (let cursor = from; ; ) {
    const at = cursor === undefined ? '' : `&cursor=${cursor}`;
    const { items, nextCursor } = await ok(member.get(`/v1/changes?pageSize=7${at}${query}`));
    changes.push(...items);
    if (items.length === 0) return changes;
    cursor = nextCursor;
  }
}

const typesOf = (changes: readonly View[]) => changes.map(({ type }) => type);
const about = (changes: readonly View[], id: string) => changes.filter(({ subject }) => subject.id === id);

describe('the changes of a share', () => {
  let share: string;
  let installation: string;

  beforeAll(async () => {
    const { installations } = await giver.addSite(1);
    [installation = ''] = installations;
    const approval = {
      level: 'installation',
      selection: installations,
      accessType: 'subcontractor',
    } as const;
    share = await world.give(giver, taker, connection, approval);
    await taker.take(share, place);
    const note = { kind: 'note', performedOn: '2026-02-01', summary: 'Filter cleaned' };
    await ok(taker.technician.post(`/v1/installations/${installation}/activities`, note));
    await ok(giver.administrator.post(`/v1/shares/${share}/revoke`, { reason: 'The job is done.' }));
    await withdrawn(taker, installation);
    await ok(giver.technician.post(`/v1/installations/${installation}/activities`, note));
  });

  it('are sent to both parties, oldest first, each with who did what', async () => {
    for (const party of [giver, taker]) {
      const changes = about(await everything(party.technician), share);
      expect(typesOf(changes)).toEqual([
        'share.requested',
        'share.approved',
        'share.preparation-started',
        'share.available',
        'share.step-confirmed',
        'share.items-placed',
        'share.step-imported',
        'share.processed',
        'share.items-withdrawn',
        'share.revoked',
      ]);
      expect(changes.map(({ time }) => time)).toEqual(changes.map(({ time }) => time).toSorted());
      const [requested, approved] = changes as [View, View];
      expect(requested).toMatchObject({
        subject: { kind: 'share', id: share },
        actor: { account: { id: taker.id, name: 'Cold Hands', kind: 'service' }, role: 'administrator' },
        sentence: expect.stringMatching(/^Cold Hands asked Frigo North for the share “.+”/),
        data: { shareId: share, connectionId: connection },
      });
      expect('user' in requested.actor).toBe(party === taker);
      expect('selection' in approved.data).toBe(party === giver);
      expect(requested).not.toHaveProperty('accounts');
    }
  });

  it('and of its installation go to a holder from when its access began until it ended (R-V5)', async () => {
    expect(typesOf(about(await everything(taker.technician), installation))).toEqual([
      'installation.access-granted',
      'installation.activity-added',
      'installation.access-withdrawn',
    ]);
    expect(typesOf(about(await everything(giver.technician), installation))).toEqual([
      'installation.registered',
      'installation.access-granted',
      'installation.activity-added',
      'installation.access-withdrawn',
      'installation.activity-added',
    ]);
  });

  it('are no more than the audit shows the same party', async () => {
    for (const party of [giver, taker]) {
      const changes = await everything(party.administrator);
      const audited = new Map<string, View>();
      const paths = [`shares/${share}`, `connections/${connection}`, `installations/${installation}`];
      for (const path of [...paths, `accounts/${party.id}`]) {
        const { items } = await ok(party.administrator.get(`/v1/audit/${path}?pageSize=200`));
        for (const entry of items) audited.set(entry.id, entry);
      }
      const subjects = [share, connection, installation, party.id];
      const received = changes.filter(
        ({ subject }) => subject.kind !== 'inbox' && subjects.includes(subject.id),
      );
      expect(received.length).toBeGreaterThanOrEqual(15);
      for (const { id, time, actor, sentence, data } of received) {
        expect(audited.get(id)).toMatchObject({ time, actor, sentence, data });
      }
    }
  });

  it('do not exist for a stranger', async () => {
    const changes = await everything(stranger.administrator);
    expect(typesOf(changes)).toEqual(['account.registered']);
    expect(await everything(stranger.administrator, `&subject=${share}`)).toEqual([]);
  });

  it('can be filtered by subject and by type', async () => {
    const all = await everything(giver.technician);
    expect(await everything(giver.technician, `&subject=${share}`)).toEqual(about(all, share));
    const types = ['share.revoked', 'installation.activity-added'];
    const ofTypes = all.filter(({ type }) => types.includes(type));
    expect(ofTypes.length).toBeGreaterThan(2);
    expect(await everything(giver.technician, `&types=${types.join(',')}`)).toEqual(ofTypes);
    const both = ofTypes.filter(({ subject }) => subject.id === share);
    expect(await everything(giver.technician, `&types=${types.join(',')}&subject=${share}`)).toEqual(both);
  });

  it('are all sent to a service of the platform, with the accounts they concern', async () => {
    const service = await world.member('', 'service');
    const changes = await everything(service, `&subject=${share}`);
    expect(typesOf(changes)).toEqual(typesOf(about(await everything(giver.technician), share)));
    for (const { accounts } of changes) expect(accounts.toSorted()).toEqual([giver.id, taker.id].toSorted());
    const activities = await everything(
      service,
      `&subject=${installation}&types=installation.activity-added`,
    );
    expect(activities.map(({ accounts }) => accounts.toSorted())).toEqual([
      [giver.id, taker.id].toSorted(),
      [giver.id],
    ]);
  });

  it('are all sent to an auditor, as the audit shows them', async () => {
    const [auditor, service] = await Promise.all([world.member('', 'auditor'), world.member('', 'service')]);
    const [toAuditor, toService] = await until(
      () => Promise.all([auditor, service].map((by) => everything(by, `&subject=${share}`))),
      ([one, other]) => one !== undefined && one.length > 2 && one.length === other?.length,
    );
    expect(toAuditor).toEqual(toService);
  });

  it('are limited to companies for an operator, without persons', async () => {
    const operator = await world.member('', 'operator');
    const { nextCursor } = await ok(operator.get('/v1/changes?cursor=now'));
    await giver.addCustomer();
    const { id } = await world.company('connect', 'Newly here');
    const changes = await until(
      () => everything(operator, '', nextCursor),
      (received) => received.length > 0,
    );
    expect(typesOf(changes)).toEqual(['account.registered']);
    expect(changes[0]).toMatchObject({ subject: { kind: 'account', id } });
    expect(changes[0]?.actor).not.toHaveProperty('user');
    expect(await everything(operator, `&subject=${share}`)).toEqual([]);
    expect(await everything(operator, '&types=share.revoked')).toEqual([]);
  });

  it('are those of one account for a service that acts for it', async () => {
    const service = await world.member(taker.id, 'service');
    const changes = await everything(service);
    expect(changes).toEqual(await everything(taker.technician));
  });
});

describe('a page', () => {
  it('continues where the previous one ended, without repetition', async () => {
    const changes = await everything(giver.technician);
    const ids = changes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const { items } = await ok(giver.technician.get('/v1/changes?pageSize=200'));
    expect(changes.slice(0, 200)).toEqual(items);
  });

  it('starts from now with that cursor', async () => {
    const { items, nextCursor } = await ok(giver.technician.get('/v1/changes?cursor=now'));
    expect(items).toEqual([]);
    await giver.addCustomer();
    const after = await everything(giver.technician, '', nextCursor);
    expect(typesOf(after)).toEqual(['customer.added']);
  });

  it('is held until there is a change, and then sent at once', async () => {
    const { nextCursor } = await ok(giver.technician.get('/v1/changes?cursor=now'));
    const waiting = ok(giver.technician.get(`/v1/changes?cursor=${nextCursor}&wait=30`));
    const customer = await giver.addCustomer();
    const { items } = await waiting;
    expect(items).toMatchObject([{ type: 'customer.added', subject: { kind: 'customer', id: customer } }]);
  });

  it('is held no longer than requested, and not answered by others’ changes', async () => {
    const { nextCursor } = await ok(giver.technician.get('/v1/changes?cursor=now'));
    const waiting = ok(giver.technician.get(`/v1/changes?cursor=${nextCursor}&wait=1`));
    await taker.addCustomer();
    expect(await waiting).toMatchObject({ items: [] });
  });
});

describe('a request for changes', () => {
  it.each([
    ['cursor=yesterday', 'invalid-query'],
    ['cursor=c', 'invalid-query'],
    ['cursor=czzzzzzzzzzz', 'invalid-query'],
    ['cursor=czzzzzzzzz', 'invalid-cursor'],
    ['types=share.exploded', 'invalid-query'],
    ['types=', 'invalid-query'],
    ['subject=me', 'invalid-query'],
    ['wait=31', 'invalid-query'],
    ['pageSize=201', 'invalid-query'],
    ['page=2', 'invalid-query'],
  ])('with %s is refused by name', async (query, code) => {
    const refusal = await refusalOf(giver.technician.get(`/v1/changes?${query}`));
    expect(refusal).toEqual({ status: 400, code });
  });

  it('of a technician of no account is refused', async () => {
    const nobody = await world.member('', 'technician');
    expect(await refusalOf(nobody.get('/v1/changes'))).toEqual({ status: 403, code: 'role-not-allowed' });
  });
});

describe('a stream', () => {
  /** Reads so many changes, and closes it. */
  async function take(stream: ChangeStream, count: number): Promise<StreamedChange[]> {
    const received: StreamedChange[] = [];
    for await (const one of stream) {
      received.push(one);
      if (received.length === count) break;
    }
    return received;
  }

  it('sends changes as they happen, each with the cursor after it', async () => {
    const { nextCursor } = await ok(giver.technician.get('/v1/changes?cursor=now'));
    const stream = await ChangeStream.open(giver.technician, `?cursor=${nextCursor}`);
    expect(stream.response.status).toBe(200);
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const taking = take(stream, 1);
    await taker.addCustomer();
    const customer = await giver.addCustomer();
    const [received] = (await taking) as [StreamedChange];
    expect(received.change).toMatchObject({
      type: 'customer.added',
      subject: { kind: 'customer', id: customer },
    });
    const page = await ok(giver.technician.get(`/v1/changes?cursor=${nextCursor}&pageSize=1`));
    expect(page.items).toEqual([received.change]);
    expect(page.nextCursor).toBe(received.id);
  });

  it('has cursors that are consistency tokens', async () => {
    const stream = await ChangeStream.open(taker.technician, '?cursor=now');
    const taking = take(stream, 1);
    const customer = await taker.addCustomer();
    const [{ id }] = (await taking) as [StreamedChange];
    const read = await taker.technician.get(`/v1/customers/${customer}`, { 'consistency-token': id });
    expect(read).toMatchObject({ status: 200, body: { id: customer } });
  });

  it('continues after the last received event', async () => {
    const stream = await ChangeStream.open(giver.technician, '?cursor=now');
    const taking = take(stream, 1);
    await giver.addCustomer();
    const [{ id }] = (await taking) as [StreamedChange];
    const customers = [await giver.addCustomer(), await giver.addCustomer()];
    const again = await ChangeStream.open(giver.technician, '?cursor=now', id);
    const received = await take(again, 2);
    expect(received.map(({ change }) => change.subject.id)).toEqual(customers);
  });

  it('with an invalid Last-Event-ID is refused', async () => {
    const headers = { accept: 'text/event-stream', 'last-event-id': 'yesterday' };
    expect(await refusalOf(giver.technician.get('/v1/changes', headers))).toEqual({
      status: 400,
      code: 'invalid-cursor',
    });
  });

  it('is not opened by HEAD', async () => {
    const headers = { accept: 'text/event-stream' };
    const answer = await giver.technician.open('HEAD', '/v1/changes', { headers });
    expect(answer.status).toBe(200);
  });
});

describe('a listener', () => {
  const random = new Random(Number(process.env.FAILURE_SEED ?? 1));

  /** Follows changes until the last one, each time in another way, and is cut off at random. */
  async function follow(member: Member, from: string, last: Promise<string>): Promise<string[]> {
    const heard: string[] = [];
    let cursor = from;
    let end: string | undefined;
    void last.then((id) => {
      end = id;
    });
    while (end === undefined || !heard.includes(end)) {
      if (random.chance(0.5)) {
        const wait = random.between(0, 1);
        const query = `?cursor=${cursor}&pageSize=${random.between(1, 5)}&wait=${wait}`;
        const { items, nextCursor } = await ok(member.request('GET', `/v1/changes${query}`));
        heard.push(...items.map(({ id }: View) => id));
        cursor = nextCursor;
      } else {
        const stream = await ChangeStream.open(member, '', cursor);
        const cut = setTimeout(() => stream.close(), random.between(0, 200));
        const most = random.between(1, 12);
        let taken = 0;
        for await (const { id, change } of stream) {
          heard.push(change.id);
          cursor = id;
          taken += 1;
          if (taken === most) break;
        }
        clearTimeout(cut);
      }
    }
    return heard;
  }

  it('receives every change exactly once, however often it is disconnected', async () => {
    const { nextCursor: from } = await ok(giver.technician.get('/v1/changes?cursor=now'));
    const last = Promise.withResolvers<string>();
    const parties = [giver, giver, taker];
    const heard = parties.map((party) => follow(party.technician, from, last.promise));
    for (let round = 0; round < 12; round += 1) {
      await Promise.all([giver.addCustomer(), taker.addCustomer()]);
      if (round % 3 === 0) await taker.request(connection);
    }
    const share = await taker.request(connection);
    const received = about(await everything(giver.technician, '', from), share);
    last.resolve(received[0]?.id);
    for (const [index, party] of parties.entries()) {
      const all = await everything(party.technician, '', from);
      const ids = all.map(({ id }) => id);
      expect(await heard[index]).toEqual(ids.slice(0, ids.indexOf(received[0]?.id) + 1));
    }
  });
});

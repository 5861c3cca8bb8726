// What callers are told while something is gone, and what is true once it is back.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, Consistency, Member } from '../acceptance/client.ts';
import { FrailCluster } from './frail-cluster.ts';

/** For its turn 10 s, for the event store 10 s, and 5 s for the last answer. */
const LONGEST_WAIT_MS = 25_000;
/** More than are let in. */
const CROWD = 2_500;
/** How much longer than to say that it lives may a service take, with all a crowd asks for, on any machine. */
const WORK = 20;

describe('a cluster', () => {
  let cluster: FrailCluster;
  let account: string;
  /** The same person, at either service. */
  let members: [Member, Member];
  let consistency: Consistency;

  beforeAll(async () => {
    cluster = await FrailCluster.withHabits();
    const address = { url: await cluster.url() };
    const operator = await Member.signIn(address, '', ['operator'], new Consistency());
    const company = {
      name: 'Cool Foods',
      vatNumber: 'BE0123456789',
      street: 'Quay 1',
      postalCode: '2000',
      city: 'Antwerp',
      country: 'BE',
    };
    const registered = await operator.post('/v1/accounts', { kind: 'service', name: 'Cool Foods', company });
    account = registered.body.id;
    await takeToken();
  });

  afterEach(() => cluster.heal());
  afterAll(() => cluster.dispose());

  /** Where the services are to be found may change. */
  async function takeToken(): Promise<void> {
    consistency = new Consistency();
    const at = async (service: number) => {
      const program = await cluster.services[service]?.running();
      return Member.signIn({ url: program?.said ?? '' }, account, ['administrator'], consistency);
    };
    members = [await at(0), await at(1)];
  }

  const address = { street: 'Quay 1', postalCode: '2000', city: 'Antwerp', country: 'BE' };

  const add = (member: Member, key: string = randomUUID()) =>
    member.post('/v1/customers', { name: 'Harbour', address }, { 'idempotency-key': key });

  /** How long this machine takes to answer a whole crowd, in milliseconds. */
  async function answering(ask: () => Promise<Answer>): Promise<number> {
    const began = performance.now();
    await Promise.all(Array.from({ length: CROWD }, ask));
    return performance.now() - began;
  }

  const written = () => once(cluster.events.log, 'written');

  const toldOf = ({ status, body, headers }: Answer) => ({
    status,
    code: body.code,
    retryAfter: headers.get('retry-after'),
  });

  /** Resolves with the first answer that is as asked for. */
  async function until(ask: () => Promise<Answer>, status: number): Promise<Answer> {
    for (;;) {
      const answer = await ask();
      if (answer.status === status) return answer;
    }
  }

  async function worker(index: number): Promise<Member> {
    const program = await cluster.workers[index]?.running();
    return new Member({ url: `http://127.0.0.1:${program?.said}` }, '', undefined, new Consistency());
  }

  /** Asks both services again; both must say the same, and the log have it once. */
  async function isTrue(key: string): Promise<Answer> {
    const [first, second] = [await add(members[1], key), await add(members[0], key)];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    const effects = cluster.events.log.records.filter(({ metadata }) => Buffer.from(metadata).includes(key));
    expect(effects.map(({ stream }) => stream)).toEqual([`customer-${first.body.id}`]);
    return first;
  }

  describe('without its event store', () => {
    const GONE = { status: 503, code: 'event-store-unavailable', retryAfter: '1' };

    it('says so of a command that had taken effect and of one that had not, and later the truth', async () => {
      const [done, lost] = [randomUUID(), randomUUID()];
      const shown = await add(members[0]);
      const view = `/v1/customers/${shown.body.id}`;
      expect((await members[1].get(view)).status).toBe(200);
      cluster.events.faults.plan({ when: 'after', how: 'silence' });
      const beginning = written();
      const asking = [add(members[0], done)];
      await beginning;
      for (const link of cluster.links) link.refuse();
      asking.push(add(members[0], lost));
      const ready = members[1].get('/health/ready');
      expect((await members[1].get(view)).status).toBe(200);
      for (const answer of await Promise.all([...asking, ready])) expect(toldOf(answer)).toEqual(GONE);

      await cluster.heal();
      expect((await isTrue(done)).headers.get('idempotent-replayed')).toBe('true');
      expect((await isTrue(lost)).headers.get('idempotent-replayed')).toBeNull();
      expect((await members[1].get('/health/ready')).status).toBe(200);
    });

    it('lets no request wait for long, not even behind others, and accepts no more than it can hold', async () => {
      const { body } = await add(members[0]);
      for (const link of cluster.links) link.silence();
      const limit = LONGEST_WAIT_MS + WORK * (await answering(() => members[0].get('/health/live')));
      const asked = performance.now();
      const rename = () => members[0].patch(`/v1/customers/${body.id}`, { name: 'Quayside' });
      const behind = Array.from({ length: 20 }, rename);
      const crowd = Array.from({ length: CROWD }, () => add(members[0]));
      const codes = await Promise.all([...behind, ...crowd].map(async (answer) => toldOf(await answer)));
      expect(performance.now() - asked).toBeLessThan(limit);
      for (const { status, retryAfter } of codes) expect([status, retryAfter]).toEqual([503, '1']);
      const count = Map.groupBy(codes, ({ code }) => code);
      expect(count.get('event-store-unavailable')?.length).toBeGreaterThan(0);
      expect(count.get('contended')?.length).toBeGreaterThan(0);

      await cluster.heal();
      await isTrue(randomUUID());
    });
  });

  it('answers a command although the leader dies between its effect and its answer', async () => {
    const key = randomUUID();
    const former = cluster.events.leader;
    cluster.events.faults.plan({ when: 'after', how: 'cut' });
    const beginning = written();
    const asking = add(members[0], key);
    await beginning;
    cluster.events.moveLeader();
    await former.stop();
    expect((await asking).status).toBe(201);
    const others = await Promise.all(members.map((member) => add(member)));
    expect(others.map(({ status }) => status)).toEqual([201, 201]);
    expect((await isTrue(key)).headers.get('idempotent-replayed')).toBe('true');
    await former.start();
  });

  describe('without its view store', () => {
    const GONE = { status: 503, code: 'view-store-unavailable', retryAfter: '1' };

    it.each([
      ['that is shut down', () => cluster.views.stop(), () => cluster.views.start()],
      [
        'that nothing is heard of',
        async () => cluster.views.decide(() => ({ kind: 'silence', takesEffect: false })),
        () => cluster.heal(),
      ],
    ])('%s takes commands, says so to readers, and shows all afterwards', async (_, lose, find) => {
      await lose();
      const added = await add(members[0]);
      expect(added.status).toBe(201);
      const shown = `/v1/customers/${added.body.id}`;
      const gone = [members[0].get(shown), members[1].get('/v1/customers'), members[0].get('/health/ready')];
      for (const answer of await Promise.all(gone)) expect(toldOf(answer)).toEqual(GONE);
      for (const index of [0, 1]) {
        const standing = await worker(index);
        await until(() => standing.get('/health/ready'), 503);
      }
      expect((await add(members[1])).status).toBe(201);

      await find();
      expect((await until(() => members[1].get(shown), 200)).body.id).toBe(added.body.id);
      expect((await members[0].get('/health/ready')).status).toBe(200);
      for (const index of [0, 1]) {
        const standing = await worker(index);
        await until(() => standing.get('/health/ready'), 200);
      }
    });

    it('takes no more readers than it can keep', async () => {
      cluster.views.decide(() => ({ kind: 'silence', takesEffect: false }));
      const limit = LONGEST_WAIT_MS + WORK * (await answering(() => members[0].get('/health/live')));
      const asked = performance.now();
      const crowd = Array.from({ length: CROWD }, () => members[0].get('/v1/customers'));
      const codes = await Promise.all(crowd.map(async (answer) => toldOf(await answer)));
      expect(performance.now() - asked).toBeLessThan(limit);
      for (const { status, retryAfter } of codes) expect([status, retryAfter]).toEqual([503, '1']);
      const count = Map.groupBy(codes, ({ code }) => code);
      expect(count.get('overloaded')?.length).toBeGreaterThan(0);
      expect(count.get('view-store-unavailable')?.length).toBeGreaterThan(0);
    });
  });

  it('answers at the other service what one had done when it was killed before it could answer', async () => {
    const key = randomUUID();
    cluster.events.faults.plan({ when: 'after', how: 'silence' });
    const beginning = written();
    const asking = add(members[0], key);
    await beginning;
    const crashing = cluster.services[0]?.crash();
    await expect(asking).rejects.toThrow();
    const answer = await add(members[1], key);
    expect([answer.status, answer.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
    await crashing;
    await takeToken();
    expect((await isTrue(key)).body).toEqual(answer.body);
  });
});

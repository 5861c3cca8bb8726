// The answers to callers while a store or program is unavailable, and the state once it is back.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, Consistency, Member } from '../acceptance/client.ts';
import { FaultyCluster } from './faulty-cluster.ts';

/** 10 s in the queue, 10 s for the event store, and 5 s for the last answer. */
const MAX_WAIT_MS = 25_000;
/** So few that any machine sends more of them before the first is answered. */
const REQUESTS_UNDER_WAY = 200;
/** More than a service accepts. */
const CONCURRENT_REQUESTS = 300;
/** The limit for concurrent requests that do work, as a multiple of the time for as many liveness checks. */
const WORK_FACTOR = 20;
const POLL_INTERVAL_MS = 25;

describe('a cluster', () => {
  let cluster: FaultyCluster;
  let account: string;
  /** The same user, at each service. */
  let members: [Member, Member];
  let consistency: Consistency;

  beforeAll(async () => {
    cluster = await FaultyCluster.withQuirks({}, { REQUESTS_UNDER_WAY: `${REQUESTS_UNDER_WAY}` });
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

  /** The services' URLs change with each restart. */
  async function takeToken(): Promise<void> {
    consistency = new Consistency();
    const at = async (service: number) => {
      const program = await cluster.services[service]?.running();
      return Member.signIn({ url: program?.readyOutput ?? '' }, account, ['administrator'], consistency);
    };
    members = [await at(0), await at(1)];
  }

  const address = { street: 'Quay 1', postalCode: '2000', city: 'Antwerp', country: 'BE' };

  const add = (member: Member, key: string = randomUUID()) =>
    member.post('/v1/customers', { name: 'Harbour', address }, { 'idempotency-key': key });

  /** How long this machine takes to answer that many liveness checks, in milliseconds. */
  async function timeOfRequests(ask: () => Promise<Answer>): Promise<number> {
    const began = performance.now();
    await Promise.all(Array.from({ length: CONCURRENT_REQUESTS }, () => connected(ask)));
    return performance.now() - began;
  }

  /** Asks again where the service had just closed the connection, idle since former requests. */
  async function connected(ask: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if ((error as Error).message !== 'fetch failed') throw error;
      }
    }
  }

  const written = () => once(cluster.events.log, 'written');

  const problemOf = ({ status, body, headers }: Answer) => ({
    status,
    code: body.code,
    retryAfter: headers.get('retry-after'),
  });

  /** Resolves with the first answer that fulfils the condition. */
  async function until<Answer extends { readonly status: number }>(
    ask: () => Promise<Answer>,
    status: number,
  ): Promise<Answer> {
    for (;;) {
      const answer = await ask();
      if (answer.status === status) return answer;
      await pause(POLL_INTERVAL_MS);
    }
  }

  /** Resolves once the worker says that it is ready, or that it is not. */
  async function readiness(index: number, status: number): Promise<void> {
    const program = await cluster.workers[index]?.running();
    const ask = async () => {
      const answer = await fetch(`http://127.0.0.1:${program?.readyOutput}/health/ready`);
      await answer.body?.cancel();
      return answer;
    };
    await until(ask, status);
  }

  /** Repeats the command at both services: the answers must be equal, and the log must hold it once. */
  async function repeatAtBoth(key: string): Promise<Answer> {
    const [first, second] = [await add(members[1], key), await add(members[0], key)];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    const effects = cluster.events.log.records.filter(({ metadata }) => Buffer.from(metadata).includes(key));
    expect(effects.map(({ stream }) => stream)).toEqual([`customer-${first.body.id}`]);
    return first;
  }

  describe('without its event store', () => {
    const UNAVAILABLE = { status: 503, code: 'event-store-unavailable', retryAfter: '1' };

    it('answers 503 to a command whether or not it took effect, and its repetition with the outcome', async () => {
      const [done, lost] = [randomUUID(), randomUUID()];
      const shown = await add(members[0]);
      const view = `/v1/customers/${shown.body.id}`;
      expect((await members[1].get(view)).status).toBe(200);
      cluster.events.faults.plan({ when: 'after', how: 'silence' });
      const nextWrite = written();
      const pending = [add(members[0], done)];
      await nextWrite;
      for (const link of cluster.links) link.refuse();
      pending.push(add(members[0], lost));
      const ready = members[1].get('/health/ready');
      expect((await members[1].get(view)).status).toBe(200);
      for (const answer of await Promise.all([...pending, ready]))
        expect(problemOf(answer)).toEqual(UNAVAILABLE);

      await cluster.heal();
      expect((await repeatAtBoth(done)).headers.get('idempotent-replayed')).toBe('true');
      expect((await repeatAtBoth(lost)).headers.get('idempotent-replayed')).toBeNull();
      expect((await members[1].get('/health/ready')).status).toBe(200);
    });

    it('limits how long a request waits, also in a queue, and how many are accepted', async () => {
      const { body } = await add(members[0]);
      for (const link of cluster.links) link.silence();
      const limit = MAX_WAIT_MS + WORK_FACTOR * (await timeOfRequests(() => members[0].get('/health/live')));
      const asked = performance.now();
      const rename = () => members[0].patch(`/v1/customers/${body.id}`, { name: 'Quayside' });
      const queued = Array.from({ length: 20 }, rename);
      const requests = Array.from({ length: CONCURRENT_REQUESTS }, () => add(members[0]));
      const codes = await Promise.all(
        [...queued, ...requests].map(async (answer) => problemOf(await answer)),
      );
      expect(performance.now() - asked).toBeLessThan(limit);
      for (const { status, retryAfter } of codes) expect([status, retryAfter]).toEqual([503, '1']);
      const count = Map.groupBy(codes, ({ code }) => code);
      expect(count.get('event-store-unavailable')?.length).toBeGreaterThan(0);
      expect(count.get('contended')?.length).toBeGreaterThan(0);

      await cluster.heal();
      await repeatAtBoth(randomUUID());
    });
  });

  it('answers a command although the leader dies between its effect and its answer', async () => {
    const key = randomUUID();
    const former = cluster.events.leader;
    cluster.events.faults.plan({ when: 'after', how: 'cut' });
    const nextWrite = written();
    const pending = add(members[0], key);
    await nextWrite;
    cluster.events.moveLeader();
    await former.stop();
    expect((await pending).status).toBe(201);
    const others = await Promise.all(members.map((member) => add(member)));
    expect(others.map(({ status }) => status)).toEqual([201, 201]);
    expect((await repeatAtBoth(key)).headers.get('idempotent-replayed')).toBe('true');
    await former.start();
  });

  describe('without its view store', () => {
    const UNAVAILABLE = { status: 503, code: 'view-store-unavailable', retryAfter: '1' };

    it.each([
      ['that is shut down', () => cluster.views.stop(), () => cluster.views.start()],
      [
        'that does not answer',
        async () => cluster.views.decide(() => ({ kind: 'silence', takesEffect: false })),
        () => cluster.heal(),
      ],
    ])(
      '%s accepts commands, answers 503 to reads, and shows everything afterwards',
      async (_, lose, find) => {
        await lose();
        const added = await add(members[0]);
        expect(added.status).toBe(201);
        const shown = `/v1/customers/${added.body.id}`;
        const gone = [
          members[0].get(shown),
          members[1].get('/v1/customers'),
          members[0].get('/health/ready'),
        ];
        for (const answer of await Promise.all(gone)) expect(problemOf(answer)).toEqual(UNAVAILABLE);
        for (const index of [0, 1]) await readiness(index, 503);
        expect((await add(members[1])).status).toBe(201);

        await find();
        expect((await until(() => members[1].get(shown), 200)).body.id).toBe(added.body.id);
        expect((await members[0].get('/health/ready')).status).toBe(200);
        for (const index of [0, 1]) await readiness(index, 200);
      },
    );

    it('limits how many reads are accepted', async () => {
      cluster.views.decide(() => ({ kind: 'silence', takesEffect: false }));
      const limit = MAX_WAIT_MS + WORK_FACTOR * (await timeOfRequests(() => members[0].get('/health/live')));
      const asked = performance.now();
      const requests = Array.from({ length: CONCURRENT_REQUESTS }, () =>
        connected(() => members[0].get('/v1/customers')),
      );
      const codes = await Promise.all(requests.map(async (answer) => problemOf(await answer)));
      expect(performance.now() - asked).toBeLessThan(limit);
      for (const { status, retryAfter } of codes) expect([status, retryAfter]).toEqual([503, '1']);
      const count = Map.groupBy(codes, ({ code }) => code);
      expect(count.get('overloaded')?.length).toBeGreaterThan(0);
      expect(count.get('view-store-unavailable')?.length).toBeGreaterThan(0);
    });
  });

  it('answers a command at the other service when the first was killed between its effect and its answer', async () => {
    const key = randomUUID();
    cluster.events.faults.plan({ when: 'after', how: 'silence' });
    const nextWrite = written();
    const pending = add(members[0], key);
    await nextWrite;
    const crashing = cluster.services[0]?.crash();
    await expect(pending).rejects.toThrow();
    const answer = await add(members[1], key);
    expect([answer.status, answer.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
    await crashing;
    await takeToken();
    expect((await repeatAtBoth(key)).body).toEqual(answer.body);
  });
});

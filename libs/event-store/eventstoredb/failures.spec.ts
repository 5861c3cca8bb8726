import { once } from 'node:events';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { v7 } from 'uuid';
import {
  type AppendResult,
  EventStoreUnavailable,
  type NewEvent,
  type Position,
  type RecordedEvent,
  type Revision,
  START,
} from '#event-store';
import { Random } from '../../../test/crash/service/random.ts';
import {
  APPEND_FAULTS,
  type AppendFault,
  drawQuirks,
  EventStoreDb,
  type Quirks,
  READ_FAULTS,
} from '../../../test/servers/eventstoredb/index.ts';
import { TcpProxy } from '../../../test/servers/tcp-proxy.ts';
import { Connection } from './connection.ts';
import { EventStoreDbEventStore } from './index.ts';
import { follow } from './subscription.ts';

/** Far more than the limits set here, also on a busy machine, and far less than a driver waits by itself. */
const IN_TIME_MS = 20_000;

/** A server says after 2,000 ms that it has dropped an append. */
const LONG_BEFORE_MS = 500;

/** The client pings the server this often, and waits as long for the answer. */
const PING_MS = 10_000;

/** Asks until there is an answer: on a busy machine a short time limit may pass though nothing fails. */
async function eventually<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof EventStoreUnavailable)) throw error;
    }
  }
}

const event = (data = {}): NewEvent => ({ id: v7(), type: 'Happened', data, metadata: {} });
const events = (count: number) => Array.from({ length: count }, (_, n) => event({ n }));
/** Nothing of this thread is done meanwhile. */
const standStill = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
const idsOf = (some: readonly { readonly id: string }[]) => some.map(({ id }) => id);

describe('EventStoreDbEventStore', () => {
  let db: EventStoreDb;
  let proxy: TcpProxy;
  let store: EventStoreDbEventStore;

  async function start(nodes = 1, answerMs = 200, patienceMs = 60_000, quirks: Quirks = {}): Promise<void> {
    db = await EventStoreDb.start({ nodes, ...quirks });
    proxy = await TcpProxy.start(db.leader.ownPort);
    db.leader.advertise(proxy.port);
    store = new EventStoreDbEventStore({ url: db.url, answerMs, patienceMs });
  }

  beforeEach(() => start());
  afterEach(async () => {
    await proxy.heal();
    await store.close();
    await proxy.close();
    await db.close();
  });

  /** Starts anew with other settings. */
  async function startAgain(...settings: Parameters<typeof start>): Promise<void> {
    await store.close();
    await proxy.close();
    await db.close();
    await start(...settings);
  }

  describe('an append', () => {
    it.each<AppendFault>([
      { when: 'before', how: 'cut' },
      { when: 'after', how: 'cut' },
      { when: 'before', how: 'silence' },
      { when: 'after', how: 'silence' },
      { when: 'before', how: 'not-ready' },
      { when: 'before', how: 'timeout' },
      { when: 'after', how: 'timeout' },
      { when: 'before', how: 'busy' },
      { when: 'after', how: 'busy' },
      { when: 'before', how: 'reset' },
      { when: 'after', how: 'reset' },
      { when: 'after', how: 'leader-lost' },
    ])('is made once, and answered, when it fails %j', async (fault) => {
      // What has been written is found there before anybody needs to ask again.
      const found = fault.when === 'after' && fault.how === 'silence';
      if (found) await startAgain(1, IN_TIME_MS, 3 * IN_TIME_MS);
      const [first, second] = [events(2), events(3)];
      await store.append('thing-1', first, 'none');
      db.faults.plan(fault, fault);
      const result = await store.append('thing-1', second, 1 as Revision);
      expect(result).toMatchObject({ revision: 4, duplicate: false });
      expect(db.faults.left).toBe(found ? 1 : 0);
      db.faults.clear();
      const read = await store.readStream('thing-1');
      expect(idsOf(read)).toEqual(idsOf([...first, ...second]));
      expect(read.at(-1)?.position).toBe(result.position);
    });

    it('is known again by its ids when others went on after its answer was lost', async () => {
      const batch = events(2);
      db.faults.plan({ when: 'after', how: 'silence' });
      const appending = store.append('thing-1', batch, 'any');
      const other = new EventStoreDbEventStore({ url: db.url });
      let waiting = true;
      while (waiting) {
        waiting = (await other.readStream('thing-1')).length === 0;
      }
      await other.append('thing-1', events(1), 1 as Revision);
      await other.close();
      expect(await appending).toMatchObject({ revision: 1 });
      expect((await store.readStream('thing-1')).map(({ id }) => id).slice(0, 2)).toEqual(idsOf(batch));
      expect(await store.readStream('thing-1')).toHaveLength(3);
    });

    it('is said to be unavailable when no answer comes, in time, whether it took effect or not', async () => {
      await startAgain(1, 90, 1_000);
      const first = events(1);
      await eventually(() => store.append('thing-1', first, 'none'));
      for (const when of ['before', 'after'] as const) {
        db.faults.plan(...Array<AppendFault>(20).fill({ when, how: 'silence' }));
        const before = performance.now();
        const batch = events(1);
        const { length } = await eventually(() => store.readStream('thing-1'));
        await expect(store.append('thing-1', batch, (length - 1) as Revision)).rejects.toThrow(
          EventStoreUnavailable,
        );
        expect(performance.now() - before).toBeLessThan(IN_TIME_MS);
        db.faults.clear();
        const again = await eventually(() => store.append('thing-1', batch, (length - 1) as Revision));
        expect(again.revision).toBe(length);
      }
      expect(await eventually(() => store.readStream('thing-1'))).toHaveLength(3);
    });

    it('is refused when too many wait for an answer', async () => {
      const busy = new EventStoreDbEventStore({ url: db.url, maxUnderWay: 3, answerMs: 200, patienceMs: 0 });
      await eventually(() => busy.head());
      proxy.silence();
      const appends = await Promise.allSettled(
        Array.from({ length: 5 }, (_, n) => busy.readStream(`thing-${n}`)),
      );
      const reasons = appends.map((one) => (one.status === 'rejected' ? String(one.reason.message) : ''));
      expect(reasons.filter((reason) => reason.includes('under way already'))).toHaveLength(2);
      await busy.close();
    });
  });

  describe('appends at the same time', () => {
    const COUNT = 50;
    const streams = Array.from({ length: COUNT }, (_, n) => `thing-${n}`);
    const appendAll = () => Promise.all(streams.map((stream) => store.append(stream, events(1), 'none')));
    /** Each was made, and only once. */
    const madeOnce = async (results: readonly AppendResult[]) => {
      for (const result of results) expect(result).toMatchObject({ revision: 0, duplicate: false });
      expect(await store.readAll()).toHaveLength(results.length);
    };

    it('go over one stream, which stays for those that follow', async () => {
      await startAgain(1, 60_000, 60_000);
      await madeOnce(await appendAll());
      await store.append('thing-0', events(1), 0 as Revision);
      expect(db.asked).toMatchObject({ appends: COUNT + 1, inBatches: COUNT + 1, batches: 1 });
    });

    it('each get its result, whichever is answered first', async () => {
      await startAgain(1, 60_000, 60_000, { replicationMs: 5, answersInReverse: true });
      const first = await appendAll();
      const [good, late] = [streams.slice(0, 20), streams.slice(20)];
      const outcomes = await Promise.allSettled([
        ...good.map((stream) => store.append(stream, events(2), 0 as Revision)),
        ...late.map((stream) => store.append(stream, events(1), 5 as Revision)),
      ]);
      for (const [n, outcome] of outcomes.entries()) {
        if (n < good.length) expect(outcome).toMatchObject({ value: { revision: 2, duplicate: false } });
        else expect(outcome).toMatchObject({ reason: { stream: streams[n], expected: 5, actual: 0 } });
      }
      expect(db.asked.inBatches).toBe(db.asked.appends);
      expect(first).toHaveLength(COUNT);
    });

    it.each<AppendFault>([
      { when: 'before', how: 'cut' },
      { when: 'after', how: 'cut' },
      { when: 'after', how: 'reset' },
      { when: 'after', how: 'leader-lost' },
    ])('are asked for one by one when their stream breaks %j', async (fault) => {
      await startAgain(2, 60_000, 60_000);
      await store.head();
      db.faults.plan(...Array<undefined>(COUNT / 2), fault);
      await madeOnce(await appendAll());
      expect(db.asked.appends - db.asked.inBatches).toBeGreaterThan(0);
      const { batches } = db.asked;
      await store.append('thing-0', events(1), 0 as Revision);
      expect(db.asked.batches).toBe(batches + 1);
    });

    it('are made when another node has become the leader, which ends their stream', async () => {
      await startAgain(2, 60_000, 60_000);
      await store.append('thing-x', events(1), 'none');
      db.moveLeader();
      const results = await appendAll();
      db.moveLeader();
      const more = streams.map((stream) => store.append(stream, events(1), 0 as Revision));
      for (const result of await Promise.all(more)) expect(result).toMatchObject({ revision: 1 });
      for (const result of results) expect(result).toMatchObject({ revision: 0, duplicate: false });
      expect(await store.readAll()).toHaveLength(2 * COUNT + 1);
    });

    it('do not wait for one that is never answered, which then has a call of its own, and they a new stream', async () => {
      await startAgain(1, 3_000, 60_000);
      await store.append('thing-x', events(1), 'none');
      db.faults.plan({ when: 'before', how: 'silence' });
      let waits = true;
      const silenced = store.append('thing-y', events(1), 'none').finally(() => {
        waits = false;
      });
      await store.append('thing-0', events(1), 'none');
      expect(waits).toBe(true);
      expect(await silenced).toMatchObject({ revision: 0, duplicate: false });
      await store.append('thing-z', events(1), 'none');
      expect(db.asked).toMatchObject({ appends: 5, inBatches: 4, batches: 2 });
    });

    it('wait for a connection that takes no more, and are then written', async () => {
      await startAgain(1, 60_000, 60_000);
      await store.head();
      const large = () => [event({ text: 'x'.repeat(100_000) })];
      proxy.silence();
      const appending = Promise.all(streams.map((stream) => store.append(stream, large(), 'none')));
      for (let turn = 0; turn < 20; turn++) await nextTurn();
      expect(db.asked.appends).toBeLessThan(COUNT);
      await proxy.heal();
      await madeOnce(await appending);
      expect(db.asked).toMatchObject({ appends: COUNT, inBatches: COUNT, batches: 1 });
    });

    it('have calls of their own where they are large', async () => {
      const large = [event({ text: 'x'.repeat(300_000) })];
      expect(await store.append('thing-1', large, 'none')).toMatchObject({ revision: 0 });
      expect(db.asked).toMatchObject({ appends: 1, inBatches: 0 });
    });
  });

  describe('the same append twice at the same time', () => {
    /** The server never says that it has dropped the second one. */
    const silent = { replicationMs: 5, commitTimeoutMs: 3_600_000 };
    const madeOnce = async (results: readonly AppendResult[]) => {
      for (const result of results)
        expect(result).toMatchObject({ revision: 3, position: results[0]?.position });
      expect(await store.readStream('thing-1')).toHaveLength(4);
    };

    it('is one call of one process', async () => {
      await startAgain(1, 60_000, 60_000, silent);
      await store.append('thing-1', events(2), 'none');
      const batch = events(2);
      const { appends } = db.asked;
      const twins = Array.from({ length: 5 }, () => store.append('thing-1', batch, 1 as Revision));
      const others = Array.from({ length: 3 }, () => store.append('thing-1', batch, 'any'));
      const results = await Promise.all([...twins, ...others]);
      await madeOnce(results);
      expect(results.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
      expect(db.asked.appends).toBe(appends + 1);
    });

    it('fails as a whole where it fails, and is retried afterwards', async () => {
      const batch = events(2);
      const twins = [1, 2].map(() => store.append('thing-1', batch, 4 as Revision));
      for (const outcome of await Promise.allSettled(twins)) {
        expect(outcome).toMatchObject({ reason: { name: 'WrongExpectedRevision', actual: 'none' } });
      }
      expect(await store.append('thing-1', batch, 'none')).toMatchObject({ revision: 1, duplicate: false });
    });

    it('is found in its stream by the process whose call the server has dropped', async () => {
      await startAgain(1, 60_000, 60_000, silent);
      await store.append('thing-1', events(2), 'none');
      const batch = events(2);
      const other = new EventStoreDbEventStore({ url: db.url, answerMs: 60_000 });
      await other.head();
      await madeOnce(
        await Promise.all([store, other].map((each) => each.append('thing-1', batch, 1 as Revision))),
      );
      await other.close();
    });

    it('is found there long before the server would say that it has dropped it', async () => {
      await startAgain(1, 60_000, 60_000, { ...silent, replicationMs: 50 });
      const other = new EventStoreDbEventStore({ url: db.url, answerMs: 60_000 });
      let quickest = Number.POSITIVE_INFINITY;
      let last: Revision | 'none' = 'none';
      // A busy machine may take its time at many.
      for (let round = 0; round < 50 && quickest >= LONG_BEFORE_MS; round++) {
        const batch = events(1);
        const before = performance.now();
        const [result] = await Promise.all([store, other].map((each) => each.append('thing-1', batch, last)));
        quickest = Math.min(quickest, performance.now() - before);
        last = (result as AppendResult).revision;
      }
      expect(quickest).toBeLessThan(LONG_BEFORE_MS);
      await other.close();
    });

    it('is asked again where it went with the leader that had it', async () => {
      await startAgain(2, 200, 10_000, { replicationMs: 50 });
      await store.append('thing-1', events(2), 'none');
      const written = once(db.log, 'written');
      const appending = store.append('thing-1', events(2), 1 as Revision);
      await written;
      db.loseLeader({ truncates: true });
      await madeOnce([await appending]);
    });
  });

  describe('a server with too much to do', () => {
    it('is asked again until it answers', async () => {
      await store.append('thing-1', events(1), 'none');
      db.faults.planReads('busy', 'busy');
      expect(await store.readStream('thing-1')).toHaveLength(1);
      db.faults.planReads('busy');
      expect(await store.readAll()).toHaveLength(1);
      db.faults.plan({ when: 'before', how: 'busy' }, { when: 'after', how: 'busy' });
      expect(await store.append('thing-1', events(1), 0 as Revision)).toMatchObject({ revision: 1 });
      expect(db.faults.left).toBe(0);
    });

    it('is unavailable where it stays so', async () => {
      await startAgain(1, 100, 200, { maxCalls: 0 });
      const calls = [store.append('thing-1', events(1), 'none'), store.readStream('thing-1'), store.head()];
      for (const outcome of await Promise.allSettled(calls)) {
        expect(outcome).toMatchObject({ reason: expect.any(EventStoreUnavailable) });
        expect(outcome).toMatchObject({ reason: { message: expect.stringContaining('too much to do') } });
      }
    });

    it('serves many at once all the same, one after the other', async () => {
      await startAgain(1, 2_000, 20_000, { maxCalls: 3 });
      const streams = Array.from({ length: 40 }, (_, n) => `thing-${n}`);
      await Promise.all(streams.map((stream) => store.append(stream, events(1), 'none')));
      expect(await store.readAll()).toHaveLength(40);
    });

    it('may end all that is under way', async () => {
      await startAgain(1, 5_000, 20_000, { replicationMs: 20 });
      const signal = new AbortController().signal;
      const following = store.subscribe({ after: START, batchSize: 10, signal })[Symbol.asyncIterator]();
      expect(await following.next()).toMatchObject({ value: { caughtUp: true } });
      const dropped = expect(following.next()).rejects.toThrow('too much to do');
      const streams = Array.from({ length: 10 }, (_, n) => `thing-${n}`);
      const appending = Promise.all(streams.map((stream) => store.append(stream, events(1), 'none')));
      await once(db.log, 'written');
      db.leader.reset();
      await Promise.all([appending, dropped]);
      expect(await store.readAll()).toHaveLength(10);
    });
  });

  it('answers in time where nothing comes through, and goes on when it does again', async () => {
    await startAgain(1, 100, 300);
    const [first, next] = [events(1), events(1)];
    await eventually(() => store.append('thing-1', first, 'none'));
    proxy.silence();
    const before = performance.now();
    const signal = new AbortController().signal;
    const following = async () => {
      for await (const _ of store.subscribe({ after: START, batchSize: 10, signal }));
    };
    const calls = [
      store.append('thing-1', events(1), 0 as Revision),
      store.readStream('thing-1'),
      store.readAll(),
      store.head(),
      following(),
    ];
    for (const call of await Promise.allSettled(calls)) {
      expect(call.status === 'rejected' && call.reason).toBeInstanceOf(EventStoreUnavailable);
    }
    expect(performance.now() - before).toBeLessThan(IN_TIME_MS);
    await proxy.heal();
    expect(await eventually(() => store.append('thing-2', next, 'none'))).toMatchObject({ revision: 0 });
  });

  it('answers in time where it cannot even find out whom to ask', async () => {
    const url = `esdb://127.0.0.1:${proxy.port},127.0.0.1:${proxy.port}?tls=false`;
    const lost = new EventStoreDbEventStore({ url, answerMs: 100, patienceMs: 200 });
    await eventually(() => lost.head());
    proxy.silence();
    proxy.cut();
    const before = performance.now();
    for (const call of [() => lost.append('thing-1', events(1), 'none'), () => lost.readAll()]) {
      await expect(call()).rejects.toThrow(EventStoreUnavailable);
    }
    expect(performance.now() - before).toBeLessThan(IN_TIME_MS);
    await lost.close();
  });

  it('does not wait for ever to be let in to a subscription', async () => {
    const connection = new Connection({ url: db.url, answerMs: 100 });
    proxy.silence();
    const { signal } = new AbortController();
    const following = follow(connection, { after: START, batchSize: 1, signal });
    await expect(following.next()).rejects.toThrow('has not answered within 100 ms');
    await connection.close();
  });

  it('does not wait for ever in a subscription that is confirmed and gets nothing more', async () => {
    db.faults.planReads(undefined, 'stall');
    const options = { after: START, batchSize: 1, signal: new AbortController().signal };
    const stalled = store.subscribe(options)[Symbol.asyncIterator]();
    await expect(stalled.next()).rejects.toThrow('has not answered within');
    const following = store.subscribe(options)[Symbol.asyncIterator]();
    expect(await following.next()).toMatchObject({ value: { caughtUp: true } });
    await following.return?.();
  });

  it('fails in a subscription at the end of the log once a ping is not answered, as its connection is lost', async () => {
    jest.useFakeTimers({ doNotFake: ['Date', 'nextTick', 'performance', 'setImmediate'] });
    try {
      const { signal } = new AbortController();
      const following = store.subscribe({ after: START, batchSize: 1, signal })[Symbol.asyncIterator]();
      expect(await following.next()).toMatchObject({ value: { caughtUp: true } });
      const ended = jest.fn();
      const next = following.next().catch(ended);
      for (let pings = 0; pings < 3; pings++) {
        await jest.advanceTimersByTimeAsync(PING_MS);
        // The ping is answered before what is asked after it.
        await store.head();
      }
      expect(ended).not.toHaveBeenCalled();
      proxy.silence();
      await jest.advanceTimersByTimeAsync(2 * PING_MS);
      await next;
      expect(ended).toHaveBeenCalledWith(expect.any(EventStoreUnavailable));
    } finally {
      jest.useRealTimers();
    }
  });

  it('waits in a subscription for as long as nothing happens, and leaves nothing behind when it is left', async () => {
    const answerMs = 1_000;
    const patient = new EventStoreDbEventStore({ url: db.url, answerMs });
    const { signal } = new AbortController();
    const following = patient.subscribe({ after: START, batchSize: 1, signal })[Symbol.asyncIterator]();
    expect(await following.next()).toMatchObject({ value: { events: [], caughtUp: true } });
    const next = following.next();
    await pause(1.5 * answerMs);
    expect(db.log.listenerCount('replicated')).toBe(1);
    const { position } = await store.append('thing-1', events(1), 'none');
    expect(await next).toMatchObject({ value: { position } });
    await following.return?.();
    while (db.log.listenerCount('replicated') > 0) await pause(1);
    await patient.close();
  });

  it('is closed in time though its process stood still while an answer was on its way', async () => {
    const url = `esdb://127.0.0.1:${db.leader.ownPort}?tls=false`;
    for (let turns = 0; turns < 8; turns++) {
      const frozen = new EventStoreDbEventStore({ url, answerMs: 50, patienceMs: 500 });
      await eventually(() => frozen.head());
      const asked = frozen.head().catch(() => undefined);
      for (let turn = 0; turn < turns; turn++) await nextTurn();
      standStill(60);
      await asked;
      await frozen.close();
    }
  });

  it('waits longer than that for what keeps coming', async () => {
    const answerMs = 1_500;
    await startAgain(1, answerMs);
    for (let n = 0; n < 12; n++) await store.append('thing-1', [event({ text: 'x'.repeat(100_000) })], 'any');
    proxy.delay(40);
    const before = performance.now();
    expect(await store.readStream('thing-1')).toHaveLength(12);
    expect(performance.now() - before).toBeGreaterThan(answerMs);
  });

  it('goes on when the server was away for a while', async () => {
    await store.append('thing-1', events(1), 'none');
    proxy.refuse();
    const appending = store.append('thing-1', events(1), 0 as Revision);
    const reading = store.readStream('thing-2');
    await expect(
      Promise.race([appending, reading, new Promise((_, no) => setTimeout(no, 100))]),
    ).rejects.toBe(undefined);
    await proxy.heal();
    expect(await appending).toMatchObject({ revision: 1 });
    expect(await reading).toEqual([]);
  });

  describe.each(['one node', 'every node'] as const)('given the address of %s of three', (given) => {
    it('finds the leader when it changes, and when it dies', async () => {
      await startAgain(3);
      await store.close();
      const url = given === 'one node' ? `esdb://127.0.0.1:${db.nodes[1]?.port}?tls=false` : db.url;
      store = new EventStoreDbEventStore({ url, answerMs: 1_000 });
      expect(await store.append('thing-1', events(1), 'none')).toMatchObject({ revision: 0 });
      for (let revision = 0; revision < 2; revision++) {
        const former = db.leader;
        db.moveLeader();
        const result = await store.append('thing-1', events(1), revision as Revision);
        expect(result).toMatchObject({ revision: revision + 1 });
        former.ready = false;
        expect(await store.readStream('thing-1')).toHaveLength(revision + 2);
        former.ready = true;
      }
      if (given === 'one node') return;
      const dead = db.leader;
      const appending = [2, 3, 4].map((n) => store.append(`thing-${n}`, events(1), 'none'));
      await dead.stop();
      db.moveLeader();
      for (const result of await Promise.all(appending)) expect(result).toMatchObject({ revision: 0 });
      expect(await store.append('thing-1', events(1), 2 as Revision)).toMatchObject({ revision: 3 });
    });
  });

  it('ends a subscription that fails; taken up where it stood, it has no gap and no repeat', async () => {
    const seen: RecordedEvent[] = [];
    let failures = 0;
    let after: Position = START;
    const ended = new AbortController();
    const following = (async () => {
      while (!ended.signal.aborted) {
        try {
          for await (const batch of store.subscribe({ after, batchSize: 7, signal: ended.signal })) {
            seen.push(...batch.events);
            after = batch.position;
            if (seen.at(-1)?.stream === 'end-1') ended.abort();
          }
        } catch (error) {
          expect(error).toBeInstanceOf(EventStoreUnavailable);
          failures++;
        }
      }
    })();
    for (let n = 0; n < 30; n++) {
      await store.append('thing-1', events(1 + (n % 10)), n === 0 ? 'none' : 'any');
      db.log.writeStatistics();
      if (n % 10 === 4) await db.restart();
      if (n % 10 === 9) proxy.cut();
    }
    await store.append('end-1', events(1), 'none');
    await following;
    expect(failures).toBeGreaterThanOrEqual(4);
    expect(seen).toEqual(await store.readAll());
  });

  describe('whatever happens on the way', () => {
    const faults = fc.oneof(
      fc.record({ kind: fc.constant('append' as const), fault: fc.constantFrom(...APPEND_FAULTS) }),
      fc.record({ kind: fc.constantFrom('cut', 'restart', 'leader', 'leader-lost', 'truncated', 'reset') }),
      fc.record({
        kind: fc.constant('reads' as const),
        how: fc.constantFrom(...READ_FAULTS),
      }),
      fc.record({ kind: fc.constantFrom('refuse', 'silence', 'not-ready'), ms: fc.nat(120) }),
      fc.record({ kind: fc.constant('delay' as const), ms: fc.nat(5) }),
    );
    type Fault = typeof faults extends fc.Arbitrary<infer One> ? One : never;

    async function befall(fault: Fault): Promise<void> {
      switch (fault.kind) {
        case 'append':
          return db.faults.plan(fault.fault);
        case 'reads':
          return db.faults.planReads(fault.how);
        case 'leader-lost':
          return db.loseLeader({ truncates: false });
        case 'truncated':
          return db.loseLeader({ truncates: true });
        case 'reset':
          return db.leader.reset();
        case 'cut':
          return proxy.cut();
        case 'restart':
          return db.restart();
        case 'leader':
          return db.moveLeader();
        case 'delay':
          return proxy.delay(fault.ms);
        case 'refuse':
          proxy.refuse();
          break;
        case 'silence':
          proxy.silence();
          break;
        case 'not-ready':
          db.leader.ready = false;
      }
      await pause(fault.ms);
      for (const node of db.nodes) node.ready = true;
      await proxy.heal();
    }

    /** Writes until `count` appends are answered, the same again for as long as there is no answer. */
    async function write(stream: string, count: number) {
      const answered: { readonly ids: readonly string[]; readonly result: AppendResult }[] = [];
      let last: Revision | 'none' = 'none';
      while (answered.length < count) {
        const batch = events(1 + (answered.length % 3));
        let result: AppendResult | undefined;
        while (!result) {
          result = await store.append(stream, batch, last).catch((error: unknown) => {
            expect(error).toBeInstanceOf(EventStoreUnavailable);
            return undefined;
          });
        }
        answered.push({ ids: idsOf(batch), result });
        last = result.revision;
      }
      return answered;
    }

    it('has every append that was answered once, as it was answered, and none other', async () => {
      const plan = fc.array(fc.tuple(faults, fc.nat(30)), { minLength: 3, maxLength: 8 });
      await fc.assert(
        fc.asyncProperty(plan, fc.nat(), async (schedule, seed) => {
          await startAgain(2, 100, 400, drawQuirks(new Random(seed), 0.6));
          const streams = ['thing-1', 'thing-2', 'thing-3'];
          const writing = Promise.all(streams.map((stream) => write(stream, 12)));
          for (const [fault, ms] of schedule) {
            await pause(ms);
            await befall(fault);
          }
          await proxy.heal();
          const written = await writing;
          // What was planned and has not occurred would befall the reading below.
          db.faults.clear();
          const patient = new EventStoreDbEventStore({ url: db.url });
          for (const [index, stream] of streams.entries()) {
            const answered = written[index] ?? [];
            const read = await patient.readStream(stream);
            expect(idsOf(read)).toEqual(answered.flatMap(({ ids }) => ids));
            for (const { ids, result } of answered) {
              const standing = read.find(({ id }) => id === ids.at(-1));
              expect(result).toMatchObject({ revision: standing?.revision, position: standing?.position });
            }
          }
          await patient.close();
        }),
        { numRuns: 8 },
      );
    });
  });
});

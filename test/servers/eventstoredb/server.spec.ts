import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  type AllStreamResolvedEvent,
  DeadlineExceededError,
  EventStoreDBClient,
  jsonEvent,
  MaxAppendSizeExceededError,
  NotLeaderError,
  type Position,
  StreamDeletedError,
  StreamNotFoundError,
  streamNameFilter,
  TimeoutError,
  UnavailableError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { ChannelCredentials, type ClientDuplexStream, Metadata, status } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../tooling/until.ts';
import { EventStoreDb, type EventStoreDbOptions } from './index.ts';

/** With it the client uses Append, without it BatchAppend. */
const credentials = { username: 'nobody', password: '' };
const event = (id: string = randomUUID()) => jsonEvent({ id, type: 'Happened', data: {}, metadata: {} });
const events = (count: number) => Array.from({ length: count }, () => event());
const stream = () => `stream-${randomUUID()}`;

describe('the test server for EventStoreDB', () => {
  let db: EventStoreDb;
  let client: EventStoreDBClient;

  beforeAll(async () => {
    db = await EventStoreDb.start();
    client = EventStoreDBClient.connectionString(db.url);
  });
  afterAll(async () => {
    await client.dispose();
    await db.close();
  });

  const append = (
    name: string,
    what: ReturnType<typeof event>[],
    expectedRevision: bigint | 'any' | 'no_stream' | 'stream_exists' = 'any',
  ) => client.appendToStream(name, what, { expectedRevision, credentials });

  async function revisions(name: string, options: Parameters<EventStoreDBClient['readStream']>[1] = {}) {
    const found: number[] = [];
    for await (const { event: read } of client.readStream(name, options)) found.push(Number(read?.revision));
    return found;
  }

  async function readAll(options: Parameters<EventStoreDBClient['readAll']>[0] = {}) {
    const found: AllStreamResolvedEvent[] = [];
    for await (const resolved of client.readAll(options)) found.push(resolved);
    return found;
  }

  const positionsOf = (found: readonly AllStreamResolvedEvent[]) =>
    found.map((one) => one.event?.position as Position);

  describe.each(['in a call of its own', 'in a batch'] as const)('appending %s', (how) => {
    const append = (
      name: string,
      what: ReturnType<typeof event>[],
      expectedRevision: bigint | 'any' | 'no_stream' | 'stream_exists' = 'any',
    ) =>
      client.appendToStream(name, what, {
        expectedRevision,
        ...(how === 'in a call of its own' && { credentials }),
      });

    it('has the requested options', async () => {
      const { appends, inBatches } = db.asked;
      await append(stream(), events(1));
      expect(db.asked).toMatchObject({
        appends: appends + 1,
        inBatches: how === 'in a batch' ? inBatches + 1 : inBatches,
      });
    });

    it.each([
      ['any', 0, true],
      ['any', 2, true],
      ['no_stream', 0, true],
      ['no_stream', 1, false],
      ['stream_exists', 1, true],
      ['stream_exists', 0, false],
      [0n, 1, true],
      [0n, 0, false],
      [0n, 2, false],
      [5n, 2, false],
    ] as const)('expecting %s of a stream of %i events: %p', async (expected, length, holds) => {
      const name = stream();
      if (length > 0) await append(name, events(length));
      const appending = append(name, events(2), expected);
      if (holds)
        expect(await appending).toMatchObject({ success: true, nextExpectedRevision: BigInt(length + 1) });
      else {
        await expect(appending).rejects.toThrow(WrongExpectedVersionError);
        await expect(appending).rejects.toMatchObject({
          streamName: name,
          expectedVersion: expected,
          actualVersion: length === 0 ? 'no_stream' : BigInt(length - 1),
        });
      }
    });

    it('recognises a repeated append by its events at the expected revisions, all of them or none', async () => {
      const name = stream();
      const [one, two, three] = events(3) as [
        ReturnType<typeof event>,
        ReturnType<typeof event>,
        ReturnType<typeof event>,
      ];
      const first = await append(name, [one, two], 'no_stream');
      await append(name, events(1), 1n);
      expect(await append(name, [one, two], 'no_stream')).toEqual(first);
      expect(await append(name, [one, two], 'any')).toEqual(first);
      await expect(append(name, [two, three], 'any')).rejects.toThrow(WrongExpectedVersionError);
      await expect(append(name, [one, three], 'no_stream')).rejects.toThrow(WrongExpectedVersionError);
      expect(await revisions(name)).toEqual([0, 1, 2]);
    });

    it('forgets at a restart the ids of events appended without an expected revision', async () => {
      const name = stream();
      const one = event();
      await append(name, [one], 'any');
      await db.restart();
      await append(name, [event()], 'any').catch(() => undefined);
      await append(name, [one], 'any');
      expect((await revisions(name)).length).toBeGreaterThan(1);
      expect(await append(name, [one], 'no_stream')).toMatchObject({ nextExpectedRevision: 0n });
    });

    it('answers an append of no events by whether the expectation holds', async () => {
      const name = stream();
      const length = db.log.records.length;
      expect(await append(name, [], 'no_stream')).toMatchObject({ success: true, position: undefined });
      await expect(append(name, [], 0n)).rejects.toThrow(WrongExpectedVersionError);
      expect(db.log.records).toHaveLength(length);
    });

    it('refuses an append to a tombstoned stream', async () => {
      const name = stream();
      await append(name, events(1));
      db.log.tombstone(name, 'any');
      await expect(append(name, events(1), 0n)).rejects.toThrow(StreamDeletedError);
    });

    it('refuses an append whose events are too large together', async () => {
      const half = () => ({ ...event(), data: { text: 'x'.repeat(600 * 1024) } });
      await append(stream(), [half()]);
      await expect(append(stream(), [half(), half()])).rejects.toThrow(MaxAppendSizeExceededError);
    });
  });

  describe('reading', () => {
    it('reads a stream in either direction, from a revision, up to a count', async () => {
      const name = stream();
      await append(name, events(5));
      expect(await revisions(name)).toEqual([0, 1, 2, 3, 4]);
      expect(await revisions(name, { fromRevision: 3n })).toEqual([3, 4]);
      expect(await revisions(name, { fromRevision: 9n })).toEqual([]);
      expect(await revisions(name, { direction: 'backwards', fromRevision: 'end', maxCount: 2 })).toEqual([
        4, 3,
      ]);
      expect(await revisions(name, { direction: 'backwards', fromRevision: 1n })).toEqual([1, 0]);
      await expect(revisions(stream())).rejects.toThrow(StreamNotFoundError);
    });

    it('reads the log in order, system events included, from positions of records only', async () => {
      const name = stream();
      const { position } = await append(name, events(3));
      await client.setStreamMetadata(name, { maxCount: 2 }, { credentials });
      db.log.writeStatistics();
      const all = await readAll();
      const positions = positionsOf(all).map(({ commit }) => commit);
      expect(positions).toEqual([...positions].sort((a, b) => Number(a - b)));
      expect(all.slice(-5).map((one) => one.event?.type)).toEqual([
        'Happened',
        'Happened',
        'Happened',
        '$metadata',
        '$statsCollected',
      ]);
      expect(positionsOf(await readAll({ fromPosition: position as Position }))[0]).toEqual(position);
      const backwards = await readAll({
        fromPosition: position as Position,
        direction: 'backwards',
        maxCount: 1,
      });
      expect(backwards.map((one) => one.event?.revision)).toEqual([1n]);
      const within = {
        commit: (position as Position).commit + 1n,
        prepare: (position as Position).prepare + 1n,
      };
      await expect(readAll({ fromPosition: within })).rejects.toMatchObject({ code: 3 });
    });

    it('hides events as stream metadata says when a stream is read, none when the log is read', async () => {
      const name = stream();
      await append(name, events(5));
      await client.setStreamMetadata(name, { maxCount: 2 }, { credentials });
      expect(await revisions(name)).toEqual([3, 4]);
      await client.setStreamMetadata(name, { truncateBefore: 4 }, { credentials });
      expect(await revisions(name)).toEqual([4]);
      expect((await client.getStreamMetadata(name)).metadata).toEqual({ truncateBefore: 4 });
      expect((await readAll()).filter((one) => one.event?.streamId === name)).toHaveLength(5);
    });
  });

  describe('deleting', () => {
    it('hides a deleted stream until it is written again, and continues its revisions', async () => {
      const name = stream();
      const batch = events(2);
      await append(name, batch, 'no_stream');
      await client.deleteStream(name, { expectedRevision: 1n });
      await expect(revisions(name)).rejects.toThrow(StreamNotFoundError);
      await expect(append(name, events(1), 'stream_exists')).rejects.toThrow(StreamDeletedError);
      expect(await append(name, batch, 'no_stream')).toMatchObject({
        nextExpectedRevision: 1n,
        position: undefined,
      });
      expect(await append(name, events(1), 'no_stream')).toMatchObject({ nextExpectedRevision: 2n });
      expect(await revisions(name)).toEqual([2]);
      await expect(client.deleteStream(stream())).rejects.toThrow(WrongExpectedVersionError);
    });

    it('ends a stream for ever with a tombstone', async () => {
      const name = stream();
      await append(name, events(1));
      await client.tombstoneStream(name);
      for (const expected of ['any', 'no_stream', 0n] as const) {
        await expect(append(name, events(1), expected)).rejects.toThrow(StreamDeletedError);
      }
      await expect(revisions(name)).rejects.toThrow(StreamDeletedError);
      const [last] = await readAll({ direction: 'backwards', fromPosition: 'end', maxCount: 1 });
      expect(last?.event).toMatchObject({ type: '$streamDeleted', revision: 2n ** 63n - 1n });
    });
  });

  describe('subscribing', () => {
    const lastPosition = () => db.log.records.at(-1)?.position as bigint;

    /** The messages of a subscription, in order, up to the event number `count`. */
    async function messagesOf(
      options: Parameters<EventStoreDBClient['subscribeToAll']>[0],
      count: number,
      live?: () => Promise<unknown>,
    ) {
      const messages: string[] = [];
      const checkpointReached = (_: unknown, { commit }: Position) => {
        messages.push(`checkpoint ${commit}`);
      };
      const filter = options?.filter && { ...options.filter, checkpointReached };
      // One at a time: the client emits checkpoints before events it has buffered.
      const subscription = client.subscribeToAll(
        { ...options, ...(filter && { filter }) },
        { highWaterMark: 1 },
      );
      subscription.on('confirmation', () => messages.push('confirmed'));
      subscription.on('caughtUp', () => {
        messages.push('caught up');
        void live?.();
      });
      let events = 0;
      try {
        for await (const { event: read } of subscription) {
          messages.push(`event ${read?.position.commit}`);
          events++;
          if (events === count) break;
        }
      } finally {
        await subscription.unsubscribe();
      }
      return messages;
    }

    it('confirms a subscription, sends stored events, reports having caught up, and sends new ones', async () => {
      const name = stream();
      const { position: start } = await append(name, events(1));
      const { position: second } = await append(name, events(1));
      const live = () => append(name, events(1));
      const messages = await messagesOf({ fromPosition: start as Position }, 2, live);
      expect(messages).toEqual([
        'confirmed',
        `event ${second?.commit}`,
        'caught up',
        `event ${lastPosition()}`,
      ]);
    });

    it('sends checkpoints under a filter, once before it has caught up', async () => {
      const name = stream();
      const { position: start } = await append(stream(), events(1));
      await append(stream(), events(70));
      const { position: match } = await append(name, events(1));
      const { position: last } = await append(stream(), events(1));
      const live = () => append(name, events(1));
      const filter = streamNameFilter({ prefixes: [name] });
      const at = (n: number) => db.log.records[db.log.indexOf((start as Position).commit) + n]?.position;
      expect(await messagesOf({ fromPosition: start as Position, filter }, 2, live)).toEqual([
        'confirmed',
        `checkpoint ${at(32)}`,
        `checkpoint ${at(64)}`,
        `event ${match?.commit}`,
        `checkpoint ${last?.commit}`,
        'caught up',
        `event ${lastPosition()}`,
      ]);
      const end = { commit: lastPosition(), prepare: lastPosition() };
      expect((await messagesOf({ fromPosition: end, filter }, 1, live)).slice(0, 2)).toEqual([
        'confirmed',
        'caught up',
      ]);
    });

    it('skips and repeats nothing for a slow reader while others write', async () => {
      const name = stream();
      const { position: start } = await append(name, events(1));
      const seen: bigint[] = [];
      const written = (async () => {
        for (let n = 0; n < 40; n++) await append(name, events(10));
      })();
      const subscription = client.subscribeToAll({ fromPosition: start as Position }, { highWaterMark: 1 });
      for await (const { event: read } of subscription) {
        seen.push(read?.revision as bigint);
        await new Promise(setImmediate);
        if (seen.length === 400) break;
      }
      await subscription.unsubscribe();
      await written;
      expect(seen).toEqual(Array.from({ length: 400 }, (_, n) => BigInt(n + 1)));
    });

    it('follows one stream, also one not written yet, and not one with a tombstone', async () => {
      const name = stream();
      const subscription = client.subscribeToStream(name);
      const first = subscription[Symbol.asyncIterator]().next();
      await append(name, events(1));
      expect(((await first).value as { event?: { revision: bigint } }).event?.revision).toBe(0n);
      await subscription.unsubscribe();
      await client.tombstoneStream(name);
      const another = client.subscribeToStream(name);
      await expect(another[Symbol.asyncIterator]().next()).rejects.toThrow(StreamDeletedError);
    });

    it('refuses to start between two positions, and ends when the server does', async () => {
      const { position } = await append(stream(), events(1));
      const { commit } = position as Position;
      const within = client.subscribeToAll({ fromPosition: { commit: commit + 1n, prepare: commit + 1n } });
      await expect(within[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 3 });

      const subscription = client.subscribeToAll({ fromPosition: 'end' });
      const next = subscription[Symbol.asyncIterator]().next();
      const outcome = expect(next).rejects.toMatchObject({
        type: expect.stringMatching(/unavailable|cancelled/),
      });
      await new Promise((resolve) => subscription.once('caughtUp', resolve));
      await db.restart();
      await outcome;
      await append(stream(), events(1)).catch(() => undefined);
    });
  });

  describe('failing', () => {
    const committed = async (name: string) => (await revisions(name).catch(() => [])).length === 1;

    it.each([
      ['before', 'cut', UnavailableError],
      ['after', 'cut', UnavailableError],
      ['before', 'silence', DeadlineExceededError],
      ['after', 'silence', DeadlineExceededError],
      ['before', 'not-ready', UnavailableError],
      ['before', 'timeout', TimeoutError],
      ['after', 'timeout', TimeoutError],
    ] as const)('%s the commit: %s', async (when, how, error) => {
      const own = EventStoreDBClient.connectionString(db.url);
      const name = stream();
      db.faults.plan({ when, how });
      const options = { credentials, ...(how === 'silence' && { deadline: 200 }) };
      await expect(own.appendToStream(name, [event()], options)).rejects.toBeInstanceOf(error);
      expect(await committed(name)).toBe(when === 'after');
      await own.dispose();
    });

    it('answers every call UNAVAILABLE while it is not ready', async () => {
      const own = EventStoreDBClient.connectionString(db.url);
      db.leader.ready = false;
      await expect(own.appendToStream(stream(), [event()], { credentials })).rejects.toThrow(
        UnavailableError,
      );
      db.leader.ready = true;
      await own.dispose();
    });
  });
});

describe('a test server with the quirks of real ones', () => {
  async function withServer(
    quirks: EventStoreDbOptions,
    use: (client: EventStoreDBClient, db: EventStoreDb) => Promise<unknown>,
  ): Promise<void> {
    const db = await EventStoreDb.start(quirks);
    const client = EventStoreDBClient.connectionString(db.url);
    try {
      await use(client, db);
    } finally {
      await client.dispose();
      await db.close();
    }
  }

  const read = async (client: EventStoreDBClient, name: string) => {
    const found: unknown[] = [];
    for await (const { event: one } of client.readStream(name)) found.push(one?.id);
    return found;
  };

  it('shows and acknowledges nothing that is not replicated, and drops a repeated append until its time-out', () =>
    withServer({ replicationMs: 3_600_000, commitTimeoutMs: 20 }, async (client, db) => {
      const batch = events(2);
      const options = { credentials, expectedRevision: 'no_stream' } as const;
      const written = once(db.log, 'written');
      const first = client.appendToStream('a', batch, options);
      await written;
      await expect(read(client, 'a')).rejects.toThrow(StreamNotFoundError);
      const twins = (['no_stream', 'any'] as const).map((expectedRevision) =>
        client.appendToStream('a', batch, { credentials, expectedRevision }),
      );
      for (const twin of await Promise.allSettled(twins)) {
        expect(twin).toMatchObject({ reason: expect.any(DeadlineExceededError) });
      }
      db.log.replicate();
      const appended = await first;
      expect(await client.appendToStream('a', batch, options)).toEqual(appended);
      expect(await read(client, 'a')).toEqual(batch.map(({ id }) => id));
    }));

  it('may lose what is not replicated with its leader, and nothing else', () =>
    withServer({ replicationMs: 100 }, async (client, db) => {
      const options = { credentials, expectedRevision: 'any' } as const;
      const [kept, lost] = [event(), event()];
      await client.appendToStream('a', [kept], options);
      const written = once(db.log, 'written');
      const appending = expect(client.appendToStream('a', [lost], options)).rejects.toThrow();
      await written;
      db.loseLeader({ truncates: true });
      await appending;
      await client.appendToStream('a', [lost], options).catch(() => undefined);
      expect(await client.appendToStream('a', [lost], options)).toMatchObject({ nextExpectedRevision: 1n });
      expect(await read(client, 'a')).toEqual([kept.id, lost.id]);
    }));

  it('writes links and statistics among the events of its clients', () =>
    withServer({ projectionsAfterMs: 0, statisticsEveryMs: 1 }, async (client, db) => {
      await client.appendToStream('thing-1', events(2), { credentials });
      const of = (prefix: string) =>
        db.log.records.filter(({ stream: name }) => name.startsWith(prefix)).length;
      while (of('$stats') < 3 || of('$et-Happened') < 2) await once(db.log, 'written');
      expect([of('$streams'), of('$category-thing'), of('$ce-thing')]).toEqual([1, 1, 2]);
    }));

  // With this seed no read is left without an answer, for which the client would wait for ever.
  it('lets appends and reads fail at random, until that is ended', () =>
    withServer({ failing: { likelihood: 1, seed: 16 }, closedWhenLostMs: 1 }, async (client, db) => {
      const ask = [
        () => client.appendToStream('a', [event()], { credentials, deadline: 100 }),
        () => client.readStream('a', { deadline: 100 })[Symbol.asyncIterator]().next(),
      ];
      for (const call of [...ask, ...ask, ...ask]) await expect(call()).rejects.toThrow();
      db.faults.clear();
      const append = () =>
        client.appendToStream('b', [event()], { credentials, expectedRevision: 'no_stream' });
      await until(() => append().catch(() => false));
      expect(await read(client, 'b')).toHaveLength(1);
    }));

  it('closes a leader that is lost, until it is started again', () =>
    withServer({ nodes: 2, closedWhenLostMs: 200 }, async (_, db) => {
      const former = db.leader;
      db.loseLeader({ truncates: false });
      expect([former.running, db.leader.running]).toEqual([false, true]);
      await until(() => former.running);
      expect(db.leader).not.toBe(former);
    }));

  it('takes long over the first calls after a start', () =>
    withServer({ coldForMs: 300 }, async (client) => {
      const timeOf = async () => {
        const before = performance.now();
        await client.appendToStream('a', [event()], { credentials });
        return performance.now() - before;
      };
      const first = await timeOf();
      const next = await Promise.all([1, 2, 3].map(timeOf));
      expect(Math.min(...next)).toBeLessThan(first);
    }));

  it('refuses calls over its limit', () =>
    withServer({ maxCalls: 1 }, async (client) => {
      const subscription = client.subscribeToAll();
      await once(subscription, 'confirmation');
      await expect(read(client, 'a')).rejects.toMatchObject({ code: 8 });
      await subscription.unsubscribe();
    }));
});

describe('a batch at a test server', () => {
  type Answer = BatchAppendResp;

  /** Asks for appends over one call, and gathers what comes back. */
  async function withBatch(
    options: Parameters<typeof EventStoreDb.start>[0],
    use: (batch: {
      readonly db: EventStoreDb;
      readonly ask: (name: string, change?: (request: BatchAppendReq) => void) => string;
      readonly answers: Answer[];
      readonly until: (count: number) => Promise<void>;
      readonly call: ClientDuplexStream<BatchAppendReq, Answer>;
    }) => Promise<unknown>,
  ): Promise<void> {
    const db = await EventStoreDb.start(options);
    const stubs = new StreamsClient(`127.0.0.1:${db.leader.port}`, ChannelCredentials.createInsecure());
    const metadata = new Metadata();
    metadata.set('requires-leader', 'true');
    const call = stubs.batchAppend(metadata);
    const answers: Answer[] = [];
    call.on('data', (answer: Answer) => answers.push(answer));
    call.on('error', () => undefined);
    const ask = (name: string, change?: (request: BatchAppendReq) => void) => {
      const id = randomUUID();
      const where = new streams.BatchAppendReq.Options()
        .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(name)))
        .setNoStream(new shared.Empty());
      const message = new streams.BatchAppendReq.ProposedMessage().setId(
        new shared.UUID().setString(randomUUID()),
      );
      message.getMetadataMap().set('type', 'Happened').set('content-type', 'application/json');
      const request = new streams.BatchAppendReq()
        .setCorrelationId(new shared.UUID().setString(id))
        .setOptions(where)
        .setProposedMessagesList([message])
        .setIsFinal(true);
      change?.(request);
      call.write(request);
      return id;
    };
    const until = async (count: number) => {
      while (answers.length < count) await once(call, 'data');
    };
    try {
      await use({ db, ask, answers, until, call });
    } finally {
      stubs.close();
      await db.close();
    }
  }

  const kindOf = (answer: Answer | undefined) => answer?.getError()?.getDetails()?.getTypeName() ?? 'success';
  const idOf = (answer: Answer) => answer.getCorrelationId()?.getString();

  it('answers each append separately, in any order', () =>
    withBatch({ answersInReverse: true, replicationMs: 20 }, async ({ ask, answers, until }) => {
      const ids = ['a', 'b', 'c', 'd'].map((name) => ask(name));
      await until(4);
      expect(answers.map(idOf).toSorted()).toEqual(ids.toSorted());
      expect(answers.map(idOf)).not.toEqual(ids);
    }));

  it('ends when the client has ended it and everything is answered', () =>
    withBatch({ replicationMs: 20 }, async ({ ask, answers, call }) => {
      ask('a');
      call.end();
      await once(call, 'end');
      expect(answers).toHaveLength(1);
    }));

  it('ends as a whole when its node is no longer the leader', () =>
    withBatch({ nodes: 2, replicationMs: 3_600_000 }, async ({ db, ask, answers, call }) => {
      ask('a');
      await once(db.log, 'written');
      db.moveLeader();
      const failed = once(call, 'error');
      ask('b');
      const [error] = await failed;
      expect(error).toMatchObject({ code: status.NOT_FOUND });
      expect(error.metadata.get('exception')).toEqual(['not-leader']);
      expect(error.metadata.get('leader-endpoint-port')).toEqual([`${db.leader.port}`]);
      expect(answers).toEqual([]);
    }));

  it('reports which append is not ready, too late, incomplete or dropped, and fails no other', () =>
    withBatch({ commitTimeoutMs: 30, replicationMs: 100 }, async ({ db, ask, answers, until }) => {
      // Field 6 of the options, empty: the Unix epoch.
      const past = streams.BatchAppendReq.Options.deserializeBinary(
        Uint8Array.of((6 << 3) | 2, 0),
      ).getDeadline();
      const late = ask('a', (request) => request.getOptions()?.setDeadline(past));
      const unfinished = ask('b', (request) => request.setIsFinal(false));
      const nowhere = ask('c', (request) => request.getOptions()?.clearStreamIdentifier());
      const untyped = ask('d', (request) =>
        request.getProposedMessagesList()[0]?.getMetadataMap().del('type'),
      );
      const twin = (request: BatchAppendReq) =>
        request.getProposedMessagesList()[0]?.setId(new shared.UUID().setString(twinId));
      const twinId = randomUUID();
      const good = ask('e', twin);
      const dropped = ask('e', twin);
      await until(6);
      db.leader.ready = false;
      const unready = ask('f');
      await until(7);
      const kinds = new Map(answers.map((answer) => [idOf(answer), kindOf(answer)]));
      expect(Object.fromEntries(kinds)).toEqual({
        [late]: 'event_store.client.Timeout',
        [unfinished]: 'event_store.client.Timeout',
        [nowhere]: 'event_store.client.BadRequest',
        [untyped]: 'event_store.client.BadRequest',
        [good]: 'success',
        [dropped]: 'event_store.client.Timeout',
        [unready]: 'google.protobuf.Empty',
      });
      expect(answers.at(-1)?.getError()?.getMessage()).toBe('Server Is Not Ready');
    }));
});

describe('several test servers for EventStoreDB', () => {
  it('name the leader to clients that require it, and forward the writes of others', async () => {
    const db = await EventStoreDb.start({ nodes: 3 });
    const [first, second] = db.nodes;
    const one = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${first?.port}?tls=false`);
    const all = EventStoreDBClient.connectionString(db.url);
    const options = { credentials, requiresLeader: true };
    await one.appendToStream('a', [event()], options);
    await all.appendToStream('a', [event()], options);
    db.moveLeader();
    await one.appendToStream('a', [event()], { credentials });
    const refused = one.appendToStream('a', [event()], options);
    await expect(refused).rejects.toThrow(NotLeaderError);
    await expect(refused).rejects.toMatchObject({ leader: { address: '127.0.0.1', port: second?.port } });
    expect(await one.appendToStream('a', [event()], options)).toMatchObject({ nextExpectedRevision: 3n });
    await db.nodes[0]?.stop();
    await all.appendToStream('a', [event()], options).catch(() => undefined);
    expect(await all.appendToStream('a', [event()], options)).toMatchObject({ success: true });
    await Promise.all([one.dispose(), all.dispose()]);
    await db.close();
  });
});

describe('a test server that receives an unsupported call', () => {
  let db: EventStoreDb;
  afterEach(() => expect(db.close()).rejects.toThrow(AggregateError));

  it('refuses, and fails when it is closed', async () => {
    db = await EventStoreDb.start();
    const client = EventStoreDBClient.connectionString(db.url);
    await expect(client.listProjections()).rejects.toMatchObject({ code: 12 });
    expect(db.failures).toHaveLength(1);
    const links = client.readStream('a', { resolveLinkTos: true });
    await expect(links[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 12 });
    expect(db.failures).toHaveLength(2);
    await client.dispose();
  });
});

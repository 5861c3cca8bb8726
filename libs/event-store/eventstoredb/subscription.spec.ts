import { Readable } from 'node:stream';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { v7 } from 'uuid';
import { type Batch, START } from '#event-store';
import { caughtUp, checkpoint, confirmation, read } from '../../../test/servers/eventstoredb/messages.ts';
import type { Connection } from './connection.ts';
import { follow } from './subscription.ts';

const ANSWER_MS = 1_000;
/** The longest silence while it reads up to the end of the log. */
const SILENCE_MS = 3 * ANSWER_MS;
const HOUR_MS = 3_600_000;
const BATCH_SIZE = 2;

const fellBehind = () => new streams.ReadResp().setFellBehind(new streams.ReadResp.FellBehind());

const event = (position: number) =>
  read({
    id: v7(),
    type: 'Happened',
    contentType: 'application/json',
    data: Buffer.from('{}'),
    metadata: Buffer.from('{}'),
    stream: 'thing-1',
    revision: BigInt(position),
    position: BigInt(position),
    created: 0,
  });

/** A subscription whose answers the spec gives. */
class Reading extends Readable {
  constructor() {
    super({ objectMode: true, read: () => undefined });
  }

  cancel(): void {
    this.destroy();
  }
}

describe('a subscription', () => {
  let server: Reading;
  let left: AbortController;
  let batches: AsyncGenerator<Batch>;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
    server = new Reading();
    const connection: Pick<Connection, 'answerMs' | 'closing' | 'subscribe'> = {
      answerMs: ANSWER_MS,
      closing: new AbortController().signal,
      subscribe: async () => server as unknown as Awaited<ReturnType<Connection['subscribe']>>,
    };
    left = new AbortController();
    const { signal } = left;
    batches = follow(connection as Connection, { after: START, batchSize: BATCH_SIZE, signal });
  });

  afterEach(async () => {
    left.abort();
    await batches.return(undefined);
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  /** The next batch, and whether it has come or failed. */
  function next() {
    const asked = { batch: batches.next(), isSettled: false };
    const settle = () => {
      asked.isSettled = true;
    };
    asked.batch.then(settle, settle);
    return asked;
  }

  async function answer(...messages: readonly streams.ReadResp[]): Promise<void> {
    for (const message of messages) server.push(message);
    await new Promise(setImmediate);
  }

  const silent = (ms: number) => jest.advanceTimersByTimeAsync(ms);

  /** It fails after so long a silence, and not before. */
  async function failsAfter(ms: number, asked: ReturnType<typeof next>): Promise<void> {
    await silent(ms - 1);
    expect(asked.isSettled).toBe(false);
    await silent(1);
    expect(asked.isSettled).toBe(true);
    await expect(asked.batch).rejects.toThrow(`has not answered within ${ms} ms`);
  }

  it('fails when it is not confirmed in time', async () => {
    await failsAfter(ANSWER_MS, next());
  });

  it.each([
    ['it has been confirmed', []],
    ['an event', [event(1)]],
    ['a position', [checkpoint(1n)]],
  ])('fails when nothing comes for too long after %s, before it has caught up', async (_, before) => {
    const first = next();
    await answer(confirmation(), ...before);
    await failsAfter(SILENCE_MS, first);
  });

  it('waits for as long as the server goes on through events that are none of ours', async () => {
    const first = next();
    await answer(confirmation());
    for (let position = 1n; position <= 10n; position += 1n) {
      await silent(SILENCE_MS - 1);
      await answer(checkpoint(position));
    }
    expect(first.isSettled).toBe(false);
    await answer(caughtUp());
    expect(await first.batch).toMatchObject({ value: { events: [], caughtUp: true } });
  });

  it('waits at the end of the log for as long as nothing happens, until the server has fallen behind', async () => {
    const first = next();
    await answer(confirmation(), caughtUp());
    await first.batch;
    const second = next();
    await silent(HOUR_MS);
    expect(second.isSettled).toBe(false);
    await answer(fellBehind());
    await failsAfter(SILENCE_MS, second);
  });

  it('waits for a reader that is slow, and then for the server again', async () => {
    const first = next();
    await answer(confirmation(), event(1), event(2), event(3), event(4), event(5));
    expect(await first.batch).toMatchObject({ value: { position: 2, caughtUp: false } });
    // It is full again, and the server must not send more.
    await silent(HOUR_MS);
    expect(await next().batch).toMatchObject({ value: { position: 4, caughtUp: false } });
    await failsAfter(SILENCE_MS, next());
  });
});

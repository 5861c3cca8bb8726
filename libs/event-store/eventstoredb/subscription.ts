import { convertToCommandError } from '@eventstore/db-client';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import {
  type Batch,
  EventStoreUnavailable,
  MAX_BATCH_BYTES,
  type RecordedEvent,
  type SubscribeOptions,
} from '#event-store';
import type { Reading } from './calls.ts';
import type { Connection } from './connection.ts';
import { asStoreFailure, noAnswerWithin } from './failure.ts';
import { bytesOf, eventIn, isOurs, toRecorded } from './recorded.ts';
import { subscription } from './requests.ts';

/**
 * How many times as long as for another call's answer a subscription that reads up to the end of the log waits for the
 * next one: where no event passes the filter, the server sends nothing until it has examined thousands.
 */
const PATIENCE_WHILE_READING = 3;

/**
 * One subscription of the server, in batches: full ones until it has caught up, then whatever has arrived. The server
 * filters our events and reports its position while there are none; that position is ignored, because some releases
 * report one that they have not reached.
 *
 * Until it has caught up, silence is a failure. At the end of the log it means that nothing happens; a connection that
 * is lost is noticed there by the client's keepalive pings.
 * @throws EventStoreUnavailable the server ended it, does not answer in time or cannot be reached, or the connection
 *   is being closed
 */
export async function* follow(
  connection: Connection,
  { after, batchSize, signal }: SubscribeOptions,
): AsyncGenerator<Batch> {
  const { answerMs, closing } = connection;
  const ended = AbortSignal.any([signal, closing]);
  let reading: Reading | undefined;
  /** Our events so far: the stream by itself buffers only 16 answers. */
  let received: RecordedEvent[] = [];
  let bytes = 0;
  let live = false;
  let cancelled = false;
  let failure: unknown;
  let arrival = Promise.withResolvers<void>();
  const wake = () => arrival.resolve();
  const fail = (error: unknown) => {
    failure ??= asStoreFailure(error);
    wake();
  };
  const isFull = () => received.length >= batchSize || bytes > MAX_BATCH_BYTES;
  const failAfter = (ms: number) => setTimeout(() => fail(noAnswerWithin(ms)), ms);
  const unconfirmed = failAfter(answerMs);
  /** Runs while the server owes an answer. */
  let silence: NodeJS.Timeout | undefined;

  /** To be called with each answer, and when the subscription is resumed. */
  function awaitNext(): void {
    if (live || isFull()) {
      clearTimeout(silence);
      silence = undefined;
    } else if (silence) {
      silence.refresh();
    } else {
      silence = failAfter(PATIENCE_WHILE_READING * answerMs);
    }
  }

  function receive(answer: ReadResp): void {
    if (answer.hasConfirmation()) clearTimeout(unconfirmed);
    else if (answer.hasCaughtUp()) live = true;
    else if (answer.hasFellBehind()) live = false;
    const event = eventIn(answer);
    if (event && isOurs(event)) {
      received.push(toRecorded(event));
      bytes += bytesOf(event);
    }
    if (isFull()) reading?.pause();
    awaitNext();
    wake();
  }

  const onStarted = (begins: Reading) => {
    reading = begins
      .on('data', (answer: ReadResp) => {
        try {
          receive(answer);
        } catch (error) {
          fail(error);
        }
      })
      .on('error', (error: Error) => fail(convertToCommandError(error)))
      .on('end', () => fail(new EventStoreUnavailable('The event store has ended the subscription.')));
    if (cancelled) begins.cancel();
    wake();
  };
  connection.subscribe(subscription(after)).then(onStarted, fail);
  ended.addEventListener('abort', wake);

  try {
    let position = after;
    let reportedCaughtUp = false;
    while (!ended.aborted) {
      arrival = Promise.withResolvers();
      if (failure !== undefined) throw failure;
      const caughtUp = live && !isFull();
      if (isFull() || (caughtUp && (received.length > 0 || !reportedCaughtUp))) {
        const batch = { events: received, bytes };
        received = [];
        bytes = 0;
        reading?.resume();
        awaitNext();
        position = batch.events.at(-1)?.position ?? position;
        yield { ...batch, position, caughtUp };
        reportedCaughtUp = caughtUp;
      } else {
        await arrival.promise;
      }
    }
    if (!signal.aborted) throw new EventStoreUnavailable('The event store was closed.');
  } finally {
    cancelled = true;
    clearTimeout(unconfirmed);
    clearTimeout(silence);
    ended.removeEventListener('abort', wake);
    reading?.cancel();
  }
}

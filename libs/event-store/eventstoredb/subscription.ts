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
 * One subscription of the server, in batches: full ones until it has caught up, then whatever has come. The server looks
 * for our events and tells how far it has looked, so that it may take its time over those of its own; that place is not
 * told on, for some releases name one that they have not looked at.
 * @throws EventStoreUnavailable the server ended it, cannot be reached, or the connection is being closed
 */
export async function* follow(
  connection: Connection,
  { after, batchSize, signal }: SubscribeOptions,
): AsyncGenerator<Batch> {
  const { answerMs, closing } = connection;
  const ended = AbortSignal.any([signal, closing]);
  let reading: Reading | undefined;
  /** What has come of ours: the stream by itself would keep 16 answers while nobody asks. */
  let come: RecordedEvent[] = [];
  let bytes = 0;
  let live = false;
  let left = false;
  let failure: unknown;
  let news = Promise.withResolvers<void>();
  const wake = () => news.resolve();
  const fail = (error: unknown) => {
    failure ??= asStoreFailure(error);
    wake();
  };
  const isFull = () => come.length >= batchSize || bytes > MAX_BATCH_BYTES;
  const unconfirmed = setTimeout(() => fail(noAnswerWithin(answerMs)), answerMs);

  function take(answer: ReadResp): void {
    if (answer.hasConfirmation()) clearTimeout(unconfirmed);
    else if (answer.hasCaughtUp()) live = true;
    else if (answer.hasFellBehind()) live = false;
    const event = eventIn(answer);
    if (event && isOurs(event)) {
      come.push(toRecorded(event));
      bytes += bytesOf(event);
    }
    if (isFull()) reading?.pause();
    wake();
  }

  const begun = (begins: Reading) => {
    reading = begins
      .on('data', (answer: ReadResp) => {
        try {
          take(answer);
        } catch (error) {
          fail(error);
        }
      })
      .on('error', (error: Error) => fail(convertToCommandError(error)))
      .on('end', () => fail(new EventStoreUnavailable('The event store has ended the subscription.')));
    if (left) begins.cancel();
    wake();
  };
  connection.subscribe(subscription(after)).then(begun, fail);
  ended.addEventListener('abort', wake);

  try {
    let position = after;
    let toldCaughtUp = false;
    while (!ended.aborted) {
      news = Promise.withResolvers();
      if (failure !== undefined) throw failure;
      const caughtUp = live && !isFull();
      if (isFull() || (caughtUp && (come.length > 0 || !toldCaughtUp))) {
        const batch = { events: come, bytes };
        come = [];
        bytes = 0;
        reading?.resume();
        position = batch.events.at(-1)?.position ?? position;
        yield { ...batch, position, caughtUp };
        toldCaughtUp = caughtUp;
      } else {
        await news.promise;
      }
    }
    if (!signal.aborted) throw new EventStoreUnavailable('The event store was closed.');
  } finally {
    left = true;
    clearTimeout(unconfirmed);
    ended.removeEventListener('abort', wake);
    reading?.cancel();
  }
}

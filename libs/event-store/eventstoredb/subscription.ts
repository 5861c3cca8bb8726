import { type AllStreamResolvedEvent, streamNameFilter } from '@eventstore/db-client';
import { type Batch, EventStoreUnavailable, type RecordedEvent, type SubscribeOptions } from '#event-store';
import { type Connection, noAnswerWithin } from './connection.ts';
import { asStoreFailure } from './failure.ts';
import { isOurs, toPlace, toRecorded } from './recorded.ts';

/** Events to have in store while a batch is being handled. */
const IN_STORE = 500;
/** The server tells how far it has looked; as it does so ahead of its events, nothing is made of that. */
const CHECKPOINT_INTERVAL = 1_000;
const NOT_THE_STORES_OWN = '^[^$]';

/**
 * One subscription of the server, in batches: full ones until it has caught up, then whatever has come.
 * @throws EventStoreUnavailable the server ended it, cannot be reached, or the connection is being closed
 */
export async function* follow(
  { client, options, answerMs, closing }: Connection,
  { after, batchSize, signal }: SubscribeOptions,
): AsyncGenerator<Batch> {
  const filter = streamNameFilter({ regex: NOT_THE_STORES_OWN, checkpointInterval: CHECKPOINT_INTERVAL });
  const from = { ...options, fromPosition: toPlace(after), filter };
  const subscription = client.subscribeToAll(from, { highWaterMark: IN_STORE });
  const ended = AbortSignal.any([signal, closing]);
  let live = false;
  let failure: unknown;
  let news = Promise.withResolvers<void>();
  const wake = () => news.resolve();
  const fail = (error: unknown) => {
    failure ??= asStoreFailure(error);
    wake();
  };
  const unconfirmed = setTimeout(() => fail(noAnswerWithin(answerMs)), answerMs);
  subscription
    .on('confirmation', () => clearTimeout(unconfirmed))
    .on('caughtUp', () => {
      live = true;
      wake();
    })
    .on('readable', wake)
    .on('error', fail)
    .on('end', () => fail(new EventStoreUnavailable('The event store has ended the subscription.')));
  ended.addEventListener('abort', wake);

  try {
    let position = after;
    let events: RecordedEvent[] = [];
    let toldCaughtUp = false;
    while (!ended.aborted) {
      news = Promise.withResolvers();
      if (failure !== undefined) throw failure;
      while (events.length < batchSize) {
        const resolved = subscription.read() as AllStreamResolvedEvent | null;
        if (resolved === null) break;
        if (resolved.event && isOurs(resolved.event)) events.push(toRecorded(resolved.event));
      }
      const caughtUp = live && events.length < batchSize;
      if (events.length === batchSize || (caughtUp && (events.length > 0 || !toldCaughtUp))) {
        position = events.at(-1)?.position ?? position;
        yield { events, position, caughtUp };
        toldCaughtUp = caughtUp;
        events = [];
      } else {
        await news.promise;
      }
    }
    if (!signal.aborted) throw new EventStoreUnavailable('The event store was closed.');
  } finally {
    clearTimeout(unconfirmed);
    ended.removeEventListener('abort', wake);
    subscription.unsubscribe().catch(() => undefined);
  }
}

import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerWritableStream } from '@grpc/grpc-js';
import { NotImplemented, StreamNotFound } from './errors.ts';
import { type Filter, filterOf } from './filter.ts';
import type { Log, LogRecord } from './log.ts';
import {
  caughtUp,
  checkpoint,
  confirmation,
  positionIn,
  read,
  revisionIn,
  streamNameOf,
  streamNotFound,
} from './messages.ts';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

const FORWARDS = 0;
/** A live subscriber further behind than this catches up again. */
const LIVE_BUFFER = 100;
/** The number of examined events after which a read yields to the event loop. */
const YIELD_EVERY = 1_000;

/** Answers one call of `Streams.Read`: a stream or the log, once or as a subscription until `over`. */
export async function answerRead(log: Log, call: ReadCall, over: AbortSignal): Promise<void> {
  const options = call.request.getOptions();
  if (!options) throw new NotImplemented('reading without options');
  if (options.getResolveLinks()) throw new NotImplemented('resolving links');
  if (!options.getUuidOption()?.hasString()) throw new NotImplemented('ids in two numbers');
  const sink = new Sink(call, over);
  if (options.hasSubscription()) await (options.hasAll() ? followAll : followStream)(log, options, sink);
  else await (options.hasAll() ? readAll : readStream)(log, options, sink);
  if (!over.aborted) call.end();
}

/** Writes no faster than the client reads. */
class Sink {
  readonly #call: ReadCall;
  /** Aborts when the client has ended the call. */
  readonly gone: AbortSignal;

  constructor(call: ReadCall, over: AbortSignal) {
    const left = new AbortController();
    this.#call = call;
    call.on('cancelled', () => left.abort());
    call.on('close', () => left.abort());
    this.gone = AbortSignal.any([left.signal, over]);
  }

  async send(message: ReadResp): Promise<void> {
    if (this.gone.aborted || this.#call.write(message)) return;
    await once(this.#call, 'drain', { signal: this.gone }).catch(() => undefined);
  }
}

async function readStream(log: Log, options: ReadReq.Options, sink: Sink): Promise<void> {
  const stream = options.getStream() as ReadReq.Options.StreamOptions;
  const name = streamNameOf(stream.getStreamIdentifier());
  const direction = options.getReadDirection() === FORWARDS ? 'forwards' : 'backwards';
  try {
    await sendUpTo(log, options, log.readStream(name, revisionIn(stream), direction), sink);
  } catch (error) {
    if (!(error instanceof StreamNotFound)) throw error;
    await sink.send(streamNotFound(name));
  }
}

async function readAll(log: Log, options: ReadReq.Options, sink: Sink): Promise<void> {
  const filter = filterOf(options.getFilter());
  const from = positionIn(options.getAll() as ReadReq.Options.AllOptions);
  const start = from === 'start' ? 0 : from === 'end' ? log.length : Math.min(log.indexOf(from), log.length);
  const records = options.getReadDirection() === FORWARDS ? after(log, start) : before(log, start);
  await sendUpTo(log, options, records, sink, filter);
}

async function sendUpTo(
  log: Log,
  options: ReadReq.Options,
  records: Iterable<LogRecord>,
  sink: Sink,
  filter?: Filter,
): Promise<void> {
  let left = Number(options.getCount());
  for (const record of records) {
    if (sink.gone.aborted || (left === 0 && !filter)) return;
    log.considered++;
    // Yields, so that a long search does not block other calls.
    if (log.considered % YIELD_EVERY === 0) await setImmediate();
    if (filter && !filter.passes(record)) continue;
    // With a filter, a real server ends only at the next matching event.
    if (left === 0) return;
    log.sent++;
    await sink.send(read(record));
    left--;
  }
}

function* after({ records, length }: Log, start: number): Generator<LogRecord> {
  for (let index = start; index < length; index++) yield records[index] as LogRecord;
}

function* before({ records }: Log, start: number): Generator<LogRecord> {
  for (let index = start - 1; index >= 0; index--) yield records[index] as LogRecord;
}

async function followAll(log: Log, options: ReadReq.Options, sink: Sink): Promise<void> {
  const filter = filterOf(options.getFilter());
  const from = positionIn(options.getAll() as ReadReq.Options.AllOptions);
  const end = log.length;
  const start = from === 'start' ? 0 : from === 'end' ? end : Math.min(log.indexOf(from) + 1, end);
  await sink.send(confirmation());
  const readable = { at: (index: number) => log.records[index], length: () => log.length };
  await follow(log, readable, start, filter, sink);
}

async function followStream(log: Log, options: ReadReq.Options, sink: Sink): Promise<void> {
  const stream = options.getStream() as ReadReq.Options.StreamOptions;
  const name = streamNameOf(stream.getStreamIdentifier());
  const from = revisionIn(stream);
  log.refuseDeleted(name);
  await sink.send(confirmation());
  const events = () => {
    log.refuseDeleted(name);
    return log.eventsOf(name);
  };
  const start =
    from === 'start' ? log.firstVisible(name) : from === 'end' ? events().length : Number(from) + 1;
  const readable = { at: (index: number) => events()[index], length: () => events().length };
  await follow(log, readable, start, undefined, sink);
}

/** What can be read now. */
interface Readable {
  at(index: number): LogRecord | undefined;
  length(): number;
}

/** Sends the records from `start` on and then new ones, until the client ends the call. */
async function follow(
  log: Log,
  readable: Readable,
  start: number,
  filter: Filter | undefined,
  sink: Sink,
): Promise<void> {
  let next = start;
  let live = false;
  let checkpointAt: bigint | undefined;
  const sendCheckpoint = async () => {
    const position = readable.at(next - 1)?.position;
    if (next === start || position === undefined || position === checkpointAt) return;
    checkpointAt = position;
    await sink.send(checkpoint(position));
  };

  while (!sink.gone.aborted) {
    const record = next < readable.length() ? readable.at(next) : undefined;
    if (record) {
      if (readable.length() - next > LIVE_BUFFER) live = false;
      next++;
      log.considered++;
      if (!filter || filter.passes(record)) {
        log.sent++;
        await sink.send(read(record));
      }
      if (filter && (next - start) % filter.checkpointEvery === 0) await sendCheckpoint();
    } else if (!live) {
      if (filter) await sendCheckpoint();
      // More may have been written while the checkpoint was sent.
      if (next < readable.length()) continue;
      live = true;
      await sink.send(caughtUp());
    } else {
      await once(log, 'replicated', { signal: sink.gone }).catch(() => undefined);
    }
  }
}

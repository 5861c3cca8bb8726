import { type Credentials, convertToCommandError, EventStoreDBClient } from '@eventstore/db-client';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  ReadReq,
  ReadResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import { outsideSpans } from '#tracing';
import { AppendStream } from './append-stream.ts';
import { noAnswerWithin } from './failure.ts';
import { eventIn, type StoredEvent } from './recorded.ts';

/** The stream of answers to a read. */
export type Reading = ReturnType<StreamsClient['read']>;
/** The arguments of a call besides its request. */
type CallArguments =
  Required<Parameters<StreamsClient['read']>> extends [unknown, ...infer Rest] ? Rest : never;

/** The caller that waits for an append. */
export class Caller {
  /** Called when it no longer waits. */
  onGone: (() => void) | undefined;
  /** Whether the server has probably not reached the append, as others were answered within so many milliseconds. */
  isQueued: ((withinMs: number) => boolean) | undefined;

  leave(): void {
    this.onGone?.();
  }
}

/** The client's inner methods that are used here. */
interface Inner {
  /** Calls with the stubs of the connected node; when that is lost, the next call goes to another one. */
  execute<Answer>(
    stubs: typeof StreamsClient,
    name: string,
    call: (stubs: StreamsClient) => Promise<Answer>,
  ): Promise<Answer>;
  GRPCStreamCreator(
    stubs: typeof StreamsClient,
    name: string,
    call: (stubs: StreamsClient) => Reading,
  ): () => Promise<Reading>;
  callArguments(call: object, options: object): CallArguments;
  /** Decides after a failed call whether to reconnect. */
  handleError(stubs: StreamsClient, error: unknown): Promise<void>;
}

/**
 * The calls of the service `Streams`, straight on the stubs the client is made of. The client finds the leader; its own
 * calls cost more and can do less: they filter no reads, and append in a way that may hang.
 */
export class Calls {
  readonly #client: Inner;
  readonly #arguments: CallArguments;
  /** The stubs that were used last. */
  #stubs: StreamsClient | undefined;
  #appends: AppendStream | undefined;

  /**
   * @param credentials of a user; not sent without TLS
   * @throws Error the connection string is not valid
   */
  constructor(url: string, credentials: Credentials | undefined) {
    this.#client = EventStoreDBClient.connectionString(url) as unknown as Inner;
    // The client does not handle its rejection while no node can be found, which would end the process.
    const { handleError } = this.#client;
    this.#client.handleError = (stubs, error) => handleError(stubs, error).catch(() => undefined);
    // Only the leader is sure to have every append.
    const call = { requiresLeader: true, ...(credentials && { credentials }) };
    this.#arguments = this.#client.callArguments(call, { deadline: Number.POSITIVE_INFINITY });
  }

  /**
   * The events that are read, each converted as it arrives: what it came in is not kept until the last one.
   * @param patienceMs how long to wait between answers
   * @param enough the number of events after which it ends; without it, the server ends it
   * @throws EventStoreUnavailable nothing arrived in time; a later answer is ignored
   * @throws what `convert` throws
   */
  read<Event>(
    request: ReadReq,
    convert: (event: StoredEvent) => Event,
    patienceMs: number,
    enough?: number,
  ): Promise<Event[]> {
    const { promise, resolve, reject } = Promise.withResolvers<Event[]>();
    // The client reconnects after a call that was cancelled, so its outcome is set before cancelling.
    const call = Promise.withResolvers<void>();
    const events: Event[] = [];
    let reading: Reading | undefined;
    const timer = setTimeout(() => {
      reject(noAnswerWithin(patienceMs));
      reading?.cancel();
    }, patienceMs);
    const end = () => {
      clearTimeout(timer);
      resolve(events);
      call.resolve();
    };
    const take = (event: StoredEvent) => {
      try {
        events.push(convert(event));
      } catch (error) {
        reject(error);
        end();
        reading?.cancel();
      }
    };
    // May be called again after an answer or a time-out.
    const fail = (error: Error) => {
      clearTimeout(timer);
      reject(convertToCommandError(error));
    };
    const begin = (stubs: StreamsClient) => {
      this.#stubs = stubs;
      reading = stubs
        .read(request, ...this.#arguments)
        .on('data', (answer: ReadResp) => {
          timer.refresh();
          const event = eventIn(answer);
          if (event === undefined) return;
          take(event);
          if (events.length !== enough) return;
          end();
          reading?.cancel();
        })
        .on('error', (error: Error) => {
          call.reject(error);
          fail(error);
        })
        .on('end', end);
      return call.promise;
    };
    this.#client.execute(StreamsClient, 'read', begin).catch(fail);
    return promise;
  }

  /** The answers to a subscription. */
  subscribe(request: ReadReq): Promise<Reading> {
    const begin = this.#client.GRPCStreamCreator(StreamsClient, 'subscribe', (stubs) => {
      this.#stubs = stubs;
      return stubs.read(request, ...this.#arguments);
    });
    return begin();
  }

  /**
   * An append over the stream that appends share. Where it fails it may have taken effect, or may still.
   * @param id its correlation id
   * @throws EventStoreUnavailable it was not answered in time
   */
  appendInStream(
    request: BatchAppendReq,
    id: string,
    patienceMs: number,
    caller: Caller,
  ): Promise<BatchAppendResp> {
    const appends = this.#appends?.usable ? this.#appends : this.#openAppends(patienceMs);
    caller.onGone = () => appends.abandon(id);
    caller.isQueued = (withinMs) => appends.isQueued(id, withinMs);
    return appends.append(request, id);
  }

  #openAppends(patienceMs: number): AppendStream {
    const appends = new AppendStream(patienceMs);
    this.#appends = appends;
    // It outlasts the append that opens it.
    const served = outsideSpans(() =>
      this.#client.execute(StreamsClient, 'append', (stubs) => {
        this.#stubs = stubs;
        return appends.serve(stubs.batchAppend(...this.#arguments));
      }),
    );
    served.catch((error: Error) => appends.fail(convertToCommandError(error)));
    return appends;
  }

  /** An append by a call of its own, which is cancelled with its caller; it may have taken effect by then. */
  async append(parts: readonly AppendReq[], patienceMs: number, caller: Caller): Promise<AppendResp> {
    try {
      return await this.#client.execute(StreamsClient, 'append', (stubs) => {
        this.#stubs = stubs;
        const [metadata, options] = this.#arguments;
        const { promise, resolve, reject } = Promise.withResolvers<AppendResp>();
        const limits = { ...options, deadline: Date.now() + patienceMs };
        const call = stubs.append(metadata, limits, (error, answer) =>
          error ? reject(error) : resolve(answer),
        );
        call.on('error', reject);
        caller.onGone = () => call.cancel();
        caller.isQueued = undefined;
        for (const part of parts) call.write(part);
        call.end();
        return promise;
      });
    } catch (error) {
      throw convertToCommandError(error as Error);
    }
  }

  /** Ends the connection. */
  close(): void {
    this.#appends?.close();
    this.#stubs?.close();
  }
}

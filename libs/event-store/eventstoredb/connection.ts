import { setTimeout as pause } from 'node:timers/promises';
import type { Credentials } from '@eventstore/db-client';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  ReadReq,
} from '@eventstore/db-client/generated/streams_pb.js';
import pTimeout from 'p-timeout';
import { EventStoreUnavailable } from '#event-store';
import { type Caller, Calls, type Reading } from './calls.ts';
import { asStoreFailure, isRetryable, noAnswerWithin } from './failure.ts';
import type { StoredEvent } from './recorded.ts';

export interface EventStoreDbOptions {
  /**
   * The connection string, for example `esdb://user:password@host1:2113,host2:2113?tlsCAFile=/ca.crt`. Unless it has
   * `tls=false` it needs a user.
   */
  readonly url: string;
  /** How long to wait for each answer before retrying; 5,000 ms by default. */
  readonly answerMs?: number;
  /** How long to retry while there is no answer; 10,000 ms by default. */
  readonly patienceMs?: number;
  /** Calls that may be under way; further ones are refused. 1,000 by default. */
  readonly maxUnderWay?: number;
}

const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 1_000;

/** Calls to the store, with time-outs, retries and a limit of calls under way. */
export class Connection {
  readonly answerMs: number;
  readonly #calls: Calls;
  readonly #patienceMs: number;
  readonly #maxUnderWay: number;
  readonly #closing = new AbortController();
  #underWay = 0;
  /** Resolves when no call is under way any more; used by `close`. */
  #idle: PromiseWithResolvers<void> | undefined;

  /**
   * Connects at the first call.
   * @throws Error the connection string is not valid, or lacks a user
   */
  constructor({ url, answerMs = 5_000, patienceMs = 10_000, maxUnderWay = 1_000 }: EventStoreDbOptions) {
    this.#calls = new Calls(url, credentialsIn(url));
    this.answerMs = answerMs;
    this.#patienceMs = patienceMs;
    this.#maxUnderWay = maxUnderWay;
  }

  /** Aborts when the connection is being closed. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /**
   * Retries a call until it is answered. `call` is repeated, with growing pauses, when it got no answer or the server was
   * too busy, so calling it twice must do no harm.
   * @throws EventStoreUnavailable there was none for too long, too many calls are under way, or it is closed
   */
  async retry<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    if (this.closing.aborted) throw new EventStoreUnavailable('The event store is closed.');
    if (this.#underWay >= this.#maxUnderWay) {
      throw new EventStoreUnavailable(`${this.#maxUnderWay} calls to the event store are under way already.`);
    }
    this.#underWay++;
    const startedAt = performance.now();
    try {
      for (let longest = FIRST_PAUSE_MS; ; longest = Math.min(2 * longest, LONGEST_PAUSE_MS)) {
        try {
          return await call();
        } catch (error) {
          const ms = longest * (1 - Math.random() / 2);
          const givesUp = this.closing.aborted || performance.now() + ms > startedAt + this.#patienceMs;
          if (givesUp || !isRetryable(error)) throw asStoreFailure(error);
          await pause(ms, undefined, { signal: this.closing }).catch(() => undefined);
        }
      }
    } finally {
      this.#underWay--;
      if (this.#underWay === 0) this.#idle?.resolve();
    }
  }

  /**
   * The events that are read, each converted as it arrives.
   * @param enough the number of events after which it ends, without waiting for the server to end it
   * @throws EventStoreUnavailable, as `retry`
   */
  read<Event>(request: ReadReq, convert: (event: StoredEvent) => Event, enough?: number): Promise<Event[]> {
    return this.retry(() => this.readOnce(request, convert, enough));
  }

  /** The same without retries; fails with the client's error. */
  readOnce<Event>(
    request: ReadReq,
    convert: (event: StoredEvent) => Event,
    enough?: number,
  ): Promise<Event[]> {
    return this.#calls.read(request, convert, this.answerMs, enough);
  }

  /** The answers to a subscription, without retries. */
  subscribe(request: ReadReq): Promise<Reading> {
    return this.#calls.subscribe(request);
  }

  /** Without retries; fails with the client's error. */
  appendOnce(parts: readonly AppendReq[], caller: Caller): Promise<AppendResp> {
    return inTime(this.#calls.append(parts, this.answerMs, caller), this.answerMs);
  }

  /** The same over the stream that all appends share. */
  appendInStream(request: BatchAppendReq, id: string, caller: Caller): Promise<BatchAppendResp> {
    return this.#calls.appendInStream(request, id, this.answerMs, caller);
  }

  /** Waits for pending calls, then closes the connection. */
  async close(): Promise<void> {
    this.#closing.abort();
    if (this.#underWay > 0) {
      this.#idle ??= Promise.withResolvers();
      await this.#idle.promise;
    }
    this.#calls.close();
  }
}

/** @throws EventStoreUnavailable there is no answer within `ms`; a later one is ignored */
function inTime<Answer>(answer: Promise<Answer>, ms: number): Promise<Answer> {
  const fallback = () => {
    throw noAnswerWithin(ms);
  };
  return pTimeout<Answer, never>(answer, { milliseconds: ms, fallback });
}

/** The credentials in a connection string; `undefined` without TLS, where they are not sent. */
function credentialsIn(url: string): Credentials | undefined {
  if (/[?&]tls=false/i.test(url)) return undefined;
  const [, username, password] = /^[^:]+:\/\/([^:@/]+):([^@]+)@/.exec(url) ?? [];
  if (username !== undefined && password !== undefined) {
    return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  }
  throw new Error('The connection string of the event store needs a user and a password, or tls=false.');
}

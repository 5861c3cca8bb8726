import { setTimeout as pause } from 'node:timers/promises';
import type { Credentials } from '@eventstore/db-client';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  ReadReq,
  ReadResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import pTimeout from 'p-timeout';
import { EventStoreUnavailable } from '#event-store';
import { type Caller, Calls, type Reading } from './calls.ts';
import { asStoreFailure, mayPass, noAnswerWithin } from './failure.ts';

export interface EventStoreDbOptions {
  /**
   * The connection string, for example `esdb://user:password@host1:2113,host2:2113?tlsCAFile=/ca.crt`. Unless it says
   * `tls=false` it needs a user.
   */
  readonly url: string;
  /** How long to wait for each answer before asking again; 5,000 ms by default. */
  readonly answerMs?: number;
  /** For how long to ask again while there is no answer; 10,000 ms by default. */
  readonly patienceMs?: number;
  /** Calls that may be under way; further ones are refused. 1,000 by default. */
  readonly maxUnderWay?: number;
}

const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 1_000;

/** The store, and how it is asked: in time, again while there is no answer, and not without bounds. */
export class Connection {
  readonly answerMs: number;
  readonly #calls: Calls;
  readonly #patienceMs: number;
  readonly #maxUnderWay: number;
  readonly #closing = new AbortController();
  #underWay = 0;
  /** Resolves, for those who close it, when no call is under way any more. */
  #quiet: PromiseWithResolvers<void> | undefined;

  /**
   * Connects when it is first asked.
   * @throws Error the connection string is none, or lacks a user
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
   * Calls until there is an answer. `call` is made again, each time later, when it got none or the server was too busy
   * for it, so calling it twice must do no harm.
   * @throws EventStoreUnavailable there was none for too long, too many calls are under way, or it is closed
   */
  async ask<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    if (this.closing.aborted) throw new EventStoreUnavailable('The event store is closed.');
    if (this.#underWay >= this.#maxUnderWay) {
      throw new EventStoreUnavailable(`${this.#maxUnderWay} calls to the event store are under way already.`);
    }
    this.#underWay++;
    const begun = performance.now();
    try {
      for (let longest = FIRST_PAUSE_MS; ; longest = Math.min(2 * longest, LONGEST_PAUSE_MS)) {
        try {
          return await call();
        } catch (error) {
          const ms = longest * (1 - Math.random() / 2);
          const givesUp = this.closing.aborted || performance.now() + ms > begun + this.#patienceMs;
          if (givesUp || !mayPass(error)) throw asStoreFailure(error);
          await pause(ms, undefined, { signal: this.closing }).catch(() => undefined);
        }
      }
    } finally {
      this.#underWay--;
      if (this.#underWay === 0) this.#quiet?.resolve();
    }
  }

  /**
   * What a read brings.
   * @param enough ends it with so many events, without waiting for the server to end it
   * @throws EventStoreUnavailable, as `ask`
   */
  read(request: ReadReq, enough?: number): Promise<ReadResp[]> {
    return this.ask(() => this.readOnce(request, enough));
  }

  /** The same, asked once only. It fails with what the client says. */
  readOnce(request: ReadReq, enough?: number): Promise<ReadResp[]> {
    return this.#calls.read(request, this.answerMs, enough);
  }

  /** The answers to a subscription; asked once only. */
  subscribe(request: ReadReq): Promise<Reading> {
    return this.#calls.subscribe(request);
  }

  /** Asked once only: it fails with what the client says. */
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
      this.#quiet ??= Promise.withResolvers();
      await this.#quiet.promise;
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

/** The user that a connection string names; none without TLS, where credentials are not sent. */
function credentialsIn(url: string): Credentials | undefined {
  if (/[?&]tls=false/i.test(url)) return undefined;
  const [, username, password] = /^[^:]+:\/\/([^:@/]+):([^@]+)@/.exec(url) ?? [];
  if (username !== undefined && password !== undefined) {
    return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  }
  throw new Error('The connection string of the event store needs a user and a password, or tls=false.');
}

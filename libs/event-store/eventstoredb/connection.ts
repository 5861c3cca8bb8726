import { setTimeout as pause } from 'node:timers/promises';
import { type Credentials, EventStoreDBClient } from '@eventstore/db-client';
import pTimeout from 'p-timeout';
import { EventStoreUnavailable } from '#event-store';
import { asStoreFailure, mayPass } from './failure.ts';

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

/** What every call says: the leader is asked, for only it is sure to know of every append. */
export interface CallOptions {
  readonly requiresLeader: true;
  readonly credentials: Credentials;
}

const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 1_000;

/** The client, and how it is asked: in time, again while there is no answer, and not without bounds. */
export class Connection {
  readonly client: EventStoreDBClient;
  /** The client appends in the plain way, which keeps deadlines, only when each append names a user. */
  readonly options: CallOptions;
  readonly answerMs: number;
  readonly #patienceMs: number;
  readonly #maxUnderWay: number;
  readonly #closing = new AbortController();
  readonly #underWay = new Set<Promise<unknown>>();

  /**
   * Connects when it is first asked.
   * @throws Error the connection string is none, or lacks a user
   */
  constructor({ url, answerMs = 5_000, patienceMs = 10_000, maxUnderWay = 1_000 }: EventStoreDbOptions) {
    this.client = EventStoreDBClient.connectionString(url);
    this.options = { requiresLeader: true, credentials: credentialsIn(url) };
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
   * for it, so twice has to be as good as once.
   * @throws EventStoreUnavailable there was none for too long, too many calls are under way, or it is closed
   */
  async ask<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    if (this.closing.aborted) throw new EventStoreUnavailable('The event store is closed.');
    if (this.#underWay.size >= this.#maxUnderWay) {
      throw new EventStoreUnavailable(`${this.#maxUnderWay} calls to the event store are under way already.`);
    }
    const answer = this.#persist(call);
    this.#underWay.add(answer);
    try {
      return await answer;
    } finally {
      this.#underWay.delete(answer);
    }
  }

  /** Lets calls under way come to their end, then lets go of what the client has open. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#underWay);
    // The client waits for ever for the end of a call whose answer came when nobody read it any more.
    await inTime(this.client.dispose(), this.answerMs).catch(() => undefined);
  }

  async #persist<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    const giveUpAt = performance.now() + this.#patienceMs;
    for (let longest = FIRST_PAUSE_MS; ; longest = Math.min(2 * longest, LONGEST_PAUSE_MS)) {
      try {
        return await call();
      } catch (error) {
        const ms = longest * (1 - Math.random() / 2);
        const givesUp = this.closing.aborted || performance.now() + ms > giveUpAt;
        if (givesUp || !mayPass(error)) throw asStoreFailure(error);
        await pause(ms, undefined, { signal: this.closing }).catch(() => undefined);
      }
    }
  }
}

/** @throws EventStoreUnavailable there is no answer within `ms`; should one come later, nobody hears it */
export function inTime<Answer>(answer: Promise<Answer>, ms: number): Promise<Answer> {
  const fallback = () => {
    throw noAnswerWithin(ms);
  };
  return pTimeout<Answer, never>(answer, { milliseconds: ms, fallback });
}

export function noAnswerWithin(ms: number): EventStoreUnavailable {
  return new EventStoreUnavailable(`The event store has not answered within ${ms} ms.`);
}

/** The user a connection string names; nobody, whom the client does not tell the server of, without TLS. */
function credentialsIn(url: string): Credentials {
  const [, username, password] = /^[^:]+:\/\/([^:@/]+):([^@]+)@/.exec(url) ?? [];
  if (username !== undefined && password !== undefined) {
    return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  }
  if (/[?&]tls=false/i.test(url)) return { username: '', password: '' };
  throw new Error('The connection string of the event store needs a user and a password, or tls=false.');
}

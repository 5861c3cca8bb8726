import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { EventStoreUnavailable } from '#event-store';
import { noAnswerWithin } from './failure.ts';

/** A call of `BatchAppend`: requests go one way, and answers come back in any order. */
export type BatchCall = ReturnType<StreamsClient['batchAppend']>;

/** An append without an answer so far. */
interface Unanswered {
  readonly request: BatchAppendReq;
  /** Its number among all appends of this stream. */
  readonly number: number;
  readonly giveUpAt: number;
  readonly resolve: (answer: BatchAppendResp) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Appends over one call, which costs less than a call for each: those made at the same time are written together,
 * and the server's answers name the append by an id. An append that fails here may have taken effect, or may
 * still.
 */
export class AppendStream {
  readonly #patienceMs: number;
  /** By correlation id, oldest first. */
  readonly #unanswered = new Map<string, Unanswered>();
  /** The ids of those that have not been written yet. */
  #waiting: string[] = [];
  readonly #over = Promise.withResolvers<void>();
  #call: BatchCall | undefined;
  /** No more may be written at the moment. */
  #full = false;
  #usable = true;
  #submitted = 0;
  /** The highest number that has been answered, and the time of the latest answer. */
  #answered = 0;
  #answeredAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  /** @param patienceMs how long each append waits for its answer */
  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  /** Whether it takes further appends: it has not ended, and no append has timed out. */
  get usable(): boolean {
    return this.#usable;
  }

  /**
   * Sends the appends over this new call. Resolves when it has been closed and no append is waiting.
   * @throws the error that ended the call
   */
  serve(call: BatchCall): Promise<void> {
    this.#call = call;
    const end = (error: Error) => {
      this.#usable = false;
      this.#over.reject(error);
    };
    call
      .on('data', (answer: BatchAppendResp) => this.#answer(answer))
      .on('drain', () => {
        this.#full = false;
        this.#write();
      })
      .on('error', end)
      .on('end', () => end(new EventStoreUnavailable('The event store takes no more appends here.')));
    this.#write();
    this.#closeWhenIdle();
    return this.#over.promise;
  }

  /**
   * @param request the whole of an append
   * @param id its correlation id
   * @throws EventStoreUnavailable it was not answered in time
   * @throws the error that the stream failed with
   */
  append(request: BatchAppendReq, id: string): Promise<BatchAppendResp> {
    const { promise, resolve, reject } = Promise.withResolvers<BatchAppendResp>();
    const giveUpAt = performance.now() + this.#patienceMs;
    const number = ++this.#submitted;
    this.#unanswered.set(id, { request, number, giveUpAt, resolve, reject });
    this.#timer ??= setTimeout(() => this.#giveUp(), this.#patienceMs);
    this.#waiting.push(id);
    this.#write();
    return promise;
  }

  /**
   * Whether the server has probably not reached it: there were answers lately, but none to a later append.
   * @param withinMs what counts as lately
   */
  isQueued(id: string, withinMs: number): boolean {
    const number = this.#unanswered.get(id)?.number ?? 0;
    return number > this.#answered && performance.now() - this.#answeredAt < withinMs;
  }

  /** Ignores the answer. The append is not made if it has not been written. */
  abandon(id: string): void {
    this.#unanswered.delete(id);
    this.#closeWhenIdle();
  }

  /** Rejects all appends without an answer. */
  fail(reason: unknown): void {
    this.#usable = false;
    for (const { reject } of this.#unanswered.values()) reject(reason);
    this.#unanswered.clear();
    this.#closeWhenIdle();
  }

  /** Takes no more appends, and ends when none is waiting. */
  close(): void {
    this.#usable = false;
    this.#closeWhenIdle();
  }

  /** Writes as much as the connection takes; the rest follows on `drain`. */
  #write(): void {
    const call = this.#call;
    if (!call) return;
    const waiting = this.#waiting;
    let written = 0;
    while (written < waiting.length && !this.#full) {
      const unanswered = this.#unanswered.get(waiting[written] as string);
      if (unanswered) this.#full = !call.write(unanswered.request);
      written++;
    }
    this.#waiting = written === waiting.length ? [] : waiting.slice(written);
  }

  #answer(answer: BatchAppendResp): void {
    const id = answer.getCorrelationId()?.getString() ?? '';
    this.#answeredAt = performance.now();
    const unanswered = this.#unanswered.get(id);
    if (!unanswered) return;
    this.#answered = Math.max(unanswered.number, this.#answered);
    unanswered.resolve(answer);
    this.abandon(id);
  }

  /** All wait equally long, so the oldest times out first. */
  #giveUp(): void {
    this.#timer = undefined;
    const now = performance.now();
    for (const [id, { giveUpAt, reject }] of this.#unanswered) {
      if (giveUpAt > now) {
        this.#timer = setTimeout(() => this.#giveUp(), giveUpAt - now);
        return;
      }
      this.#usable = false;
      reject(noAnswerWithin(this.#patienceMs));
      this.#unanswered.delete(id);
    }
    this.#closeWhenIdle();
  }

  /** Clears the timer when no append is waiting, and the call too when it is closed. */
  #closeWhenIdle(): void {
    if (this.#unanswered.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#usable) return;
    this.#over.resolve();
    this.#call?.cancel();
  }
}

import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { EventStoreUnavailable } from '#event-store';
import { noAnswerWithin } from './failure.ts';

/** A call of `BatchAppend`: requests go one way, and answers come back in any order. */
export type BatchCall = ReturnType<StreamsClient['batchAppend']>;

/** An append that is not answered. */
interface Unanswered {
  readonly request: BatchAppendReq;
  /** Its number among all that were handed in. */
  readonly number: number;
  readonly giveUpAt: number;
  readonly resolve: (answer: BatchAppendResp) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Appends over one call, which costs less than a call for each: those handed in at the same time are written together,
 * and the server's answers tell by an id which one they are for. An append that fails here may have taken effect, or may
 * yet.
 */
export class AppendStream {
  readonly #patienceMs: number;
  /** By correlation id, in the order in which they were handed in. */
  readonly #unanswered = new Map<string, Unanswered>();
  /** The ids of those that have not been written yet. */
  #waiting: string[] = [];
  readonly #over = Promise.withResolvers<void>();
  #call: BatchCall | undefined;
  /** No more may be written at the moment. */
  #full = false;
  #usable = true;
  #handedIn = 0;
  /** The number of the last one handed in that has been answered, and when there was an answer to any. */
  #answered = 0;
  #answeredAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  /** @param patienceMs how long each append waits for its answer */
  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  /** Whether it may be given further appends: it has not ended, and has left none without an answer. */
  get usable(): boolean {
    return this.#usable;
  }

  /**
   * Carries the appends over this call, which begins. Resolves when it has been closed, and nobody waits any more.
   * @throws whatever the call ended with
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
    this.#rest();
    return this.#over.promise;
  }

  /**
   * @param request the whole of an append
   * @param id its correlation id
   * @throws EventStoreUnavailable it was not answered in time
   * @throws whatever the stream failed with
   */
  append(request: BatchAppendReq, id: string): Promise<BatchAppendResp> {
    const { promise, resolve, reject } = Promise.withResolvers<BatchAppendResp>();
    const giveUpAt = performance.now() + this.#patienceMs;
    const number = ++this.#handedIn;
    this.#unanswered.set(id, { request, number, giveUpAt, resolve, reject });
    this.#timer ??= setTimeout(() => this.#giveUp(), this.#patienceMs);
    this.#waiting.push(id);
    this.#write();
    return promise;
  }

  /**
   * Whether its turn has yet to come: there have been answers lately, and none to an append handed in after it.
   * @param withinMs how long ago is lately
   */
  isInLine(id: string, withinMs: number): boolean {
    const number = this.#unanswered.get(id)?.number ?? 0;
    return number > this.#answered && performance.now() - this.#answeredAt < withinMs;
  }

  /** Nobody waits for this answer any more. The append is not made if it has not been written. */
  forget(id: string): void {
    this.#unanswered.delete(id);
    this.#rest();
  }

  /** Tells all who wait why they wait in vain. */
  fail(reason: unknown): void {
    this.#usable = false;
    for (const { reject } of this.#unanswered.values()) reject(reason);
    this.#unanswered.clear();
    this.#rest();
  }

  /** Takes no more appends, and ends when nobody waits for any. */
  close(): void {
    this.#usable = false;
    this.#rest();
  }

  /** As much as the connection takes; the rest when it takes more. */
  #write(): void {
    const call = this.#call;
    if (!call) return;
    const waiting = this.#waiting;
    let taken = 0;
    while (taken < waiting.length && !this.#full) {
      const unanswered = this.#unanswered.get(waiting[taken] as string);
      if (unanswered) this.#full = !call.write(unanswered.request);
      taken++;
    }
    this.#waiting = taken === waiting.length ? [] : waiting.slice(taken);
  }

  #answer(answer: BatchAppendResp): void {
    const id = answer.getCorrelationId()?.getString() ?? '';
    this.#answeredAt = performance.now();
    const unanswered = this.#unanswered.get(id);
    if (!unanswered) return;
    this.#answered = Math.max(unanswered.number, this.#answered);
    unanswered.resolve(answer);
    this.forget(id);
  }

  /** All wait equally long: the first one handed in is the first to give up. */
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
    this.#rest();
  }

  /** Leaves nothing behind when nobody waits. */
  #rest(): void {
    if (this.#unanswered.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#usable) return;
    this.#over.resolve();
    this.#call?.cancel();
  }
}

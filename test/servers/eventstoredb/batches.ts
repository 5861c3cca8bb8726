import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import { carryOut } from './appending.ts';
import { AppendTooLarge, BadRequest, CommitTimeout, NotLeader, Refused } from './errors.ts';
import { type Proposed, sizeOf, type Written } from './log.ts';
import { batchAppended, expectedInBatch, proposedIn, streamNameOf } from './messages.ts';
import type { Node } from './node.ts';

type BatchCall = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

/** An append whose last part has not come. */
interface Incoming {
  readonly options: BatchAppendReq.Options;
  readonly events: Proposed[];
  /** Answers the append when the rest of it does not arrive in time. */
  readonly tooLate: NodeJS.Timeout;
}

/** As a real one says it. */
const NOT_DESCRIBED = 'The given key was not present in the dictionary.';

/** Answers one call of `Streams.BatchAppend`: each append for itself, until the client has no more. */
export async function answerBatches(node: Node, call: BatchCall, over: AbortSignal): Promise<void> {
  node.asked.batches++;
  const batches = new Batches(node, call, over);
  call.on('data', (request: BatchAppendReq) => batches.take(request));
  call.on('end', () => batches.noMore());
  call.on('cancelled', () => batches.leave());
  over.addEventListener('abort', () => batches.leave());
  await batches.ended;
}

class Batches {
  readonly #node: Node;
  readonly #call: BatchCall;
  readonly #over: AbortSignal;
  readonly #incoming = new Map<string, Incoming>();
  readonly #ended = Promise.withResolvers<void>();
  /** Those of one turn. */
  #answers: BatchAppendResp[] = [];
  #unanswered = 0;
  #more = true;

  constructor(node: Node, call: BatchCall, over: AbortSignal) {
    this.#node = node;
    this.#call = call;
    this.#over = over;
  }

  /**
   * Resolves when everything is answered, or the client has disconnected.
   * @throws NotLeader the client requires the leader, and this is another node; ends everything in progress here
   */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  take(request: BatchAppendReq): void {
    const id = request.getCorrelationId()?.getString() ?? '';
    const options = request.getOptions();
    const refused = options && this.#begin(id, options);
    if (options && refused) this.#say(id, options, refused);
    const incoming = this.#incoming.get(id);
    if (!incoming) return;
    try {
      this.#add(request, incoming);
    } catch (error) {
      this.#forget(id, incoming);
      this.#fail(id, incoming, error);
      return;
    }
    if (!request.getIsFinal()) return;
    this.#forget(id, incoming);
    void this.#carryOut(id, incoming);
  }

  noMore(): void {
    this.#more = false;
    this.#endIfDone();
  }

  leave(): void {
    for (const [id, incoming] of this.#incoming) this.#forget(id, incoming);
    this.#ended.resolve();
  }

  /** Gives why it cannot be taken. */
  #begin(id: string, options: BatchAppendReq.Options): Refused | undefined {
    if (!options.hasStreamIdentifier()) return new BadRequest('Required field StreamIdentifier not set.');
    const ms = this.#timeFor(options);
    if (ms <= 0) return new CommitTimeout();
    if (this.#incoming.has(id)) return undefined;
    const tooLate = setTimeout(() => {
      this.#incoming.delete(id);
      this.#say(id, options, new CommitTimeout());
    }, ms);
    this.#incoming.set(id, { options, events: [], tooLate });
    return undefined;
  }

  /** @throws BadRequest, AppendTooLarge */
  #add(request: BatchAppendReq, { events }: Incoming): void {
    for (const message of request.getProposedMessagesList()) {
      const described = message.getMetadataMap();
      if (!described.has('type') || !described.has('content-type')) throw new BadRequest(NOT_DESCRIBED);
      events.push(proposedIn(message));
    }
    const { maxAppendSize } = this.#node.log;
    if (sizeOf(events) > maxAppendSize) throw new AppendTooLarge(maxAppendSize);
  }

  async #carryOut(id: string, incoming: Incoming): Promise<void> {
    const { options, events } = incoming;
    const stream = streamNameOf(options.getStreamIdentifier());
    this.#unanswered++;
    this.#node.asked.inBatches++;
    try {
      const written = await carryOut(this.#node, this.#call, stream, expectedInBatch(options), events);
      if (written) this.#say(id, options, written);
    } catch (error) {
      this.#fail(id, incoming, error);
    } finally {
      this.#unanswered--;
      this.#endIfDone();
    }
  }

  #fail(id: string, { options }: Incoming, error: unknown): void {
    if (error instanceof NotLeader || !(error instanceof Refused)) this.#ended.reject(error);
    else this.#say(id, options, error);
  }

  #say(id: string, options: BatchAppendReq.Options, what: Written | Refused): void {
    this.#answers.push(batchAppended(id, options, what));
    if (this.#answers.length === 1) setImmediate(() => this.#sayAll());
  }

  /** In no order that a client could rely on. */
  #sayAll(): void {
    const { answersInReverse = false } = this.#node.quirks;
    const answers = answersInReverse ? this.#answers.toReversed() : this.#answers;
    this.#answers = [];
    if (this.#over.aborted || this.#call.cancelled) return;
    for (const answer of answers) this.#call.write(answer);
    this.#endIfDone();
  }

  #forget(id: string, { tooLate }: Incoming): void {
    clearTimeout(tooLate);
    this.#incoming.delete(id);
  }

  #endIfDone(): void {
    if (this.#more || this.#unanswered > 0 || this.#answers.length > 0) return;
    if (!this.#over.aborted) this.#call.end();
    this.leave();
  }

  /** How long the client, and the server at most, waits until all of an append has come. */
  #timeFor(options: BatchAppendReq.Options): number {
    const { commitTimeoutMs } = this.#node;
    const deadline = options.getDeadline();
    return deadline ? Math.min(deadline.toDate().getTime() - Date.now(), commitTimeoutMs) : commitTimeoutMs;
  }
}

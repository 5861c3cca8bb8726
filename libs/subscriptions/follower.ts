import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { Recorded } from '#contracts';
import { toMillis } from '#domain/kernel';
import { type Batch, EventStoreUnavailable, type Position, START } from '#event-store';
import { OwnershipLost } from '#view-store';
import { backOff, realPauses } from './back-off.ts';
import { Deliverer, type DelivererOptions, type Skipped, type Slice } from './deliverer.ts';
import type { Delivered } from './handler.ts';

/** The limit of events that are handled and committed together. */
export interface BatchSizes {
  /** When there is nothing else to read: small, so that each is soon visible. */
  readonly live: number;
  readonly catchingUp: number;
}

export interface FollowerOptions<Event extends Delivered = Recorded> extends DelivererOptions<Event> {
  readonly batchSizes?: BatchSizes;
  /**
   * How long it gathers events at the log's end, after a few that it has handled. It handles them at once when a reader
   * waits for them, and where it cannot know that. 0 by default.
   */
  readonly gatherMs?: number;
  /** Called when another worker has taken the follower over; this one has stopped. */
  readonly lost?: () => void;
}

/** `standby`: another worker owns it. */
export type FollowerState = 'stopped' | 'paused' | 'catching-up' | 'live' | 'backing-off' | 'standby';

export interface FollowerStatus {
  readonly name: string;
  readonly state: FollowerState;
  /** What is stored reflects everything up to here. */
  readonly position: Position;
  /** The position of the last event known. */
  readonly head: Position;
  /** How far the head is ahead in positions, which is at least as many as events. */
  readonly lag: number;
  /** The age of the last handled event, while there is more to handle. */
  readonly lagMs: number;
  /** Failures in a row. */
  readonly failures: number;
  readonly lastError: string | undefined;
  readonly parkedStreams: number;
}

/** The status of a follower that another worker owns, which alone knows its figures. */
export function standby(name: string): FollowerStatus {
  return {
    name,
    state: 'standby',
    position: START,
    head: START,
    lag: 0,
    lagMs: 0,
    failures: 0,
    lastError: undefined,
    parkedStreams: 0,
  };
}

/** The follower is run by another worker: send the request there. */
export class NotOwnerHere extends Error {
  override readonly name = 'NotOwnerHere';
  constructor(follower: string) {
    super(`${follower} is not run by this worker.`);
  }
}

/** From this many events on a batch is large: where nothing came of it, more are waited for, to be skipped together. */
const MANY = 10;
const QUIET_MS = 50;

const BATCH_SIZES: BatchSizes = { live: 500, catchingUp: 5_000 };

/**
 * The pull loop: reads the log from its checkpoint on, passes it to its handler in order, batch by batch, and stores
 * the outcome together with the checkpoint. After an error it subscribes again, with back-off. An event that
 * cannot be handled is parked after some attempts: its stream stops for this follower, the others continue.
 */
export class Follower<Event extends Delivered = Recorded> {
  readonly #options: FollowerOptions<Event>;
  readonly #deliverer: Deliverer<Event>;
  readonly #sizes: BatchSizes;
  /** Tasks that the loop runs between batches. */
  readonly #tasks: (() => Promise<void>)[] = [];
  #running: Promise<void> | undefined;
  #stopping = false;
  #paused = false;
  /** Ends the current subscription, so that the loop handles other requests. */
  #interruption = new AbortController();
  #state: FollowerState = 'stopped';
  #head: Position = START;
  #failures = 0;
  #lastError: string | undefined;

  constructor(options: FollowerOptions<Event>) {
    this.#options = options;
    this.#deliverer = new Deliverer(options);
    this.#sizes = options.batchSizes ?? BATCH_SIZES;
  }

  get name(): string {
    return this.#options.name;
  }

  /** Starts to follow; does nothing when it already does. */
  start(): void {
    this.#stopping = false;
    this.#running ??= this.#run();
  }

  /** Resolves when the current batch has been committed or abandoned. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#interruption.abort();
    await this.#running;
  }

  /** Stops reading after the current batch, until `resume`. */
  pause(): void {
    this.#paused = true;
    this.#interruption.abort();
  }

  resume(): void {
    this.#paused = false;
    this.#interruption.abort();
  }

  /** Checks at once, not with the next event, whether its stored state still exists, and restarts where it does not. */
  reopen(): void {
    this.#interruption.abort();
  }

  /** Discards what it stored and restarts at the beginning of the log; resolves when it has started. */
  restart(reason: string): Promise<void> {
    return this.#between(() => this.#deliverer.restart(reason));
  }

  /**
   * Tries the events of a parked stream again, in order.
   * True when none of it is parked any longer; false when one failed again, and stays parked with those after it.
   */
  retryParked(stream: string): Promise<boolean> {
    return this.#between(() => this.#deliverer.retry(stream));
  }

  /** Skips the event that a stream was parked on, if it still is, and tries those after it. */
  skipParked(stream: string, eventId: string): Promise<Skipped> {
    return this.#between(() => this.#deliverer.skip(stream, eventId));
  }

  async status(): Promise<FollowerStatus> {
    const { reader, clock } = this.#options;
    const { checkpoint, lastHandledAt, parkedStreams } = this.#deliverer;
    // The status is needed most when the log cannot be read.
    const head = await reader.head().catch(() => this.#head);
    const lag = Math.max(0, head - checkpoint);
    const age = lastHandledAt === undefined ? 0 : toMillis(clock.now()) - toMillis(lastHandledAt);
    return {
      name: this.name,
      state: this.#state,
      position: checkpoint,
      head,
      lag,
      lagMs: lag === 0 ? 0 : Math.max(0, age),
      failures: this.#failures,
      lastError: this.#lastError,
      parkedStreams,
    };
  }

  /** Runs `work` in the loop, between two batches. */
  async #between<Result>(work: () => Promise<Result>): Promise<Result> {
    if (!this.#running) throw new Error(`${this.name} is not running.`);
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    this.#tasks.push(async () => {
      try {
        if (this.#stopping) throw new Error(`${this.name} has been stopped.`);
        await this.#deliverer.open();
        resolve(await work());
      } catch (error) {
        reject(error);
      }
    });
    this.#interruption.abort();
    return promise;
  }

  async #runTasks(): Promise<void> {
    for (let task = this.#tasks.shift(); task; task = this.#tasks.shift()) await task();
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      this.#interruption = new AbortController();
      const { signal } = this.#interruption;
      try {
        await this.#runTasks();
        if (this.#paused) await this.#waitWhilePaused(signal);
        else await this.#follow(signal);
      } catch (error) {
        this.#deliverer.discard();
        if (error instanceof OwnershipLost) this.#onOwnershipLost(error);
        else if (!signal.aborted) await this.#fail(error, signal);
      }
    }
    await this.#runTasks();
    this.#state = 'stopped';
    this.#running = undefined;
  }

  async #waitWhilePaused(signal: AbortSignal): Promise<void> {
    this.#state = 'paused';
    if (!signal.aborted) await once(signal, 'abort');
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { reader, gatherMs = 0, pauses = realPauses } = this.#options;
    this.#state = 'catching-up';
    await this.#deliverer.open();
    const subscription = reader.subscribe({
      after: this.#deliverer.checkpoint,
      batchSize: this.#sizes.catchingUp,
      signal,
      passes: (batch) => this.#passOver(batch),
    });
    for await (const batch of subscription) {
      this.#sees(batch);
      for (const slice of slices(batch, this.#sizes)) {
        if (signal.aborted) return;
        await this.#deliverer.deliver(slice, signal);
        this.#failures = 0;
        this.#lastError = undefined;
      }
      this.#state = batch.caughtUp ? 'live' : 'catching-up';
      if (batch.caughtUp) {
        const isLarge = batch.events.length >= MANY;
        if (isLarge && this.#deliverer.quiet) await pauses.sleep(QUIET_MS, signal);
        else if (!isLarge && gatherMs > 0) await this.#gather(gatherMs, signal);
      }
      // Yields to other work of this thread while there is more to read.
      if (!batch.caughtUp) await setImmediate();
    }
    if (!signal.aborted) throw new EventStoreUnavailable('The subscription ended.');
  }

  #sees({ position }: Batch): void {
    if (position > this.#head) this.#head = position;
  }

  /** While it waits for events at the log's end, it is not woken for those that are not for it. */
  #passOver(batch: Batch): boolean {
    if (!this.#deliverer.passOver(batch)) return false;
    this.#sees(batch);
    return true;
  }

  async #gather(timeoutMs: number, signal: AbortSignal): Promise<void> {
    const awaited = this.#options.views.awaited(this.name);
    await awaited?.waitBeyond(this.#deliverer.checkpoint, { timeoutMs, signal });
  }

  #onOwnershipLost(error: OwnershipLost): void {
    const { log, lost } = this.#options;
    log.warn({ follower: this.name, err: error }, 'Stopped the follower: another worker has taken it over');
    this.#stopping = true;
    lost?.();
  }

  async #fail(error: unknown, signal: AbortSignal): Promise<void> {
    const { log, pauses = realPauses } = this.#options;
    this.#failures += 1;
    this.#lastError = error instanceof Error ? error.message : String(error);
    this.#state = 'backing-off';
    const ms = backOff(this.#failures, pauses.random);
    log.warn(
      { follower: this.name, err: error, failures: this.#failures, retryInMs: ms },
      'The follower failed and will be retried',
    );
    await pauses.sleep(ms, signal);
  }
}

/** The batch in parts: small ones when nothing is to be read after it. */
function slices({ events, position, caughtUp }: Batch, { live, catchingUp }: BatchSizes): Slice[] {
  const size = caughtUp ? live : catchingUp;
  const parts: Slice[] = [];
  for (let end = size; end < events.length; end += size) {
    const part = events.slice(end - size, end);
    parts.push({ events: part, to: part.at(-1)?.position ?? position, more: true });
  }
  const rest = events.slice(parts.length * size);
  return [...parts, { events: rest, to: position, more: !caughtUp }];
}

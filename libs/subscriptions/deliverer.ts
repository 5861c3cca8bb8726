import type { Recorded, TesseraEvent } from '#contracts';
import type { Instant } from '#domain/kernel';
import {
  type Batch,
  type EventReader,
  EventStoreUnavailable,
  type Position,
  type RecordedEvent,
  START,
} from '#event-store';
import { type SpanOptions, within } from '#tracing';
import {
  CheckpointMoved,
  type CollectionDefinition,
  type Document,
  OwnershipLost,
  type ViewStore,
  ViewStoreUnavailable,
  type Write,
} from '#view-store';
import { backOff, type Pauses, realPauses } from './back-off.ts';
import type { Delivered, Handler } from './handler.ts';
import type { Log } from './log.ts';
import { advancedTo, listParked, type ParkedStream, park, removeParked, saveParked } from './parking.ts';

export interface Clock {
  now(): Instant;
}

export interface DelivererOptions<Event extends Delivered = Recorded> {
  /** Of the follower: its checkpoint's name. */
  readonly name: string;
  readonly reader: EventReader;
  readonly views: ViewStore;
  /** A stored event in the shape it is handled in. */
  readonly deserialise: (event: RecordedEvent) => Event;
  readonly handler: Handler<Event>;
  /** The types it handles; all by default. */
  readonly handles?: readonly TesseraEvent['type'][];
  /** The collections that it alone writes; emptied when it restarts. */
  readonly collections?: readonly CollectionDefinition<Document>[];
  readonly clock: Clock;
  readonly log: Log;
  /** Of the lease by which the follower is run; none where it can only have one owner. */
  readonly term?: number;
  /** How often an event is tried before its stream is parked. */
  readonly attempts?: number;
  /** Errors that are not the event's fault: retried without limit. Outages of the stores are always among them. */
  readonly isOutage?: (error: unknown) => boolean;
  readonly pauses?: Pauses;
}

/** Some events to be handled and committed together. */
export interface Slice {
  readonly events: readonly RecordedEvent[];
  /** The checkpoint after them. */
  readonly to: Position;
  /** Events after these are waiting to be read. */
  readonly more: boolean;
}

/** The state of a stream after a request to skip one of its events; `free`: nothing of it is parked any longer. */
export type Skipped = 'free' | 'still-parked' | 'not-parked-on-it';

const ATTEMPTS = 5;

/** Passes events to a handler and commits the outcome; parks what cannot be handled. One call at a time. */
export class Deliverer<Event extends Delivered = Recorded> {
  readonly #options: DelivererOptions<Event>;
  readonly #handles: ReadonlySet<string> | undefined;
  readonly #attempts: number;
  readonly #pauses: Pauses;
  #checkpoint: Position = START;
  /** By stream. */
  #parked = new Map<string, ParkedStream>();
  #lastHandledAt: Instant | undefined;
  /** Whether what is stored can be continued. */
  #current = false;
  /** The handler has events that are not committed. */
  #holding = false;
  #quiet = false;
  /** The handler was last at the log's end, and has neither kept nor discarded anything since. */
  #settled = false;

  constructor(options: DelivererOptions<Event>) {
    this.#options = options;
    this.#handles = options.handles && new Set(options.handles);
    this.#attempts = options.attempts ?? ATTEMPTS;
    this.#pauses = options.pauses ?? realPauses;
  }

  /** Everything up to here has been handled and committed. */
  get checkpoint(): Position {
    return this.#checkpoint;
  }

  /** The time of the last event it has handled or skipped. */
  get lastHandledAt(): Instant | undefined {
    return this.#lastHandledAt;
  }

  /** Nothing was to be written for what was delivered last. */
  get quiet(): boolean {
    return this.#quiet;
  }

  get parkedStreams(): number {
    return this.#parked.size;
  }

  /**
   * Continues from what is stored, or restarts where that is not possible.
   * @throws OwnershipLost the follower has an owner of a later term
   */
  async open(): Promise<void> {
    const { name, reader, views, handler, term } = this.#options;
    if (this.#holding) this.discard();
    this.#settled = false;
    // What is read after the fence can only be changed by this owner.
    if (term !== undefined) await views.fence(name, term);
    const checkpoint = await views.checkpoint(name);
    // Another process has removed what was stored.
    if (checkpoint < this.#checkpoint) this.#current = false;
    this.#checkpoint = checkpoint;
    if (!this.#current) {
      const outdated = await handler.open?.();
      const head = await reader.head();
      const reason =
        checkpoint > head
          ? `its checkpoint is ${checkpoint}, but the log ends at ${head}: an earlier log has been restored`
          : outdated;
      if (reason === undefined) this.#current = true;
      else await this.restart(reason);
    }
    this.#parked = new Map((await listParked(views, name)).map((parked) => [parked.stream, parked]));
  }

  /** Discards everything stored and restarts at the beginning of the log. */
  async restart(reason: string): Promise<void> {
    const { name, views, handler, collections = [], log, term } = this.#options;
    this.#current = false;
    const checkpoint = await views.checkpoint(name);
    if (checkpoint !== START)
      log.info({ follower: name, reason }, 'The follower restarts at the beginning of the log');
    const parked = await listParked(views, name);
    const first = [...(handler.restarting?.() ?? []), ...parked.map(removeParked)];
    await this.#commit(checkpoint, checkpoint, first);
    await views.reset(name, collections, term);
    this.discard();
    await this.#commit(START, START, handler.restarted?.() ?? []);
    this.#checkpoint = START;
    this.#parked = new Map();
    this.#current = true;
  }

  /** Discards what is not committed. */
  discard(): void {
    this.#holding = false;
    this.#settled = false;
    this.#options.handler.discard?.();
  }

  /**
   * Handles the events in order and commits the outcome. If that fails, each event is tried by itself, and
   * parked in the end.
   * @throws OwnershipLost the follower has an owner of a later term
   * @throws errors of an outage, or the last error when `signal` aborts while an event waits for another attempt
   */
  async deliver(slice: Slice, signal: AbortSignal): Promise<void> {
    await this.#deliver(slice, signal);
    if (!slice.more) await this.#options.handler.caughtUp?.();
  }

  async #deliver(slice: Slice, signal: AbortSignal): Promise<void> {
    try {
      await this.#handle(slice);
    } catch (error) {
      // Events that were held back are delivered again from the checkpoint on, and then committed batch by batch.
      if (this.#holding || slice.events.length === 0 || this.#isOutage(error)) throw error;
      this.discard();
      if (slice.events.length === 1) await this.#retryThenPark(slice, error, signal);
      else for (const single of singles(slice)) await this.#deliver(single, signal);
    }
  }

  /**
   * Moves past events at the log's end at once, where none of them is for it and that takes no commit; false where they
   * are to be delivered. Most events concern few of the followers: for the others each must cost next to nothing.
   */
  passOver({ events, position, caughtUp }: Batch): boolean {
    if (!this.#settled || !caughtUp || this.#handles === undefined) return false;
    if (events.some(({ stream }) => this.#parked.has(stream))) return false;
    try {
      const all = this.#deserialised(events);
      if (this.#wanted(all).length > 0) return false;
      const { name: follower, views, term } = this.#options;
      if (!views.advance({ follower, from: this.#checkpoint, to: position, term })) return false;
      this.#passed(position, all);
      return true;
    } catch {
      // It comes up again when they are delivered.
      return false;
    }
  }

  #passed(to: Position, events: readonly Event[]): void {
    this.#quiet = true;
    this.#checkpoint = to;
    this.#lastHandledAt = (events.at(-1)?.metadata.at as Instant | undefined) ?? this.#lastHandledAt;
  }

  /** Tries a parked stream's events again, in order. True when nothing of it is parked any longer. */
  async retry(stream: string): Promise<boolean> {
    for (let parked = this.#parked.get(stream); parked; parked = this.#parked.get(stream)) {
      const { revision: from } = parked.event;
      const read = await this.#options.reader.readStream(stream, { from, limit: 2 });
      const [event, next] = read.filter(({ position }) => position <= this.#checkpoint);
      if (event === undefined) await this.#move(parked, undefined);
      else if (!(await this.#retryEvent(parked, event, next))) return false;
    }
    return true;
  }

  /**
   * Skips the event that a stream was parked on: this follower never handles it. Those after it are tried again.
   * Nothing happens when the stream is not parked on that event, so that a repeated request skips only one.
   */
  async skip(stream: string, eventId: string): Promise<Skipped> {
    const { name, reader, log } = this.#options;
    const parked = this.#parked.get(stream);
    if (parked?.event.id !== eventId) return 'not-parked-on-it';
    const { revision: from } = parked.event;
    const read = await reader.readStream(stream, { from, limit: 2 });
    const next = read.filter(({ position }) => position <= this.#checkpoint)[1];
    await this.#move(parked, next && advancedTo(parked, next));
    log.warn({ follower: name, stream, event: parked.event }, 'A parked event was skipped on request');
    return (await this.retry(stream)) ? 'free' : 'still-parked';
  }

  /** Tries the first event of a parked stream again; the one after it is then the first. */
  async #retryEvent(parked: ParkedStream, event: RecordedEvent, next?: RecordedEvent): Promise<boolean> {
    const { name, handler, clock } = this.#options;
    try {
      const events = this.#wanted(this.#deserialised([event]));
      const outcome = await handler.handle({ events, to: this.#checkpoint, more: false, parked: true });
      if (outcome === 'held') throw new Error(`${name} held back an event that had been parked.`);
      await this.#move(parked, next && advancedTo(parked, next), outcome.writes);
      outcome.committed?.();
      return true;
    } catch (error) {
      this.discard();
      if (this.#isOutage(error)) throw error;
      const failure = { reason: reasonOf(error), attempts: parked.attempts + 1, parkedAt: clock.now() };
      await this.#move(parked, { ...parked, ...failure });
      return false;
    }
  }

  /** Stores the new state of a parked stream, with the outcome of its event. */
  async #move(
    from: ParkedStream,
    to: ParkedStream | undefined,
    writes: readonly Write[] = [],
  ): Promise<void> {
    const moved = to ? saveParked(to) : removeParked(from);
    await this.#commit(this.#checkpoint, this.#checkpoint, [...writes, moved]);
    if (to) this.#parked.set(from.stream, to);
    else this.#parked.delete(from.stream);
  }

  async #handle({ events, to, more }: Slice): Promise<void> {
    const { handler } = this.#options;
    const waiting = new Map<string, ParkedStream>();
    for (const { stream } of events) {
      const parked = waiting.get(stream) ?? this.#parked.get(stream);
      if (parked) waiting.set(stream, { ...parked, waiting: parked.waiting + 1 });
    }
    const deliverable = this.#deserialised(events.filter(({ stream }) => !waiting.has(stream)));
    const wanted = this.#wanted(deliverable);
    if (this.#settled && wanted.length === 0 && waiting.size === 0 && !more) {
      if (to !== this.#checkpoint) await this.#commit(this.#checkpoint, to, []);
      this.#passed(to, deliverable);
      return;
    }
    const outcome = await within(spanOn(this.#options.name, wanted), async () => {
      const outcome = await handler.handle({ events: wanted, to, more, parked: false });
      this.#holding = outcome === 'held';
      this.#quiet = false;
      if (outcome === 'held') return outcome;
      const writes = [...outcome.writes, ...[...waiting.values()].map(saveParked)];
      this.#quiet = writes.length === 0;
      if (to !== this.#checkpoint || writes.length > 0) await this.#commit(this.#checkpoint, to, writes);
      return outcome;
    });
    this.#settled = outcome !== 'held' && !more;
    if (outcome !== 'held') {
      // Outside the span: work that starts here outlasts the batch.
      outcome.committed?.();
      this.#checkpoint = to;
      for (const [stream, parked] of waiting) this.#parked.set(stream, parked);
    }
    const last = deliverable.at(-1)?.metadata.at as Instant | undefined;
    this.#lastHandledAt = last ?? this.#lastHandledAt;
  }

  #deserialised(events: readonly RecordedEvent[]): Event[] {
    return events.map((event) => this.#options.deserialise(event));
  }

  #wanted(events: readonly Event[]): readonly Event[] {
    const handles = this.#handles;
    return handles ? events.filter(({ type }) => handles.has(type)) : events;
  }

  /** Retries one event with back-off, and parks it after the last attempt. */
  async #retryThenPark(slice: Slice, failure: unknown, signal: AbortSignal): Promise<void> {
    let last = failure;
    for (let attempt = 1; attempt < this.#attempts; attempt += 1) {
      await this.#pauses.sleep(backOff(attempt, this.#pauses.random), signal);
      if (signal.aborted) throw last;
      try {
        await this.#handle(slice);
        return;
      } catch (error) {
        if (this.#isOutage(error)) throw error;
        this.discard();
        last = error;
      }
    }
    await this.#park(slice, last);
  }

  async #park({ events, to }: Slice, failure: unknown): Promise<void> {
    const { name, clock, log } = this.#options;
    for (const event of events) {
      const reason = reasonOf(failure);
      const parked = park(name, event, { reason, attempts: this.#attempts, at: clock.now() });
      await this.#commit(this.#checkpoint, to, [saveParked(parked)]);
      this.#checkpoint = to;
      this.#parked.set(event.stream, parked);
      log.error(
        { follower: name, event: parked.event, stream: event.stream, err: failure },
        'A stream was parked: one of its events could not be handled',
      );
    }
  }

  #commit(from: Position, to: Position, writes: readonly Write[]): Promise<void> {
    const { name: follower, views, term } = this.#options;
    return views.commit({ follower, from, to, writes, term });
  }

  #isOutage(error: unknown): boolean {
    return (
      error instanceof EventStoreUnavailable ||
      error instanceof ViewStoreUnavailable ||
      error instanceof CheckpointMoved ||
      error instanceof OwnershipLost ||
      (this.#options.isOutage?.(error) ?? false)
    );
  }
}

/** A batch belongs to the traces of its events. */
function spanOn(follower: string, events: readonly Delivered[]): SpanOptions {
  return {
    name: `follow ${follower}`,
    kind: 'consumer',
    attributes: { 'tessera.follower': follower, 'tessera.event.count': events.length },
    follows: () => events.map(({ metadata }) => metadata.traceparent as string | undefined),
  };
}

/** One slice per event; the last one ends where the slice ends. */
function singles({ events, to, more }: Slice): Slice[] {
  const last = events.length - 1;
  return events.map((event, index) =>
    index === last ? { events: [event], to, more } : { events: [event], to: event.position, more: true },
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

import { LRUCache } from 'lru-cache';
import { changesState, deserialiseToFold, type TesseraEvent } from '#contracts';
import type { Command, Decider } from '#domain/kernel';
import type { AppendResult, EventReader, Position, RecordedEvent, Revision } from '#event-store';
import { FIRST_PAGE, limitAfter, pagesOf } from './stream-pages.ts';

/** A command that was executed on a stream, by its events. */
export interface StoredCommand {
  readonly hash: string;
  /** Of the last event that changed the state. */
  readonly revision: Revision | 'none';
  readonly position: Position | undefined;
}

/** One stream as far as it was read: its folded state, and its end. */
export interface LoadedStream<State> {
  readonly state: State;
  /** Of the last event that changed the state. */
  readonly revision: Revision | 'none';
  readonly position: Position | undefined;
  /** Of the last event of all, which the next append expects. */
  readonly end: Revision | 'none';
  /**
   * The fingerprints of its events' ids, by revision: ids are derived from their commands' ids, and so show which commands
   * were executed on it. Streams only grow: one array serves every later replay of a stream.
   */
  readonly fingerprints: readonly number[];
  /** The number of calls of `clear` before it was read. */
  readonly generation: number;
  /** Whether the last read beyond what was cached found events: another process writes to it, too. */
  readonly writtenElsewhere: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: commands, events and facts are of no concern to a replay
export type AnyDecider<State> = Decider<State, any, any, any>;

/** A stream that is being read, and the next read, which all later callers share. */
interface Reading {
  readonly now: Promise<LoadedStream<unknown>>;
  next?: Promise<LoadedStream<unknown>>;
}

const CAPACITY = 200_000;

/** The weight of a cached stream without its events, in events. */
const ENTRY_WEIGHT = 4;

/** Drops what was erased by any process from memory; `undefined` when that was checked less than a second ago. */
export type DropErased = () => Promise<void> | undefined;

export interface AggregatesOptions {
  /** How many events the cached states may be folded from, in total. */
  readonly capacity?: number;
  /** Called before a cached state is used. */
  readonly dropErased?: DropErased | undefined;
}

/**
 * Replays streams, and caches the folded states of those in use: bounded by the number of events they were folded
 * from. A cached state may be behind the log, but the store checks the revision of every append.
 */
export class Aggregates {
  private readonly cache: LRUCache<string, LoadedStream<unknown>>;
  private readonly reading = new Map<string, Reading>();
  private readonly dropErased: DropErased | undefined;
  private generation = 0;

  /** @param origin provides the first cached states */
  constructor(
    private readonly reader: Pick<EventReader, 'readStream'>,
    { capacity = CAPACITY, dropErased }: AggregatesOptions = {},
    private readonly origin?: Aggregates,
  ) {
    this.dropErased = dropErased;
    this.cache = new LRUCache({
      maxSize: capacity,
      sizeCalculation: (loaded) => ENTRY_WEIGHT + (loaded.end === 'none' ? 0 : loaded.end + 1),
    });
  }

  /** The same streams as another log continues them, with a cache of its own that starts from this one. */
  fork(reader: Pick<EventReader, 'readStream'>): Aggregates {
    return new Aggregates(reader, { dropErased: this.dropErased }, this);
  }

  /** Drops every cached state, and those being read: they may contain erased data. */
  clear(): void {
    this.generation += 1;
    this.cache.clear();
  }

  /**
   * The stream from the cache, or from the log when it is not cached, or when another process writes to it: an append
   * to what is cached would then only conflict.
   */
  async load<State>(decider: AnyDecider<State>, id: string): Promise<LoadedStream<State>> {
    await this.dropErased?.();
    const stream = streamName(decider, id);
    const kept = this.cachedOf<State>(stream);
    if (kept?.writtenElsewhere) return this.refresh(decider, id);
    // Cached only after the following append or refresh.
    return kept ?? this.replay(decider, stream, this.emptyStream(decider));
  }

  /** The current state of another stream, read from the log: facts of a decision must not be stale. */
  async state<State>(decider: AnyDecider<State>, id: string): Promise<State> {
    return (await this.refresh(decider, id)).state;
  }

  /**
   * The state of another stream from the cache, or from the log when it is not cached: for parts that
   * never change once they exist.
   */
  async known<State>(decider: AnyDecider<State>, id: string): Promise<State> {
    await this.dropErased?.();
    const { state, end } = this.cached(decider, id);
    return end === 'none' ? this.state(decider, id) : state;
  }

  /** The stream from the cache, without reading the log; an empty one when it is not cached. */
  cached<State>(decider: AnyDecider<State>, id: string): LoadedStream<State> {
    return this.cachedOf<State>(streamName(decider, id)) ?? this.emptyStream(decider);
  }

  /** The stream with everything the log has by now. Callers that come while it is being read share the next read. */
  refresh<State>(decider: AnyDecider<State>, id: string): Promise<LoadedStream<State>> {
    const stream = streamName(decider, id);
    const reading = this.reading.get(stream);
    if (reading === undefined) return this.read(decider, stream);
    const read = () => this.read(decider, stream);
    reading.next ??= reading.now.then(read, read);
    return reading.next as Promise<LoadedStream<State>>;
  }

  private read<State>(decider: AnyDecider<State>, stream: string): Promise<LoadedStream<State>> {
    const now = this.catchUp(decider, stream);
    const reading: Reading = { now };
    this.reading.set(stream, reading);
    const end = () => {
      if (this.reading.get(stream) === reading) this.reading.delete(stream);
    };
    now.then(end, end);
    return now;
  }

  private async catchUp<State>(decider: AnyDecider<State>, stream: string): Promise<LoadedStream<State>> {
    await this.dropErased?.();
    const from = this.cachedOf<State>(stream) ?? this.emptyStream(decider);
    const replayed = await this.replay(decider, stream, from);
    const writtenElsewhere = from.end !== 'none' && replayed.end !== from.end;
    const loaded = { ...replayed, writtenElsewhere };
    if (this.isCurrent(stream, loaded)) this.cache.set(stream, loaded);
    return loaded;
  }

  private async replay<State>(
    decider: AnyDecider<State>,
    stream: string,
    from: LoadedStream<State>,
  ): Promise<LoadedStream<State>> {
    let loaded = from;
    for (let limit = FIRST_PAGE; ; ) {
      const from = (loaded.end === 'none' ? 0 : loaded.end + 1) as Revision;
      const page = await this.reader.readStream(stream, { from, limit });
      loaded = advance(decider, loaded, page);
      if (page.length < limit) return loaded;
      limit = limitAfter(page);
    }
  }

  /** Adds appended events to the cached state, so that the next command need not read them. */
  appended<State>(
    decider: AnyDecider<State>,
    stream: string,
    before: LoadedStream<State>,
    appended: readonly { readonly id: string; readonly event: TesseraEvent }[],
    { revision, position }: Pick<AppendResult, 'revision' | 'position'>,
  ): void {
    if (before.generation !== this.generation) return;
    const fingerprints = before.fingerprints as number[];
    let { state } = before;
    let made: Pick<LoadedStream<State>, 'revision' | 'position'> = before;
    const first = revision + 1 - appended.length;
    appended.forEach(({ id, event }, index) => {
      fingerprints[first + index] = fingerprint(id);
      if (!changesState(event)) return;
      state = decider.evolve(state, event);
      made = { revision, position };
    });
    this.cache.set(stream, {
      state,
      revision: made.revision,
      position: made.position,
      end: revision,
      fingerprints,
      generation: before.generation,
      writtenElsewhere: before.writtenElsewhere,
    });
  }

  /** The stored command, found by the id of its first event; `undefined` if it was not executed. */
  async findStored(
    stream: string,
    commandId: string,
    firstEvent: string,
  ): Promise<StoredCommand | undefined> {
    const first = fingerprint(firstEvent);
    let hash: string | undefined;
    let made: Pick<StoredCommand, 'revision' | 'position'> = { revision: 'none', position: undefined };
    for await (const event of eventsOf(this.reader, stream)) {
      const isNext = hash !== undefined || fingerprint(event.id) === first;
      if (isNext && commandOf(event) === commandId) hash = event.metadata.commandHash as string;
      else if (hash !== undefined) break;
      if (changesState(event)) made = event;
    }
    return hash === undefined ? undefined : { hash, revision: made.revision, position: made.position };
  }

  private cachedOf<State>(stream: string): LoadedStream<State> | undefined {
    const kept = this.cache.get(stream) ?? this.inherited(stream);
    return kept as LoadedStream<State> | undefined;
  }

  /** The origin's state, with a copy of the fingerprints, which grow with the stream. */
  private inherited(stream: string): LoadedStream<unknown> | undefined {
    const kept = this.origin?.cache.get(stream);
    if (kept === undefined) return undefined;
    const { end } = kept;
    const fingerprints = kept.fingerprints.slice(0, end === 'none' ? 0 : end + 1);
    return { ...kept, fingerprints, generation: this.generation };
  }

  private emptyStream<State>({ initial: state }: AnyDecider<State>): LoadedStream<State> {
    return {
      state,
      revision: 'none',
      position: undefined,
      end: 'none',
      fingerprints: [],
      generation: this.generation,
      writtenElsewhere: false,
    };
  }

  /** False when a concurrent read has cached a later end of the stream, or after `clear`. */
  private isCurrent(stream: string, { end, generation }: LoadedStream<unknown>): boolean {
    if (generation !== this.generation || end === 'none') return false;
    const kept = this.cache.peek(stream);
    return kept === undefined || kept.end === 'none' || kept.end <= end;
  }
}

async function* eventsOf(
  reader: Pick<EventReader, 'readStream'>,
  stream: string,
): AsyncGenerator<RecordedEvent> {
  for await (const page of pagesOf(reader, stream)) yield* page;
}

/** The name of the stream that holds what `decider` decides for `id`. */
export function streamName(decider: Pick<Decider<unknown, Command>, 'category'>, id: string): string {
  return `${decider.category}-${id}`;
}

/** Whether the stream might contain an event of this id; wrongly so for a few in 2^48 ids. */
export function mightContain({ fingerprints }: LoadedStream<unknown>, eventId: string): boolean {
  return fingerprints.includes(fingerprint(eventId));
}

function advance<State>(
  decider: AnyDecider<State>,
  loaded: LoadedStream<State>,
  page: readonly RecordedEvent[],
): LoadedStream<State> {
  const last = page.at(-1);
  if (last === undefined) return loaded;
  let { state } = loaded;
  let made: Pick<LoadedStream<State>, 'revision' | 'position'> = loaded;
  const fingerprints = loaded.fingerprints as number[];
  for (const recorded of page) {
    fingerprints[recorded.revision] = fingerprint(recorded.id);
    if (!changesState(recorded)) continue;
    state = decider.evolve(state, deserialiseToFold(recorded));
    made = recorded;
  }
  return { ...loaded, state, revision: made.revision, position: made.position, end: last.revision };
}

/** 48 of an event id's random bits, in a tenth of the memory of the id. */
function fingerprint(eventId: string): number {
  return Number.parseInt(eventId.slice(-12), 16);
}

function commandOf({ metadata }: RecordedEvent): string {
  return metadata.commandId as string;
}

import { LRUCache } from 'lru-cache';
import { deserialise, type Recorded } from '#contracts';
import { type EventReader, EventStoreUnavailable, type RecordedEvent, type Revision } from '#event-store';

/** The place of an event in the log. */
export interface EventPlace {
  readonly stream: string;
  readonly revision: Revision;
}

/** Decrypts the sealed values of events, except those that were erased. */
export type Reveal = (events: readonly RecordedEvent[]) => Promise<readonly RecordedEvent[]>;

const unchanged: Reveal = async (events) => events;

/** An event is read for several accounts, mostly at the same time. */
const CACHED_EVENTS = 500;
/** How many streams are read at once. */
const AT_ONCE = 32;

/** Events of the log by their places, cached as they are stored. */
export class LoggedEvents {
  readonly #log: Pick<EventReader, 'readStream'>;
  readonly #reveal: Reveal;
  readonly #cached = new LRUCache<string, Promise<RecordedEvent>>({ max: CACHED_EVENTS });

  /** @param reveal called at each read, so that erased values are not served from the cache */
  constructor(log: Pick<EventReader, 'readStream'>, reveal: Reveal = unchanged) {
    this.#log = log;
    this.#reveal = reveal;
  }

  /**
   * The events at those places, in their order.
   * @throws EventStoreUnavailable also where one of them cannot be read from the log yet
   */
  async at(places: readonly EventPlace[]): Promise<readonly Recorded[]> {
    const wanted = new Map<string, Promise<RecordedEvent>>();
    const runs = runsOf(places.filter((place) => !this.#useCached(place, wanted)));
    for (let next = 0; next < runs.length; next += AT_ONCE) {
      const reading = runs.slice(next, next + AT_ONCE).flatMap((run) => this.#read(run, wanted));
      await Promise.all(reading);
    }
    const stored = await Promise.all(
      places.map((place) => wanted.get(keyOf(place)) as Promise<RecordedEvent>),
    );
    return (await this.#reveal(stored)).map(deserialise);
  }

  #useCached(place: EventPlace, wanted: Map<string, Promise<RecordedEvent>>): boolean {
    const cached = this.#cached.get(keyOf(place));
    if (cached) wanted.set(keyOf(place), cached);
    return cached !== undefined;
  }

  /** Starts to read consecutive places of one stream. */
  #read(run: readonly [EventPlace, ...EventPlace[]], wanted: Map<string, Promise<RecordedEvent>>) {
    const [{ stream, revision: from }] = run;
    const read = this.#log.readStream(stream, { from, limit: run.length });
    return run.map((place, index) => {
      const event = read.then((events) => found(events[index]));
      const key = keyOf(place);
      wanted.set(key, event);
      this.#cached.set(key, event);
      event.catch(() => this.#cached.delete(key));
      return event;
    });
  }
}

function found(event: RecordedEvent | undefined): RecordedEvent {
  if (event) return event;
  throw new EventStoreUnavailable('The log is behind a view; try again.');
}

/** The places in runs of consecutive events of one stream. */
function runsOf(places: readonly EventPlace[]): [EventPlace, ...EventPlace[]][] {
  const runs: [EventPlace, ...EventPlace[]][] = [];
  for (const ofStream of Map.groupBy(places, ({ stream }) => stream).values()) {
    const first = runs.length;
    for (const place of ofStream.toSorted((a, b) => a.revision - b.revision)) {
      const run = runs.length > first ? runs.at(-1) : undefined;
      if (run?.at(-1)?.revision === place.revision - 1) run?.push(place);
      else runs.push([place]);
    }
  }
  return runs;
}

function keyOf({ stream, revision }: EventPlace): string {
  return `${stream}@${revision}`;
}

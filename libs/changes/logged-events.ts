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

const asTheyAre: Reveal = async (events) => events;

/** An event is told to several, mostly at the same time. */
const KEPT = 500;
/** How many streams are read at once. */
const AT_ONCE = 32;

/** Events of the log by their places, each read once for all who ask for it in a while. They are kept as they are stored. */
export class LoggedEvents {
  readonly #log: Pick<EventReader, 'readStream'>;
  readonly #reveal: Reveal;
  readonly #kept = new LRUCache<string, Promise<RecordedEvent>>({ max: KEPT });

  /** @param reveal called at each read, so that erased values are not read from memory either */
  constructor(log: Pick<EventReader, 'readStream'>, reveal: Reveal = asTheyAre) {
    this.#log = log;
    this.#reveal = reveal;
  }

  /**
   * The events at those places, in their order.
   * @throws EventStoreUnavailable also where the log does not show one of them yet
   */
  async at(places: readonly EventPlace[]): Promise<readonly Recorded[]> {
    const wanted = new Map<string, Promise<RecordedEvent>>();
    const runs = runsOf(places.filter((place) => !this.#take(place, wanted)));
    for (let next = 0; next < runs.length; next += AT_ONCE) {
      const reading = runs.slice(next, next + AT_ONCE).flatMap((run) => this.#read(run, wanted));
      await Promise.all(reading);
    }
    const stored = await Promise.all(
      places.map((place) => wanted.get(keyOf(place)) as Promise<RecordedEvent>),
    );
    return (await this.#reveal(stored)).map(deserialise);
  }

  #take(place: EventPlace, wanted: Map<string, Promise<RecordedEvent>>): boolean {
    const kept = this.#kept.get(keyOf(place));
    if (kept) wanted.set(keyOf(place), kept);
    return kept !== undefined;
  }

  /** Begins to read places that follow each other in one stream. */
  #read(run: readonly [EventPlace, ...EventPlace[]], wanted: Map<string, Promise<RecordedEvent>>) {
    const [{ stream, revision: from }] = run;
    const read = this.#log.readStream(stream, { from, limit: run.length });
    return run.map((place, index) => {
      const event = read.then((events) => found(events[index]));
      const key = keyOf(place);
      wanted.set(key, event);
      this.#kept.set(key, event);
      event.catch(() => this.#kept.delete(key));
      return event;
    });
  }
}

function found(event: RecordedEvent | undefined): RecordedEvent {
  if (event) return event;
  throw new EventStoreUnavailable('The log is behind a view; try again.');
}

/** The places by streams, those together that follow each other. */
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

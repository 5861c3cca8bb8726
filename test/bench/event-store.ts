import { newId } from '#application';
import type { NewEvent, Revision } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { BareLog, type Stream } from './bare/log.ts';
import { history } from './connections.ts';
import { compared, type Figure, rate } from './figures.ts';
import { inTurns, type Measured, timed, withDirectory } from './measuring.ts';
import { recordable } from './recordable.ts';

const BATCH = 64;

/** A stream with the events to append to it, in order. */
interface Source {
  readonly stream: string;
  readonly events: readonly NewEvent[];
}

export interface EventStoreSize {
  /** Events for each of the two, in each turn. */
  readonly events: number;
  readonly turns: number;
  /** Events for each of the two before the measurement. */
  readonly warmUp: number;
}

/**
 * 64 appends of one event each at a time, which share a commit, against a loop that inserts 64 rows in a transaction.
 * Streams are created by the first append and get four events. `events` are written by each in each turn.
 */
export async function measureEventStore({ events, turns, warmUp }: EventStoreSize): Promise<Figure[]> {
  return withDirectory((oursIn) =>
    withDirectory(async (limitIn) => {
      await (await SqliteEventStore.open({ directory: limitIn })).close();
      const store = await SqliteEventStore.open({ directory: oursIn });
      const log = new BareLog(limitIn);
      try {
        await appendAll(store, sources(warmUp));
        insertAll(log, sources(warmUp));
        const [measured, bareMeasured] = await inTurns(
          turns,
          () => timedOver(sources(events), (some) => appendAll(store, some)),
          () => timedOver(sources(events), (some) => insertAll(log, some)),
        );
        const bare = rate('eventStore.append.bare', bareMeasured, 'events/s');
        return [compared(rate('eventStore.append', measured, 'events/s'), bare, { atLeast: 0.7 }), bare];
      } finally {
        await log.close();
        await store.close();
      }
    }),
  );
}

function timedOver(some: readonly Source[], write: (some: readonly Source[]) => unknown): Promise<Measured> {
  const count = some.reduce((total, { events }) => total + events.length, 0);
  return timed(count, () => write(some));
}

async function appendAll(store: SqliteEventStore, some: readonly Source[]): Promise<void> {
  for (const { batch, revision } of batches(some)) {
    const expected = revision === 0 ? 'none' : ((revision - 1) as Revision);
    await Promise.all(batch.map(({ stream, event }) => store.append(stream, [event], expected)));
  }
}

function insertAll(log: BareLog, some: readonly Source[]): void {
  const added = new Map<string, Stream>();
  for (const { batch, revision } of batches(some)) {
    log.commit(() => {
      for (const { stream, event } of batch) {
        const known = added.get(stream) ?? log.addStream(stream);
        added.set(stream, known);
        const { id, type, data, metadata } = event;
        log.addEvent(known, revision, id, type, JSON.stringify(data), JSON.stringify(metadata));
      }
    });
  }
}

/** Each stream's first event, 64 streams at a time, then their second, and so on. */
function* batches(some: readonly Source[]) {
  for (let start = 0; start < some.length; start += BATCH) {
    const streams = some.slice(start, start + BATCH);
    const revisions = streams[0]?.events.length ?? 0;
    for (let revision = 0; revision < revisions; revision++) {
      const batch = streams.map(({ stream, events }) => ({ stream, event: events[revision] as NewEvent }));
      yield { batch, revision };
    }
  }
}

function sources(events: number): Source[] {
  const account = newId();
  return Array.from({ length: events / 4 }, () => {
    const id = newId();
    const stream = `connection-${id}`;
    return { stream, events: history(id, account).map((event) => recordable(stream, event, account)) };
  });
}

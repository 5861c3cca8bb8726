import {
  EventIdInUse,
  type EventReader,
  type EventStore,
  type Position,
  type RecordedEvent,
  type Revision,
  WrongExpectedRevision,
} from '#event-store';
import { type Agreement, compareLogs, compareStreams, TargetDiffers } from './compare.ts';
import { namesPlaces, Relocation } from './places.ts';
import { eventsOf } from './reading.ts';

export type Phase = 'comparing' | 'copying' | 'verifying the log' | 'verifying the streams';

export interface Migration {
  /** Not written to meanwhile; its positions are dense. */
  readonly source: EventReader;
  readonly target: EventStore;
  /** Called often with the progress of a phase. */
  readonly report: (phase: Phase, done: number, total: number) => void;
}

export interface Migrated extends Agreement {
  /** How many of the events an earlier attempt had copied. */
  readonly before: number;
}

/** The size limit of one append: some server releases accept 1 MiB at most. */
const RUN_EVENTS = 500;
const RUN_BYTES = 512 * 1024;

/**
 * Copies a log: ids, streams, revisions, types, data and metadata as they are, and in the same order over all
 * streams. Positions differ in the target, and the few in the data of events are translated.
 *
 * What the target has already must be the beginning of the log, as an interrupted attempt leaves it;
 * this attempt continues behind it. In the end both sides are read and compared.
 * @throws TargetDiffers the target has other events than the log, or lacks some
 * @throws EventStoreUnavailable, EventStoreUnusable one of the stores fails; the next attempt continues
 */
export async function copyLog({ source, target, report }: Migration): Promise<Migrated> {
  const total = (await source.head()) + 1;
  const telling = (phase: Phase) => (events: number) => report(phase, events, total);
  const before = await compareLogs(source, target, telling('comparing'));
  await copy(source, target, before, telling('copying'));
  const copied = await compareLogs(source, target, telling('verifying the log'));
  if (copied.events !== total) throw new TargetDiffers(`it has ${copied.events} of ${total} events`);
  await compareStreams(source, target, telling('verifying the streams'));
  return { ...copied, before: before.events };
}

/** Appends sequentially, which alone keeps the order over all streams: causes before effects. */
async function copy(
  source: EventReader,
  target: EventStore,
  { position, events }: Agreement,
  tell: (events: number) => void,
): Promise<void> {
  const relocation = new Relocation(source, target);
  let done = events;
  for await (const run of runsOf(source, position)) {
    const [first, ...others] = run as [RecordedEvent, ...RecordedEvent[]];
    await append(target, [await relocation.of(first), ...others]);
    done += run.length;
    tell(done);
  }
}

/**
 * Events that follow each other in one stream; where a run ends depends only on where it begins. One that names
 * positions is the first of its run: those positions are known once all events before it are copied.
 */
async function* runsOf(source: EventReader, after: Position): AsyncGenerator<RecordedEvent[]> {
  let run: RecordedEvent[] = [];
  let bytes = 0;
  for await (const event of eventsOf(source, after)) {
    const size = sizeOf(event);
    bytes += size;
    const [first] = run;
    const full = run.length === RUN_EVENTS || bytes > RUN_BYTES;
    if (first && (first.stream !== event.stream || full || namesPlaces(event))) {
      yield run;
      run = [];
      bytes = size;
    }
    run.push(event);
  }
  if (run.length > 0) yield run;
}

async function append(target: EventStore, run: readonly [RecordedEvent, ...RecordedEvent[]]): Promise<void> {
  const [{ stream, revision }] = run;
  try {
    await target.append(stream, run, revision === 0 ? 'none' : ((revision - 1) as Revision));
  } catch (error) {
    if (!(error instanceof WrongExpectedRevision || error instanceof EventIdInUse)) throw error;
    throw new TargetDiffers(`its stream ${stream} has other events`, error);
  }
}

function sizeOf({ data, metadata, type }: RecordedEvent): number {
  return (
    Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata)) + 2 * type.length
  );
}

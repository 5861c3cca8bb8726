import { createHash } from 'node:crypto';
import { type EventReader, type Position, type RecordedEvent, START } from '#event-store';
import { Relocation } from './places.ts';
import { eventsOf, eventsOfStream } from './reading.ts';

/** The target has events that are not those of the log, or has them in another order. Nothing there was changed. */
export class TargetDiffers extends Error {
  override readonly name = 'TargetDiffers';
  constructor(how: string, cause?: unknown) {
    super(`The target is not a copy of this log: ${how}.`, { cause });
  }
}

/** The common beginning of two logs: all of the target's events, and as many of the source's. */
export interface Agreement {
  readonly events: number;
  readonly streams: number;
  /** In the source, of the last of them. */
  readonly position: Position;
  /** SHA-256 over all of them in log order, in hexadecimal digits. */
  readonly hash: string;
}

/** Called with the number of events processed. */
export type Tell = (events: number) => void;

/** Streams that are read from both sides at the same time. */
const AT_ONCE = 16;

/**
 * Reads both logs from the start to the target's end, side by side. Only positions may
 * differ, also those in the data of events.
 * @throws TargetDiffers the target's events are not the first ones of the source
 */
export async function compareLogs(source: EventReader, target: EventReader, tell: Tell): Promise<Agreement> {
  const originals = eventsOf(source);
  const relocation = new Relocation(source, target);
  const hash = createHash('sha256');
  let events = 0;
  let streams = 0;
  let position = START;
  for await (const copy of eventsOf(target)) {
    const { value: original } = await originals.next();
    if (!original) throw new TargetDiffers(`it goes on after the log’s last event, with ${named(copy)}`);
    const text = textOf(await relocation.of(original));
    if (text !== textOf(copy)) {
      throw new TargetDiffers(`it has ${named(copy)} where the log has ${named(original)}`);
    }
    hash.update(text);
    events += 1;
    if (original.revision === 0) streams += 1;
    position = original.position;
    tell(events);
  }
  return { events, streams, position, hash: hash.digest('hex') };
}

/**
 * Reads every stream of the source from both sides, as loading it does: stream metadata of the target may
 * hide events there that are in its log.
 * @throws TargetDiffers a stream does not have the same events
 */
export async function compareStreams(source: EventReader, target: EventReader, tell: Tell): Promise<void> {
  const relocation = new Relocation(source, target);
  let events = 0;
  const compare = async (stream: string) => {
    const [original, copy] = await Promise.all([
      hashOf(source, stream, (event) => relocation.of(event)),
      hashOf(target, stream),
    ]);
    if (original.hash !== copy.hash) {
      throw new TargetDiffers(
        `of stream ${stream}, ${copy.events} events can be read, and not the ${original.events} of the log`,
      );
    }
    events += original.events;
    tell(events);
  };
  let waiting: string[] = [];
  for await (const { stream, revision } of eventsOf(source)) {
    if (revision !== 0) continue;
    waiting.push(stream);
    if (waiting.length < AT_ONCE) continue;
    await Promise.all(waiting.map(compare));
    waiting = [];
  }
  await Promise.all(waiting.map(compare));
}

type Said = (event: RecordedEvent) => RecordedEvent | Promise<RecordedEvent>;

async function hashOf(log: EventReader, stream: string, said: Said = (event) => event) {
  const hash = createHash('sha256');
  let events = 0;
  for await (const event of eventsOfStream(log, stream)) {
    hash.update(textOf(await said(event)));
    events += 1;
  }
  return { events, hash: hash.digest('hex') };
}

/** An event without its position. */
function textOf({ stream, revision, id, type, data, metadata }: RecordedEvent): string {
  return `${JSON.stringify([stream, revision, id, type, data, metadata])}\n`;
}

function named({ stream, revision, type, id }: RecordedEvent): string {
  return `event ${revision} of ${stream} (${type} ${id})`;
}

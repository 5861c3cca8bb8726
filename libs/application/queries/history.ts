import { changesState, deserialise, type Recorded, type TesseraEvent } from '#contracts';
import type { EventReader, Revision } from '#event-store';

const PAGE = 500;

/** The events that make the state of one stream, from a revision on, in order, a page in memory at a time. */
export async function* readHistory<E extends TesseraEvent>(
  log: EventReader,
  stream: string,
  from = 0,
): AsyncGenerator<Recorded<E>> {
  for (let next = from; ; next += PAGE) {
    const page = await log.readStream(stream, { from: next as Revision, limit: PAGE });
    for (const event of page) if (changesState(event)) yield deserialise(event) as Recorded<E>;
    if (page.length < PAGE) return;
  }
}

/** All of them at once. */
export async function wholeHistory<E extends TesseraEvent>(
  log: EventReader,
  stream: string,
): Promise<readonly Recorded<E>[]> {
  const events: Recorded<E>[] = [];
  for await (const event of readHistory<E>(log, stream)) events.push(event);
  return events;
}

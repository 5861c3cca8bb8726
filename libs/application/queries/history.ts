import { changesState, deserialise, type Recorded, type TesseraEvent } from '#contracts';
import type { EventReader } from '#event-store';
import { pagesOf } from '../core/stream-pages.ts';

/** The events that make the state of one stream, in order, a page in memory at a time. */
export async function* readHistory<E extends TesseraEvent>(
  log: EventReader,
  stream: string,
): AsyncGenerator<Recorded<E>> {
  for await (const page of pagesOf(log, stream)) {
    for (const event of page) if (changesState(event)) yield deserialise(event) as Recorded<E>;
  }
}

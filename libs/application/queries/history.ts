import { changesState, deserialise, type Recorded, type TesseraEvent } from '#contracts';
import type { StreamReader } from '../core/rehearsal.ts';
import { pagesOf } from '../core/stream-pages.ts';

/**
 * The events that make the state of one stream, in order, a page in memory at a time.
 * @param first how many are read first
 */
export async function* readHistory<E extends TesseraEvent>(
  log: StreamReader,
  stream: string,
  first?: number,
): AsyncGenerator<Recorded<E>> {
  for await (const page of pagesOf(log, stream, 0, first)) {
    for (const event of page) if (changesState(event)) yield deserialise(event) as Recorded<E>;
  }
}

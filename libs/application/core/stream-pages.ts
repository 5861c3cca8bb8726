// Reads streams in pages, between which other work gets its turn.
import type { EventReader, RecordedEvent, Revision } from '#event-store';

/** How many events are read first. Most streams have no more; the weight of an event is not known yet. */
export const FIRST_PAGE = 10;
const MAX_PAGE_EVENTS = 1_000;
/** The weight of a page, estimated from the page before. */
const MAX_PAGE_WEIGHT = 4_000;

/**
 * The events of a stream from a revision on, in pages. Between two of them the store is read, so that other work gets its
 * turn; handling a page should not take longer than reading it.
 * @param first how many are read first
 */
export async function* pagesOf(
  reader: Pick<EventReader, 'readStream'>,
  stream: string,
  from = 0,
  first = FIRST_PAGE,
): AsyncGenerator<readonly RecordedEvent[]> {
  let limit = first;
  for (let next = from; ; ) {
    const page = await reader.readStream(stream, { from: next as Revision, limit });
    if (page.length > 0) yield page;
    if (page.length < limit) return;
    next += page.length;
    limit = limitAfter(page);
  }
}

/** Likewise from its last event back to its first, each page in that order. */
export async function* pagesFromEnd(
  reader: Pick<EventReader, 'readStream'>,
  stream: string,
): AsyncGenerator<readonly RecordedEvent[]> {
  let limit = FIRST_PAGE;
  for (let from: Revision | undefined; ; ) {
    const page = await reader.readStream(stream, { from, direction: 'backwards', limit });
    if (page.length > 0) yield page;
    const first = page.at(-1)?.revision ?? 0;
    if (first === 0) return;
    from = (first - 1) as Revision;
    limit = limitAfter(page);
  }
}

/** The weight of an event: one for each item it lists, of at most some 500 bytes. */
export function weightOf({ data }: { readonly data: object }): number {
  let weight = 1;
  for (const value of Object.values(data)) if (Array.isArray(value)) weight += value.length;
  return weight;
}

/** How many events are read after a page: twice as many, unless they would be too heavy. */
export function limitAfter(page: readonly { readonly data: object }[]): number {
  const weight = page.reduce((sum, event) => sum + weightOf(event), 0);
  const affordable = Math.floor((MAX_PAGE_WEIGHT * page.length) / weight);
  return Math.max(1, Math.min(2 * page.length, affordable, MAX_PAGE_EVENTS));
}

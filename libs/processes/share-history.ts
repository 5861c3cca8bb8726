import { changesState, deserialise, type Recorded } from '#contracts';
import { type ShareEvent, share } from '#domain/share';
import type { EventReader, Revision } from '#event-store';

/** Few per read: a package's events are large. */
const PAGE = 16;

/** The events of a share from a revision on, in order, with only a few in memory at a time. */
export async function* readShare(
  reader: EventReader,
  shareId: string,
  from = 0,
): AsyncGenerator<Recorded<ShareEvent>> {
  const stream = `${share.category}-${shareId}`;
  for (let next = from; ; next += PAGE) {
    const page = await reader.readStream(stream, { from: next as Revision, limit: PAGE });
    for (const event of page) if (changesState(event)) yield deserialise(event) as Recorded<ShareEvent>;
    if (page.length < PAGE) return;
  }
}

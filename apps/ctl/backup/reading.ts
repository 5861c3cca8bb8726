import { type EventReader, type Position, type RecordedEvent, START } from '#event-store';

/** Small enough that a page of events of the largest size fits in memory. */
const PAGE = 200;

/** Every event after a position, in log order. */
export async function* eventsOf(log: EventReader, after: Position = START): AsyncGenerator<RecordedEvent> {
  for (let from = after; ; ) {
    const page = await log.readAll({ after: from, limit: PAGE });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    from = last.position;
  }
}

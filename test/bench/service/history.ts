import { deserialise, type Recorded, type TesseraEvent } from '#contracts';
import type { EventReader, Position } from '#event-store';

const WAIT_MS = 5 * 60_000;
const BATCH = 1_000;

type Of<Type extends TesseraEvent['type']> = Recorded<Extract<TesseraEvent, { type: Type }>>;

/** Resolves when that many events of a type were recorded after a position. */
export async function happened(
  reader: EventReader,
  after: Position,
  type: TesseraEvent['type'],
  times = 1,
): Promise<void> {
  const signal = AbortSignal.timeout(WAIT_MS);
  let seen = 0;
  for await (const { events } of reader.subscribe({ after, batchSize: BATCH, signal })) {
    seen += events.filter((event) => event.type === type).length;
    if (seen >= times) return;
  }
  throw new Error(`${type} was recorded ${seen} times, not ${times}.`);
}

/** Every event of a type after a position. */
export async function* allOf<Type extends TesseraEvent['type']>(
  reader: EventReader,
  after: Position,
  type: Type,
): AsyncGenerator<Of<Type>> {
  for (let position = after; ; ) {
    const events = await reader.readAll({ after: position, limit: BATCH });
    for (const event of events) if (event.type === type) yield deserialise(event) as Of<Type>;
    position = events.at(-1)?.position ?? position;
    if (events.length < BATCH) return;
  }
}

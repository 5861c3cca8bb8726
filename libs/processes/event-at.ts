import { deserialise, type Recorded } from '#contracts';
import type { EventReader, Revision } from '#event-store';

/** One event of a stream, which is known to exist. */
export async function eventAt(
  reader: EventReader,
  category: string,
  id: string,
  revision: number,
): Promise<Recorded> {
  const stream = `${category}-${id}`;
  const [recorded] = await reader.readStream(stream, { from: revision as Revision, limit: 1 });
  if (recorded === undefined) throw new Error(`${stream} has no event ${revision}.`);
  return deserialise(recorded);
}

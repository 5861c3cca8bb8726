import { readdirSync, readFileSync } from 'node:fs';
import { deserialise, type Recorded, type TesseraEvent } from '#contracts';
import type { RecordedEvent } from '#event-store';

const FOLDER = new URL('../../libs/contracts/samples/', import.meta.url);

/** The names of the sample files, `<EventType>.v<version>.json`. */
export const sampleFiles: readonly string[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .toSorted();

/** A sample as it was stored, or the list of their digests, as text. */
export function readSampleFile(name: string): string {
  return readFileSync(new URL(name, FOLDER), 'utf8');
}

/** An event as it was stored in that version. */
export function storedSample(type: string, version = 1): RecordedEvent {
  return JSON.parse(readSampleFile(`${type}.v${version}.json`));
}

/** An event as the log gives it, in today's shape. */
export function sample<Type extends TesseraEvent['type']>(
  type: Type,
  version = 1,
): Recorded<Extract<TesseraEvent, { type: Type }>> {
  return deserialise(storedSample(type, version)) as Recorded<Extract<TesseraEvent, { type: Type }>>;
}

import { readdirSync, readFileSync } from 'node:fs';
import { deserialise, eventTypes, type Recorded, type TesseraEvent } from '#contracts';
import type { RecordedEvent } from '#event-store';

/** A folder of frozen events: one file, `<EventType>.v<version>.json`, for each version there has been. */
export class Samples {
  constructor(private readonly folder: URL) {}

  /** The names of the sample files, in order. */
  get files(): readonly string[] {
    return readdirSync(this.folder)
      .filter((name) => name.endsWith('.json'))
      .toSorted();
  }

  /** A sample as it was stored, or the list of their digests, as text. */
  read(name: string): string {
    return readFileSync(new URL(name, this.folder), 'utf8');
  }

  /** An event as it was stored in that version. */
  stored(type: string, version: number): RecordedEvent {
    return JSON.parse(this.read(`${type}.v${version}.json`));
  }
}

/** The samples of every event there is. */
export const samples = new Samples(new URL('../../libs/contracts/samples/', import.meta.url));

/** An event as the log gives it, in today's shape; stored in its current version, if no other is named. */
export function sample<Type extends TesseraEvent['type']>(
  type: Type,
  version: number = eventTypes.get(type) ?? 1,
): Recorded<Extract<TesseraEvent, { type: Type }>> {
  return deserialise(samples.stored(type, version)) as Recorded<Extract<TesseraEvent, { type: Type }>>;
}

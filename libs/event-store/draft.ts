import { EventIdInUse, EventTooLarge, MAX_EVENT_BYTES, type NewEvent } from './port.ts';

const MAX_NAME_LENGTH = 500;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A serialised event, ready to be written. */
export interface Draft {
  /** A UUID in lower case. */
  readonly id: string;
  readonly type: string;
  /** JSON, as is `metadata`. */
  readonly data: string;
  readonly metadata: string;
  /** Of data and metadata in UTF-8. */
  readonly bytes: number;
}

/**
 * @throws RangeError the stream's name cannot be stored, an id is no UUID, or some text is not well-formed
 * @throws EventTooLarge an event over 1 MiB
 * @throws EventIdInUse two of the events have the same id
 */
export function draft(stream: string, events: readonly NewEvent[]): Draft[] {
  if (stream === '' || stream.length > MAX_NAME_LENGTH || !stream.isWellFormed()) {
    throw new RangeError(`A stream's name is 1 to ${MAX_NAME_LENGTH} characters of well-formed text.`);
  }
  const drafts = events.map(draftOne);
  if (drafts.length > 1) refuseRepeatedIds(drafts);
  return drafts;
}

function draftOne({ id: anyCase, type, data: dataObject, metadata: metadataObject }: NewEvent): Draft {
  const id = anyCase.toLowerCase();
  if (!UUID.test(id)) throw new RangeError(`${id} is not a UUID.`);
  if (!type.isWellFormed()) throw new RangeError('The type of an event is well-formed text.');
  const data = JSON.stringify(dataObject);
  const metadata = JSON.stringify(metadataObject);
  if (hasLoneSurrogate(data) || hasLoneSurrogate(metadata)) {
    throw new RangeError('The text in an event is well-formed: half a character has no canonical form.');
  }
  const bytes = Buffer.byteLength(data) + Buffer.byteLength(metadata);
  if (bytes > MAX_EVENT_BYTES) throw new EventTooLarge(type, bytes);
  return { id, type, data, metadata, bytes };
}

/** JSON escapes lone surrogates as `\ud…`; the expression excludes text that only looks like that. */
function hasLoneSurrogate(json: string): boolean {
  return json.includes('\\ud') && /(?<!\\)(\\\\)*\\ud[89a-f]/.test(json);
}

function refuseRepeatedIds(drafts: readonly Draft[]): void {
  const ids = new Set<string>();
  for (const { id } of drafts) {
    if (ids.has(id)) throw new EventIdInUse(id);
    ids.add(id);
  }
}

import { crc32 } from 'node:zlib';
import type { JsonObject, Position, RecordedEvent, Revision } from '#event-store';
import { damaged } from './failure.ts';

/** An event as it is stored. */
export interface Row {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  /** A UUID in lower case. */
  readonly id: string;
  readonly type: string;
  /** JSON, as is `metadata`. */
  readonly data: string;
  readonly metadata: string;
}

/** Of the whole row, so that a flipped bit is an error when the event is read and not another event. */
export function checksum({ stream, revision, position, id, type, data, metadata }: Row): number {
  return crc32(`${position} ${revision} ${id} ${type} ${stream}${data}${metadata}`);
}

/** What `toEvent` takes, in this order; `id` comes without hyphens. */
export const COLUMNS = 'position, revision, lower(hex(id)), type, data, metadata, checksum';

export type Columns = [
  position: number,
  revision: number,
  id: string,
  type: string,
  data: string,
  metadata: string,
  checksum: number,
];

/** @throws EventStoreUnusable the row is not what was written */
export function toEvent(stream: string, columns: Columns): RecordedEvent {
  const [position, revision, hex, type, data, metadata, expected] = columns;
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  if (checksum({ stream, revision, position, id, type, data, metadata }) !== expected) {
    throw damaged(`the event at position ${position} is not what was written`);
  }
  return {
    id,
    stream,
    revision: revision as Revision,
    position: position as Position,
    type,
    data: JSON.parse(data) as JsonObject,
    metadata: JSON.parse(metadata) as JsonObject,
  };
}

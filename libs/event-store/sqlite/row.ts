import { crc32 } from 'node:zlib';
import { LazyEvent, type Position, type RecordedEvent, type Revision } from '#event-store';
import { damaged } from './failure.ts';

/** An event as it is stored. */
export interface Row {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  /** The UUID's digits as SQLite writes them: in upper case, without hyphens. */
  readonly hex: string;
  readonly type: string;
  /** JSON, as is `metadata`. */
  readonly data: string;
  readonly metadata: string;
}

/** Of the whole row, so that a flipped bit is an error when the event is read and not another event. */
export function checksum({ stream, revision, position, hex, type, data, metadata }: Row): number {
  return crc32(`${position} ${revision} ${hex} ${type} ${stream}${data}${metadata}`);
}

/** What `toEvent` takes, in this order. */
export const COLUMNS = 'position, revision, hex(id), type, data, metadata, checksum';

export type Columns = [
  position: number,
  revision: number,
  hex: string,
  type: string,
  data: string,
  metadata: string,
  checksum: number,
];

/** Of data and metadata, approximately: fewer than there are for text beyond ASCII. */
export function bytesOf([, , , , data, metadata]: Columns): number {
  return data.length + metadata.length;
}

/** @throws EventStoreUnusable the row is not what was written */
export function toEvent(stream: string, columns: readonly [...Columns, ...unknown[]]): RecordedEvent {
  const [position, revision, hex, type, data, metadata, expected] = columns;
  if (checksum({ stream, revision, position, hex, type, data, metadata }) !== expected) {
    throw damaged(`the event at position ${position} is not what was written`);
  }
  return new SqliteEvent(
    hex,
    stream,
    revision as Revision,
    position as Position,
    type,
    JSON.parse(data),
    metadata,
  );
}

class SqliteEvent extends LazyEvent {
  protected override uuidOf(stored: string): string {
    const hex = stored.toLowerCase();
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }
}

import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import {
  EventStoreUnusable,
  type JsonObject,
  LazyEvent,
  type Position,
  type RecordedEvent,
  type Revision,
} from '#event-store';

export type StoredEvent = ReadResp.ReadEvent.RecordedEvent;

/** A position in the log as the server has it: of the event's preparation and of its commit. */
interface Placed {
  getCommitPosition(): string;
  getPreparePosition(): string;
}

const JSON_TYPE = 'application/json';

/** The event in an answer to a read, if it has one. */
export function eventIn(answer: ReadResp): StoredEvent | undefined {
  return answer.getEvent()?.getEvent();
}

/** For reads that need no more of an event than a part of it. */
export function asStored(event: StoredEvent): StoredEvent {
  return event;
}

/** Excludes the server's system events, and events of others that are not JSON. */
export function isOurs(event: StoredEvent): boolean {
  const described = event.getMetadataMap();
  const isJson = described.get('content-type') === JSON_TYPE;
  return isJson && !isSystemName(streamOf(event)) && !isSystemName(described.get('type') ?? '');
}

/** Of a stream or a type that is reserved for the server. */
export function isSystemName(name: string): boolean {
  return name.startsWith('$');
}

/** Of data and metadata. */
export function bytesOf(event: StoredEvent): number {
  return event.getData_asU8().length + event.getCustomMetadata_asU8().length;
}

/**
 * @param stream its stream, where that is known
 * @throws EventStoreUnusable its position cannot be expressed as a number, or its data is not JSON
 */
export function toRecorded(event: StoredEvent, stream = streamOf(event)): RecordedEvent {
  const metadata = textIn(event.getCustomMetadata_asU8());
  return new LazyEvent(
    event.getId()?.getString() ?? '',
    stream,
    Number(event.getStreamRevision()) as Revision,
    positionOf(event),
    event.getMetadataMap().get('type') ?? '',
    dataOf(event),
    metadata === '' ? '{}' : metadata,
  );
}

/** @throws EventStoreUnusable another program wrote it, and not as JSON */
function dataOf(event: StoredEvent): JsonObject {
  try {
    return JSON.parse(textIn(event.getData_asU8())) as JsonObject;
  } catch (cause) {
    throw new EventStoreUnusable(`The data of the event at ${positionOf(event)} is not JSON.`, { cause });
  }
}

/**
 * The offset in the log, at which an event is both prepared and committed.
 * @throws EventStoreUnusable there is none, or the log is longer than 2^53 bytes
 */
export function positionOf(placed: Placed | undefined): Position {
  const commit = placed?.getCommitPosition();
  const prepare = placed?.getPreparePosition();
  const offset = Number(commit ?? Number.NaN);
  if (!Number.isSafeInteger(offset) || commit !== prepare) {
    throw new EventStoreUnusable(`The log has an event at ${commit}/${prepare}.`);
  }
  return offset as Position;
}

function streamOf(event: StoredEvent): string {
  return textIn(event.getStreamIdentifier()?.getStreamName_asU8() ?? new Uint8Array());
}

function textIn(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
}

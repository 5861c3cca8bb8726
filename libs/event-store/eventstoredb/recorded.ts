import type { Position as LogPosition, RecordedEvent as StoredEvent } from '@eventstore/db-client';
import {
  EventStoreUnusable,
  type JsonObject,
  type Position,
  type RecordedEvent,
  type Revision,
  START,
} from '#event-store';

/** The store writes events of its own beside ours, and so may others what is not JSON. */
export function isOurs({ streamId, type, isJson }: StoredEvent): boolean {
  return isJson && !isSystemName(streamId) && !isSystemName(type);
}

/** Of a stream or a type the store keeps for itself. */
export function isSystemName(name: string): boolean {
  return name.startsWith('$');
}

/** @throws EventStoreUnusable its place in the log cannot be told as a number */
export function toRecorded(event: StoredEvent): RecordedEvent {
  return {
    id: event.id,
    stream: event.streamId,
    revision: Number(event.revision) as Revision,
    position: toPosition(event.position),
    type: event.type,
    data: event.data as JsonObject,
    metadata: (event.metadata ?? {}) as JsonObject,
  };
}

/**
 * The offset in the log, at which an event is both prepared and committed.
 * @throws EventStoreUnusable there is none, or the log is longer than 2^53 bytes
 */
export function toPosition(position: LogPosition | undefined): Position {
  const offset = Number(position?.commit ?? Number.NaN);
  if (!Number.isSafeInteger(offset) || position?.commit !== position?.prepare) {
    throw new EventStoreUnusable(`The log has an event at ${position?.commit}/${position?.prepare}.`);
  }
  return offset as Position;
}

/** Where the client is to read from. */
export function toPlace(position: Position): LogPosition | 'start' {
  if (position === START) return 'start';
  return { commit: BigInt(position), prepare: BigInt(position) };
}

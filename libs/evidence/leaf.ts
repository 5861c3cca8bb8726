import canonicalize from 'canonicalize';
import type { RecordedEvent } from '#event-store';
import { type Hash, leafHash } from './merkle.ts';

/** The sealed part of an event: everything but its position, which is the place in the tree. */
export type SealedEvent = Pick<RecordedEvent, 'stream' | 'revision' | 'id' | 'type' | 'data' | 'metadata'>;

/**
 * The event as it is stored, as canonical JSON (RFC 8785).
 * @throws Error it has text that is not well-formed, which no event can be stored with
 */
export function leafOf({ stream, revision, id, type, data, metadata }: SealedEvent): string {
  return canonicalize({ stream, revision, id, type, data, metadata }) as string;
}

export function eventHash(event: SealedEvent): Hash {
  return leafHash(leafOf(event));
}

import type { Position } from '#event-store';
import type { Receiver } from './receiver.ts';

/** A receiver with its running work: the reading of its changes, and its attempts. */
export interface Channel {
  readonly receiver: Receiver;
  /** Aborted when the changes are no longer read, or from another position. */
  reading: AbortController | undefined;
  readonly inFlight: Set<Promise<void>>;
  storedCursor: Position;
}

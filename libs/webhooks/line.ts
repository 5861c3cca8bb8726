import type { Position } from '#event-store';
import type { Receiver } from './receiver.ts';

/** A receiver, and what goes on with it. */
export interface Line {
  readonly receiver: Receiver;
  /** Aborted when the changes are not read any longer, or from another place. */
  reading: AbortController | undefined;
  readonly under: Set<Promise<void>>;
  storedCursor: Position;
}

import type { Recorded } from '#contracts';
import type { Position } from '#event-store';
import type { Write } from '#view-store';

/** Some events for a handler, in log order. */
export interface Delivery {
  /** Only those the follower handles. */
  readonly events: readonly Recorded[];
  /** The checkpoint once the outcome is committed. */
  readonly to: Position;
  /** More is waiting to be read: the handler may hold its outcome back and give it with a later delivery's. */
  readonly more: boolean;
  /** They had been parked: later events of other streams have been handled before them. */
  readonly parked: boolean;
}

/** What a delivery led to, to be committed with the checkpoint. */
export interface Outcome {
  readonly writes: readonly Write[];
  /** Called when the writes are stored. */
  readonly committed?: () => void;
}

/** What a follower does with events. */
export interface Handler {
  /**
   * The outcome of the events, or `held` while more is to come. After a failure or a crash the same events come
   * again, in other batches maybe.
   */
  handle(delivery: Delivery): Promise<Outcome | 'held'>;
  /** Forgets what was held back, and whatever may differ from what is stored. */
  discard?(): void;
  /**
   * Before anything is handled, and whenever what was stored may be gone. Tells why the follower must begin anew from
   * the start of the log; `undefined` when it can go on.
   */
  open?(): Promise<string | undefined>;
  /** Whenever everything in the log has been handled and committed. */
  caughtUp?(): Promise<void>;
  /** Before everything it stored is emptied: what to write first. After a crash, it must let `open` find a reason. */
  restarting?(): readonly Write[];
  /** After everything it stored has been emptied: what to write first. */
  restarted?(): readonly Write[];
}

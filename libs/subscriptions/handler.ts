import type { Recorded } from '#contracts';
import type { Position } from '#event-store';
import type { Write } from '#view-store';

/** What every event has, in whichever shape it is handled. */
export interface Delivered {
  readonly type: string;
  readonly metadata: { readonly at?: unknown; readonly traceparent?: unknown };
}

/** Some events for a handler, in log order. */
export interface Delivery<Event extends Delivered = Recorded> {
  /** Only those the follower handles. */
  readonly events: readonly Event[];
  /** The checkpoint once the outcome is committed. */
  readonly to: Position;
  /** More is waiting to be read: the handler may hold its outcome back and return it with a later delivery's. */
  readonly more: boolean;
  /** The events had been parked: later events of other streams have been handled before them. */
  readonly parked: boolean;
}

/** The outcome of a delivery, to be committed with the checkpoint. */
export interface Outcome {
  readonly writes: readonly Write[];
  /** Called when the writes are stored. */
  readonly committed?: () => void;
}

/** Handles the events of a follower. */
export interface Handler<Event extends Delivered = Recorded> {
  /**
   * The outcome of the events, or `held` while more is to come. After a failure or a crash the same events are
   * delivered again, possibly in other batches. It is not called for a batch without events that it handles at the log's
   * end, unless something failed.
   */
  handle(delivery: Delivery<Event>): Promise<Outcome | 'held'>;
  /** Discards what was held back, and cached state that may differ from what is stored. */
  discard?(): void;
  /**
   * Called before anything is handled, and whenever what was stored may be gone. Returns why the follower must
   * restart from the start of the log; `undefined` when it can continue.
   */
  open?(): Promise<string | undefined>;
  /** Called whenever everything in the log has been handled and committed. */
  caughtUp?(): Promise<void>;
  /** The writes before everything it stored is removed. After a crash, they must let `open` find a reason. */
  restarting?(): readonly Write[];
  /** The first writes after everything it stored has been removed. */
  restarted?(): readonly Write[];
}

import { PositionSignal } from '#event-store';

/** The shared cells of each follower, by its name, as passed to a worker in its `workerData`. */
export type ProgressBuffers = {
  readonly [follower: string]: { readonly reached: SharedArrayBuffer; readonly awaited: SharedArrayBuffer };
};

interface FollowerSignals {
  readonly reached: PositionSignal;
  readonly awaited: PositionSignal;
}

/**
 * The progress of each follower, in memory that threads share: the writer of the views advances the signals, readers
 * wait on them. Created once, where the threads are started.
 */
export class ProgressSignals {
  readonly #signals: ReadonlyMap<string, FollowerSignals>;

  private constructor(signals: Iterable<readonly [string, FollowerSignals]>) {
    this.#signals = new Map(signals);
  }

  static create(followers: Iterable<string>): ProgressSignals {
    return new ProgressSignals(
      [...followers].map((name) => [name, { reached: new PositionSignal(), awaited: new PositionSignal() }]),
    );
  }

  /** The same signals in another thread. */
  static from(buffers: ProgressBuffers): ProgressSignals {
    return new ProgressSignals(
      Object.entries(buffers).map(([name, { reached, awaited }]) => [
        name,
        { reached: new PositionSignal(reached), awaited: new PositionSignal(awaited) },
      ]),
    );
  }

  get buffers(): ProgressBuffers {
    return Object.fromEntries(
      [...this.#signals].map(([name, { reached, awaited }]) => [
        name,
        { reached: reached.buffer, awaited: awaited.buffer },
      ]),
    );
  }

  /** Every follower restarts. */
  rewindAll(): void {
    for (const { reached } of this.#signals.values()) reached.rewind();
  }

  /** How far a follower is; `undefined` for one that was not named at creation. */
  get(follower: string): PositionSignal | undefined {
    return this.#signals.get(follower)?.reached;
  }

  /** The furthest position of a follower that a reader has waited for. */
  awaited(follower: string): PositionSignal | undefined {
    return this.#signals.get(follower)?.awaited;
  }
}

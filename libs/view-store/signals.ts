import { PositionSignal } from '#event-store';

/** One shared cell per follower, by its name, as passed to a worker in its `workerData`. */
export type ProgressBuffers = { readonly [follower: string]: SharedArrayBuffer };

/**
 * The progress of each follower, in memory that threads share: the writer of the views advances the signals, readers
 * wait on them. Created once, where the threads are started.
 */
export class ProgressSignals {
  readonly #signals: ReadonlyMap<string, PositionSignal>;

  private constructor(signals: Iterable<readonly [string, PositionSignal]>) {
    this.#signals = new Map(signals);
  }

  static create(followers: Iterable<string>): ProgressSignals {
    return new ProgressSignals([...followers].map((name) => [name, new PositionSignal()]));
  }

  /** The same signals in another thread. */
  static from(buffers: ProgressBuffers): ProgressSignals {
    return new ProgressSignals(
      Object.entries(buffers).map(([name, buffer]) => [name, new PositionSignal(buffer)]),
    );
  }

  get buffers(): ProgressBuffers {
    return Object.fromEntries([...this.#signals].map(([name, signal]) => [name, signal.buffer]));
  }

  /** Every follower restarts. */
  rewindAll(): void {
    for (const signal of this.#signals.values()) signal.rewind();
  }

  /** `undefined` for a follower that was not named at creation. */
  get(follower: string): PositionSignal | undefined {
    return this.#signals.get(follower);
  }
}

import { PositionSignal } from '#event-store';

/** One shared cell per follower, by its name: what a worker is handed through its `workerData`. */
export type ProgressBuffers = { readonly [follower: string]: SharedArrayBuffer };

/**
 * How far each follower has come, in memory that threads share: the writer of the views moves the signals, readers
 * wait on them. Made once, where the threads are put together.
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

  /** Every follower begins anew. */
  rewindAll(): void {
    for (const signal of this.#signals.values()) signal.rewind();
  }

  /** `undefined` for a follower nobody announced. */
  get(follower: string): PositionSignal | undefined {
    return this.#signals.get(follower);
  }
}

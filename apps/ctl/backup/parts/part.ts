import type { Position } from '#event-store';
import type { KeyStore } from '#personal-data';
import type { ViewReader, ViewStore } from '#view-store';

/** The stores besides the log; views are absent where there are none yet. */
export interface Beside {
  readonly views?: ViewReader;
  readonly keys: KeyStore;
}

export interface RestoredBeside {
  readonly views: ViewStore;
  readonly keys: KeyStore;
}

/** Maps a position in the saved log to the one in the restored log. */
export type Places = (position: Position) => Position;

/** Data that is saved besides the log because it cannot be rebuilt from it. It holds no secret. */
export interface Part {
  /** Of its files. */
  readonly name: string;
  /**
   * `before`: the positions in it lie within the log that is read after it; `after`: it has all that the events of the
   * log need that was read before it.
   */
  readonly read: 'before' | 'after';
  /** JSON values. */
  save(source: Beside): AsyncIterable<unknown>;
  /** The positions in a record. */
  positions?(record: unknown): readonly Position[];
  /** Once the log is whole. May have been done before, in part or wholly. */
  restore(records: AsyncIterable<unknown>, target: RestoredBeside, places: Places): Promise<void>;
}

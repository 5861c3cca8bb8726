import type { Position } from '#event-store';
import type { KeyStore } from '#personal-data';
import type { ViewReader, ViewStore } from '#view-store';

/** What there is beside the log; views are absent where there are none yet. */
export interface Beside {
  readonly views?: ViewReader;
  readonly keys: KeyStore;
}

export interface RestoredBeside {
  readonly views: ViewStore;
  readonly keys: KeyStore;
}

/** Tells, of a position in the log that was saved, the one in the log that was restored. */
export type Places = (position: Position) => Position;

/** Something that is saved beside the log, for it does not follow from it. It holds no secret. */
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

/**
 * A fault of an append: `before` it is written, or `after`, in which case it is written but its client gets no
 * answer. `cut` ends the connection, `silence` never answers, `not-ready` is UNAVAILABLE, `timeout` is ABORTED,
 * `busy` is RESOURCE_EXHAUSTED; `reset` ends all calls in progress at the node with that; `leader-lost` makes another
 * node the leader and ends all connections to this one.
 */
export interface AppendFault {
  readonly when: 'before' | 'after';
  readonly how: 'cut' | 'silence' | 'not-ready' | 'timeout' | 'busy' | 'reset' | 'leader-lost';
}

/** A fault of a read or a subscription, before it is answered. */
export type ReadFault = 'cut' | 'silence' | 'not-ready' | 'busy';

/** Every fault of an append there is. */
export const APPEND_FAULTS: readonly AppendFault[] = (['before', 'after'] as const).flatMap((when) =>
  (['cut', 'silence', 'not-ready', 'timeout', 'busy', 'reset', 'leader-lost'] as const).map((how) => ({
    when,
    how,
  })),
);

/** The faults planned for the next appends and reads, one each, in this order. */
export class Faults {
  readonly #appends: (AppendFault | undefined)[] = [];
  readonly #reads: (ReadFault | undefined)[] = [];

  /** `undefined` stands for an append without a fault. */
  plan(...faults: readonly (AppendFault | undefined)[]): void {
    this.#appends.push(...faults);
  }

  /** `undefined` stands for a read without a fault. */
  planReads(...faults: readonly (ReadFault | undefined)[]): void {
    this.#reads.push(...faults);
  }

  takeAppend(): AppendFault | undefined {
    return this.#appends.shift();
  }

  takeRead(): ReadFault | undefined {
    return this.#reads.shift();
  }

  /** Removes all planned faults. */
  clear(): void {
    this.#appends.length = 0;
    this.#reads.length = 0;
  }

  /** The number of planned faults that have not occurred yet. */
  get left(): number {
    return this.#appends.length + this.#reads.length;
  }
}

/**
 * What befalls an append. `before` it is written, or `after`: then it is written, and the client does not hear of it.
 * `cut` ends the connection, `silence` never answers, `not-ready` is UNAVAILABLE, `timeout` is ABORTED, `busy` is
 * RESOURCE_EXHAUSTED; `leader-lost` makes another node the leader and ends all connections to this one.
 */
export interface AppendFault {
  readonly when: 'before' | 'after';
  readonly how: 'cut' | 'silence' | 'not-ready' | 'timeout' | 'busy' | 'leader-lost';
}

/** What befalls a read or a subscription before it is answered. */
export type ReadFault = 'cut' | 'silence' | 'not-ready' | 'busy';

/** What shall befall the next appends and the next reads, one each, in this order. */
export class Faults {
  readonly #appends: (AppendFault | undefined)[] = [];
  readonly #reads: (ReadFault | undefined)[] = [];

  /** `undefined` lets an append be. */
  plan(...faults: readonly (AppendFault | undefined)[]): void {
    this.#appends.push(...faults);
  }

  /** `undefined` lets a read be. */
  planReads(...faults: readonly (ReadFault | undefined)[]): void {
    this.#reads.push(...faults);
  }

  takeAppend(): AppendFault | undefined {
    return this.#appends.shift();
  }

  takeRead(): ReadFault | undefined {
    return this.#reads.shift();
  }

  /** Lets all be from now on. */
  clear(): void {
    this.#appends.length = 0;
    this.#reads.length = 0;
  }

  /** How many are still to come. */
  get left(): number {
    return this.#appends.length + this.#reads.length;
  }
}

/**
 * What befalls an append. `before` it is written, or `after`: then it is written, and the client does not hear of it.
 * `cut` ends the connection, `silence` never answers, `not-ready` is UNAVAILABLE, `timeout` is ABORTED.
 */
export interface AppendFault {
  readonly when: 'before' | 'after';
  readonly how: 'cut' | 'silence' | 'not-ready' | 'timeout';
}

/** What shall befall the next appends, one each, in this order. */
export class Faults {
  readonly #next: (AppendFault | undefined)[] = [];

  /** `undefined` lets an append be. */
  plan(...faults: readonly (AppendFault | undefined)[]): void {
    this.#next.push(...faults);
  }

  take(): AppendFault | undefined {
    return this.#next.shift();
  }

  /** How many are still to come. */
  get left(): number {
    return this.#next.length;
  }
}

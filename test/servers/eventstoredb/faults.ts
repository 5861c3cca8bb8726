import { Random } from '../../crash/service/random.ts';

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

/**
 * A fault of a read or a subscription, before it is answered; `stall` confirms a subscription and is silent from then
 * on.
 */
export type ReadFault = Exclude<AppendFault['how'], 'timeout'> | 'stall';

const COMMON_FAULTS = ['cut', 'silence', 'not-ready', 'busy', 'reset', 'leader-lost'] as const;

/** Every fault of a read there is. */
export const READ_FAULTS: readonly ReadFault[] = [...COMMON_FAULTS, 'stall'];

/** Every fault of an append there is. */
export const APPEND_FAULTS: readonly AppendFault[] = (['before', 'after'] as const).flatMap((when) =>
  ([...COMMON_FAULTS, 'timeout'] as const).map((how) => ({ when, how })),
);

/** Faults that occur at random. */
export interface Failing {
  /** The probability of a fault, for each append and each read. */
  readonly likelihood: number;
  readonly seed: number;
}

/** The faults planned for the next appends and reads, one each, in this order; then those that occur at random. */
export class Faults {
  readonly #appends: (AppendFault | undefined)[] = [];
  readonly #reads: (ReadFault | undefined)[] = [];
  readonly #random: Random;
  #likelihood: number;

  /** Without faults at random by default. */
  constructor({ likelihood, seed }: Failing = { likelihood: 0, seed: 0 }) {
    this.#likelihood = likelihood;
    this.#random = new Random(seed);
  }

  /** `undefined` stands for an append without a fault. */
  plan(...faults: readonly (AppendFault | undefined)[]): void {
    this.#appends.push(...faults);
  }

  /** `undefined` stands for a read without a fault. */
  planReads(...faults: readonly (ReadFault | undefined)[]): void {
    this.#reads.push(...faults);
  }

  takeAppend(): AppendFault | undefined {
    return this.#appends.length > 0 ? this.#appends.shift() : this.#draw(APPEND_FAULTS);
  }

  takeRead(): ReadFault | undefined {
    return this.#reads.length > 0 ? this.#reads.shift() : this.#draw(READ_FAULTS);
  }

  /** Removes all planned faults, and lets none occur at random any more. */
  clear(): void {
    this.#likelihood = 0;
    this.#appends.length = 0;
    this.#reads.length = 0;
  }

  /** The number of planned faults that have not occurred yet. */
  get left(): number {
    return this.#appends.length + this.#reads.length;
  }

  #draw<Fault>(all: readonly Fault[]): Fault | undefined {
    return this.#random.chance(this.#likelihood) ? this.#random.oneOf(all) : undefined;
  }
}

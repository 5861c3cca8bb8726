/** Of an object or a list by itself, of each of its entries, and of a string by itself. */
const OBJECT_BYTES = 32;
const ENTRY_BYTES = 8;
const STRING_BYTES = 16;

/** About how many bytes a JSON value takes in memory. */
export function weightOf(value: unknown): number {
  if (typeof value === 'string') return STRING_BYTES + value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let weight = OBJECT_BYTES;
  if (Array.isArray(value)) {
    for (const entry of value) weight += ENTRY_BYTES + weightOf(entry);
  } else {
    for (const key in value) weight += ENTRY_BYTES + weightOf((value as Record<string, unknown>)[key]);
  }
  return weight;
}

const known = new WeakMap<object, number>();

/** The weight of a value that never changes; computed once. */
export function weightOnce(value: object): number {
  const before = known.get(value);
  if (before !== undefined) return before;
  const weight = weightOf(value);
  known.set(value, weight);
  return weight;
}

/**
 * The memory that several writers may use for changes not yet written, limited for all of them together.
 * When it is full, the one that uses most writes first: it usually gains most by having waited.
 */
export class BufferBudget {
  readonly #limit: number;
  readonly #held = new Map<object, number>();

  constructor(bytes: number) {
    this.#limit = bytes;
  }

  /** Reports how much the holder has buffered by now; true when it has to write it. */
  isFull(holder: object, bytes: number): boolean {
    this.#held.set(holder, bytes);
    let total = 0;
    let most = 0;
    for (const held of this.#held.values()) {
      total += held;
      most = Math.max(most, held);
    }
    return total >= this.#limit && bytes >= most;
  }

  /** The holder has written everything. */
  release(holder: object): void {
    this.#held.delete(holder);
  }
}

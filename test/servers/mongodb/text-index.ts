/** Values from `low` up to and including `high`; a missing bound means from the first or up to the last. */
export interface TextRange {
  readonly low?: string;
  readonly high?: string;
}

interface Entry {
  readonly value: string;
  readonly id: string;
}

/** The ids of documents, ordered by the text of one field. */
export class TextIndex {
  readonly #entries: Entry[] = [];
  /** The number of values that are not text, which this index does not order. */
  #others = 0;

  add(value: unknown, id: string): void {
    if (typeof value === 'string') this.#entries.splice(this.#first({ value, id }), 0, { value, id });
    else if (value !== undefined) this.#others += 1;
  }

  remove(value: unknown, id: string): void {
    if (typeof value === 'string') this.#entries.splice(this.#first({ value, id }), 1);
    else if (value !== undefined) this.#others -= 1;
  }

  /** The ids of the documents within the range; `undefined` unless every value is text. */
  within({ low = '', high }: TextRange): string[] | undefined {
    if (this.#others > 0) return undefined;
    const ids: string[] = [];
    for (let place = this.#first({ value: low, id: '' }); ; place++) {
      const entry = this.#entries[place];
      if (entry === undefined || (high !== undefined && entry.value > high)) return ids;
      ids.push(entry.id);
    }
  }

  /** The index of the first entry that is not less. */
  #first({ value, id }: Entry): number {
    let from = 0;
    let to = this.#entries.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      const entry = this.#entries[middle] as Entry;
      if (entry.value < value || (entry.value === value && entry.id < id)) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

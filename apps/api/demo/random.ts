const TWO_TO_THE_32 = 2 ** 32;

/** A deterministic pseudo-random generator (mulberry32): the seed determines every value. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  /** With this probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.between(0, items.length - 1)] ?? items[0];
  }

  /** A date from the first day of `from` to the end of the year `to`, `YYYY-MM-DD`. */
  day(from: number, to: number): string {
    const month = String(this.between(1, 12)).padStart(2, '0');
    const day = String(this.between(1, 28)).padStart(2, '0');
    return `${this.between(from, to)}-${month}-${day}`;
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => this.between(0, 9)).join('');
  }

  private next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / TWO_TO_THE_32;
  }
}

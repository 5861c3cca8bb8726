import { CompactRange, type Hash, type ReadNodes } from '../index.ts';

/** A whole tree in memory. */
export class Tree {
  readonly #range = new CompactRange();
  readonly #nodes = new Map<string, Hash>();
  readonly leaves: Hash[] = [];

  constructor(leaves: readonly Hash[] = []) {
    for (const leaf of leaves) this.append(leaf);
  }

  append(leaf: Hash): void {
    this.leaves.push(leaf);
    for (const { level, index, hash } of this.#range.append(leaf)) this.#nodes.set(`${level}/${index}`, hash);
  }

  root(): Hash {
    return this.#range.root();
  }

  readonly read: ReadNodes = async (wanted) =>
    wanted.map(({ level, index }) => this.#nodes.get(`${level}/${index}`) as Hash);
}

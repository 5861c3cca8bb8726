// The Merkle tree of RFC 9162, section 2.1, over SHA-256.
import { hash } from 'node:crypto';

/** 32 bytes. */
export type Hash = Buffer;

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

export const HASH_BYTES = 32;

/** The root of the tree without leaves. */
export const EMPTY_ROOT: Hash = sha256(Buffer.alloc(0));

export function leafHash(leaf: Uint8Array | string): Hash {
  return sha256(Buffer.concat([LEAF, typeof leaf === 'string' ? Buffer.from(leaf) : leaf]));
}

export function nodeHash(left: Hash, right: Hash): Hash {
  return sha256(Buffer.concat([NODE, left, right]));
}

/** A perfect subtree: of the 2^level leaves from `index` times 2^level on. */
export interface NodeId {
  readonly level: number;
  readonly index: number;
}

export interface TreeNode extends NodeId {
  readonly hash: Hash;
}

/**
 * The right edge of a growing tree: the roots of its largest perfect subtrees, from left to right. As many as the size
 * has bits set, and all that is needed to append and to give the root.
 */
export class CompactRange {
  #size = 0;
  #edge: Hash[] = [];

  /**
   * @param edge the roots of the subtrees that `edgeOf` names for this size, in that order
   * @throws RangeError there are more or fewer
   */
  static of(size: number, edge: readonly Hash[]): CompactRange {
    const expected = edgeOf(size).length;
    if (edge.length !== expected)
      throw new RangeError(`A tree of ${size} leaves has an edge of ${expected}.`);
    const range = new CompactRange();
    range.#size = size;
    range.#edge = [...edge];
    return range;
  }

  get size(): number {
    return this.#size;
  }

  /** @returns the perfect subtrees that it completes, the leaf itself first */
  append(leaf: Hash): readonly TreeNode[] {
    const completed: TreeNode[] = [{ level: 0, index: this.#size, hash: leaf }];
    let hash = leaf;
    let index = this.#size;
    for (let level = 1; index % 2 === 1; level += 1) {
      hash = nodeHash(this.#edge.pop() as Hash, hash);
      index = (index - 1) / 2;
      completed.push({ level, index, hash });
    }
    this.#edge.push(hash);
    this.#size += 1;
    return completed;
  }

  root(): Hash {
    return joined(this.#edge);
  }
}

/** The perfect subtrees along the right edge of a tree, from left to right. */
export function edgeOf(size: number): readonly NodeId[] {
  return perfectSubtrees(0, size);
}

/** The fewest perfect subtrees that hold just the leaves from `start` up to `end`, from left to right. */
export function perfectSubtrees(start: number, end: number): readonly NodeId[] {
  const subtrees: NodeId[] = [];
  for (let next = start; next < end; ) {
    let level = 0;
    let width = 1;
    while (next % (width * 2) === 0 && next + width * 2 <= end) {
      width *= 2;
      level += 1;
    }
    subtrees.push({ level, index: next / width });
    next += width;
  }
  return subtrees;
}

/** The hash over subtrees that follow each other, each smaller than the one before: the root, when they are all. */
export function joined(hashes: readonly Hash[]): Hash {
  if (hashes.length === 0) return EMPTY_ROOT;
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

function sha256(bytes: Uint8Array): Hash {
  return hash('sha256', bytes, 'buffer');
}

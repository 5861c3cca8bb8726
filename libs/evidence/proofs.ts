// Proofs of RFC 9162: that an event is in a tree (2.1.3), and that a tree begins with another one (2.1.4).
import { type Hash, joined, type NodeId, nodeHash, perfectSubtrees } from './merkle.ts';

/** The hashes of perfect subtrees, in the order asked for. */
export type ReadNodes = (wanted: readonly NodeId[]) => Promise<readonly Hash[]>;

/** The leaves from `start` up to `end`. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** The root of the tree of the first `size` leaves. */
export async function rootAt(size: number, read: ReadNodes): Promise<Hash> {
  return joined(await read(perfectSubtrees(0, size)));
}

/**
 * Proves that the leaf at `index` is in the tree of the first `size` leaves.
 * @throws RangeError there is no such leaf in that tree
 */
export function inclusionProof(index: number, size: number, read: ReadNodes): Promise<readonly Hash[]> {
  if (index < 0 || index >= size) throw new RangeError(`A tree of ${size} leaves has no leaf at ${index}.`);
  return hashesOf(siblingsOfLeaf(index, { start: 0, end: size }), read);
}

/**
 * Proves that the tree of the first `to` leaves begins with that of the first `from`.
 * @throws RangeError it is the smaller one
 */
export function consistencyProof(from: number, to: number, read: ReadNodes): Promise<readonly Hash[]> {
  if (from < 0 || from > to)
    throw new RangeError(`A tree of ${to} leaves does not begin with one of ${from}.`);
  // Every tree begins with the empty one.
  return hashesOf(from === 0 ? [] : siblingsOfTree(from, { start: 0, end: to }, true), read);
}

/** Whether the proof leads from the leaf to the root (RFC 9162, 2.1.3.2). */
export function verifyInclusion(
  leaf: Hash,
  index: number,
  size: number,
  proof: readonly Hash[],
  root: Hash,
): boolean {
  if (index < 0 || index >= size) return false;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const beside of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(beside, hash);
      while (node % 2 === 0 && node > 0) [node, last] = [half(node), half(last)];
    } else {
      hash = nodeHash(hash, beside);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && hash.equals(root);
}

/** Whether the proof leads from the root of the first `from` leaves to that of the first `to` (RFC 9162, 2.1.4.2). */
export function verifyConsistency(
  from: { readonly size: number; readonly root: Hash },
  to: { readonly size: number; readonly root: Hash },
  proof: readonly Hash[],
): boolean {
  if (from.size > to.size) return false;
  if (from.size === to.size) return proof.length === 0 && from.root.equals(to.root);
  if (from.size === 0) return proof.length === 0 && joined([]).equals(from.root);
  const path = isPowerOfTwo(from.size) ? [from.root, ...proof] : [...proof];
  let [node, last] = [from.size - 1, to.size - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  const first = path.shift();
  if (first === undefined) return false;
  let [older, newer] = [first, first];
  for (const beside of path) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      older = nodeHash(beside, older);
      newer = nodeHash(beside, newer);
      while (node % 2 === 0 && node > 0) [node, last] = [half(node), half(last)];
    } else {
      newer = nodeHash(newer, beside);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && older.equals(from.root) && newer.equals(to.root);
}

/** The sibling subtrees along the path from a leaf to the root, from the bottom up. */
function siblingsOfLeaf(index: number, { start, end }: Span): Span[] {
  if (end - start === 1) return [];
  const middle = start + split(end - start);
  return index < middle
    ? [...siblingsOfLeaf(index, { start, end: middle }), { start: middle, end }]
    : [...siblingsOfLeaf(index, { start: middle, end }), { start, end: middle }];
}

/** The sibling subtrees along the path from the first leaves' tree to the root, from the bottom up; and that tree, unless `whole`. */
function siblingsOfTree(size: number, { start, end }: Span, whole: boolean): Span[] {
  if (size === end - start) return whole ? [] : [{ start, end }];
  const width = split(end - start);
  const middle = start + width;
  return size <= width
    ? [...siblingsOfTree(size, { start, end: middle }, whole), { start: middle, end }]
    : [...siblingsOfTree(size - width, { start: middle, end }, false), { start, end: middle }];
}

async function hashesOf(spans: readonly Span[], read: ReadNodes): Promise<readonly Hash[]> {
  const subtrees = spans.map(({ start, end }) => perfectSubtrees(start, end));
  const hashes = await read(subtrees.flat());
  let next = 0;
  return subtrees.map(({ length }) => {
    next += length;
    return joined(hashes.slice(next - length, next));
  });
}

/** The largest power of two below `count`: beyond 2^31, where bits of numbers end. */
function split(count: number): number {
  let width = 1;
  while (width * 2 < count) width *= 2;
  return width;
}

function half(count: number): number {
  return Math.floor(count / 2);
}

function isPowerOfTwo(count: number): boolean {
  return count === 1 || split(count) * 2 === count;
}

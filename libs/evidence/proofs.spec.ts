import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  CompactRange,
  consistencyProof,
  EMPTY_ROOT,
  edgeOf,
  type Hash,
  inclusionProof,
  leafHash,
  nodeHash,
  type ReadNodes,
  rootAt,
  verifyConsistency,
  verifyInclusion,
} from './index.ts';
import { Tree } from './testing/tree.ts';

/** The leaves and roots that implementations of RFC 6962 and 9162 share as test vectors. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
/** `[leaf, size, proof]` of the same. */
const INCLUSIONS: readonly [number, number, readonly string[]][] = [
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
];

/** The root as RFC 9162 defines it, section 2.1.1. */
function definedRoot(leaves: readonly Hash[]): Hash {
  const [first] = leaves;
  if (first === undefined) return EMPTY_ROOT;
  if (leaves.length === 1) return first;
  let width = 1;
  while (width * 2 < leaves.length) width *= 2;
  return nodeHash(definedRoot(leaves.slice(0, width)), definedRoot(leaves.slice(width)));
}

const leavesOf = (size: number) => Array.from({ length: size }, (_, index) => leafHash(`${index}`));

describe('the tree', () => {
  const vectors = LEAVES.map((leaf) => leafHash(Buffer.from(leaf, 'hex')));

  it('has the roots of the shared test vectors', () => {
    const range = new CompactRange();
    const roots = [range.root()];
    for (const leaf of vectors) {
      range.append(leaf);
      roots.push(range.root());
    }
    expect(roots.map((root) => root.toString('hex'))).toEqual(ROOTS);
  });

  it('gives the proofs of the shared test vectors', async () => {
    const { read } = new Tree(vectors);
    for (const [index, size, expected] of INCLUSIONS) {
      const proof = await inclusionProof(index, size, read);
      expect(proof.map((hash) => hash.toString('hex'))).toEqual(expected);
    }
  });

  it('has the root that the RFC defines at every size, and continues from its edge', async () => {
    const leaves = leavesOf(70);
    const tree = new Tree();
    for (let size = 0; size <= leaves.length; size += 1) {
      const root = definedRoot(leaves.slice(0, size));
      expect(tree.root()).toEqual(root);
      expect(await rootAt(size, tree.read)).toEqual(root);
      const resumed = CompactRange.of(size, await tree.read(edgeOf(size)));
      const next = leaves[size];
      if (next === undefined) break;
      tree.append(next);
      resumed.append(next);
      expect(resumed.root()).toEqual(tree.root());
    }
    expect(() => CompactRange.of(3, [])).toThrow(RangeError);
  });
});

describe('proofs', () => {
  const LARGEST = 40;
  const tree = new Tree(leavesOf(LARGEST));
  const sizes = Array.from({ length: LARGEST + 1 }, (_, size) => size);

  it('verify every leaf in every tree that contains it', async () => {
    for (const size of sizes) {
      const root = await rootAt(size, tree.read);
      for (let index = 0; index < size; index += 1) {
        const proof = await inclusionProof(index, size, tree.read);
        expect(verifyInclusion(tree.leaves[index] as Hash, index, size, proof, root)).toBe(true);
      }
    }
  });

  it('verify that every tree begins with every smaller one', async () => {
    for (const from of sizes) {
      for (const to of sizes.slice(from)) {
        const [older, newer] = await Promise.all([rootAt(from, tree.read), rootAt(to, tree.read)]);
        const proof = await consistencyProof(from, to, tree.read);
        expect(verifyConsistency({ size: from, root: older }, { size: to, root: newer }, proof)).toBe(true);
      }
    }
  });

  it('of large trees read few nodes', async () => {
    const size = 1_234_567;
    let most = 0;
    const counting: ReadNodes = async (wanted) => {
      most = Math.max(most, wanted.length);
      return wanted.map(() => EMPTY_ROOT);
    };
    for (const index of [0, 1, 777_777, size - 1]) await inclusionProof(index, size, counting);
    await consistencyProof(1_000_001, size, counting);
    expect(most).toBeLessThan(45);
  });

  it('are refused when any part of them is altered', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: LARGEST }),
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 0, max: 255 }),
        async (size, atLeaf, atByte, bit) => {
          const index = atLeaf % size;
          const root = await rootAt(size, tree.read);
          const leaf = tree.leaves[index] as Hash;
          const proof = await inclusionProof(index, size, tree.read);
          const parts = [leaf, root, ...proof];
          const altered = parts.map((hash, at) => (at === atByte % parts.length ? flipped(hash, bit) : hash));
          const [otherLeaf, otherRoot, ...otherProof] = altered as [Hash, Hash, ...Hash[]];
          expect(verifyInclusion(otherLeaf, index, size, otherProof, otherRoot)).toBe(false);
          expect(verifyInclusion(leaf, index, size, [...proof, root], root)).toBe(false);
          if (proof.length > 0) expect(verifyInclusion(leaf, index, size, proof.slice(1), root)).toBe(false);
          if (size > 1) expect(verifyInclusion(leaf, (index + 1) % size, size, proof, root)).toBe(false);
        },
      ),
    );
  });

  it('of growth are refused when any part of them is altered', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: LARGEST }),
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 0, max: 255 }),
        async (size, below, atByte, bit) => {
          const from = 1 + (below % size);
          const proof = await consistencyProof(from, size, tree.read);
          const parts = [await rootAt(from, tree.read), await rootAt(size, tree.read), ...proof];
          const altered = parts.map((hash, at) => (at === atByte % parts.length ? flipped(hash, bit) : hash));
          const [older, newer, ...rest] = altered as [Hash, Hash, ...Hash[]];
          expect(verifyConsistency({ size: from, root: older }, { size, root: newer }, rest)).toBe(false);
        },
      ),
    );
  });

  it('cannot be made for leaves that do not exist', () => {
    expect(() => inclusionProof(3, 3, tree.read)).toThrow(RangeError);
    expect(() => consistencyProof(4, 3, tree.read)).toThrow(RangeError);
  });
});

function flipped(hash: Hash, bit: number): Hash {
  const copy = Buffer.from(hash);
  copy[bit >> 3] = (copy[bit >> 3] as number) ^ (1 << (bit & 7));
  return copy;
}

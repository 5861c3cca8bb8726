// The tree in tiles of eight levels each, as C2SP lays them out (tlog-tiles): a proof reads a few documents.
import { HASH_BYTES, type Hash, type NodeId, nodeHash, type ReadNodes } from '#evidence';
import type { ViewReader } from '#view-store';
import { type SealTile, sealTiles } from './documents.ts';

const TILE_LEVELS = 8;
export const TILE_WIDTH = 2 ** TILE_LEVELS;

/** The hashes of one tile, in order. */
export interface Tile {
  /** Of tiles: 0 holds leaves, 1 the roots of 256 leaves each, and so on. */
  readonly level: number;
  readonly index: number;
}

export function tileId({ level, index }: Tile): string {
  return `${level}/${index}`;
}

/** Whether the tree's nodes of that level are stored, rather than computed from those below. */
export function isStoredLevel(level: number): boolean {
  return level % TILE_LEVELS === 0;
}

/** The tile level that holds a stored level of the tree. */
export function tileLevel(level: number): number {
  return level / TILE_LEVELS;
}

export function tileDocument(tile: Tile, hashes: readonly Hash[]): SealTile {
  return { id: tileId(tile), hashes: Buffer.concat(hashes).toString('base64') };
}

export function hashesIn({ hashes }: SealTile): Hash[] {
  const bytes = Buffer.from(hashes, 'base64');
  return Array.from({ length: bytes.length / HASH_BYTES }, (_, at) =>
    bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
  );
}

/** The partly filled tiles of a tree of that size, with how many hashes each has. */
export function openTiles(size: number): readonly (Tile & { readonly count: number })[] {
  const open: (Tile & { count: number })[] = [];
  for (let level = 0, nodes = size; nodes > 0; level += 1, nodes = Math.floor(nodes / TILE_WIDTH)) {
    const count = nodes % TILE_WIDTH;
    if (count > 0) open.push({ level, index: Math.floor(nodes / TILE_WIDTH), count });
  }
  return open;
}

/** A tile is not stored, although the tree must have it. */
export class TileMissing extends Error {
  override readonly name = 'TileMissing';
  constructor(id: string) {
    super(`The sealed tree has no tile ${id} with the hashes it should have.`);
  }
}

/** Reads the nodes of the tree from its stored tiles. */
export function nodesIn(views: Pick<ViewReader, 'getMany'>): ReadNodes {
  return async (wanted) => {
    const places = wanted.map(placeOf);
    const ids = [...new Set(places.map(({ id }) => id))];
    const tiles = new Map<string, readonly Hash[]>();
    for (const tile of await views.getMany(sealTiles, ids)) if (tile) tiles.set(tile.id, hashesIn(tile));
    return places.map(({ id, first, width }) => {
      const hashes = tiles.get(id)?.slice(first, first + width);
      if (hashes?.length !== width) throw new TileMissing(id);
      return perfectRoot(hashes);
    });
  };
}

/** The hashes of a tile that the node is the root of. */
function placeOf({ level, index }: NodeId): { id: string; first: number; width: number } {
  const above = level % TILE_LEVELS;
  const width = 2 ** above;
  const first = index * width;
  const tile = { level: tileLevel(level - above), index: Math.floor(first / TILE_WIDTH) };
  return { id: tileId(tile), first: first % TILE_WIDTH, width };
}

function perfectRoot(hashes: readonly Hash[]): Hash {
  let level = hashes;
  while (level.length > 1) {
    const pairs = level;
    level = Array.from({ length: pairs.length / 2 }, (_, at) =>
      nodeHash(pairs[2 * at] as Hash, pairs[2 * at + 1] as Hash),
    );
  }
  return level[0] as Hash;
}

import type { RecordedEvent } from '#event-store';
import { CompactRange, edgeOf, eventHash, type Hash } from '#evidence';
import type { ViewReader, Write } from '#view-store';
import { SEALED_LOG_ID, sealedLogs, sealedPlaces, sealTiles } from './documents.ts';
import {
  hashesIn,
  isStoredLevel,
  nodesIn,
  openTiles,
  TILE_WIDTH,
  TileMissing,
  tileDocument,
  tileId,
  tileLevel,
} from './tiles.ts';

/** The tree's growing right edge, with the tiles that are not full yet. */
export class GrowingTree {
  readonly #range: CompactRange;
  /** By level. */
  readonly #open: Map<number, Hash[]>;

  private constructor(range: CompactRange, open: Map<number, Hash[]>) {
    this.#range = range;
    this.#open = open;
  }

  /** The tree as far as it is stored. */
  static async load(views: Pick<ViewReader, 'get' | 'getMany'>): Promise<GrowingTree> {
    const { size = 0 } = (await views.get(sealedLogs, SEALED_LOG_ID)) ?? {};
    const open = openTiles(size);
    const stored = await views.getMany(sealTiles, open.map(tileId));
    const hashes = open.map((tile, at): [number, Hash[]] => {
      const document = stored[at];
      const found = document ? hashesIn(document).slice(0, tile.count) : [];
      if (found.length < tile.count) throw new TileMissing(tileId(tile));
      return [tile.level, found];
    });
    const edge = await nodesIn(views)(edgeOf(size));
    return new GrowingTree(CompactRange.of(size, edge), new Map(hashes));
  }

  get size(): number {
    return this.#range.size;
  }

  root(): Hash {
    return this.#range.root();
  }

  /** Appends the events, and returns what is to be stored. */
  grow(events: readonly RecordedEvent[]): readonly Write[] {
    if (events.length === 0) return [];
    const writes: Write[] = [];
    const changed = new Set<number>();
    for (const event of events) {
      const { id, stream, revision } = event;
      const place = { id, index: this.size, stream, revision };
      writes.push({ collection: sealedPlaces, id, document: place });
      for (const node of this.#range.append(eventHash(event))) {
        if (!isStoredLevel(node.level)) continue;
        const level = tileLevel(node.level);
        const hashes = this.#open.get(level) ?? [];
        hashes.push(node.hash);
        this.#open.set(level, hashes);
        changed.add(level);
        if (hashes.length === TILE_WIDTH) {
          writes.push(tileWrite(level, Math.floor(node.index / TILE_WIDTH), hashes));
          this.#open.set(level, []);
          changed.delete(level);
        }
      }
    }
    for (const { level, index } of openTiles(this.size)) {
      if (changed.has(level)) writes.push(tileWrite(level, index, this.#open.get(level) ?? []));
    }
    const log = { id: SEALED_LOG_ID, size: this.size };
    return [...writes, { collection: sealedLogs, id: log.id, document: log }];
  }
}

function tileWrite(level: number, index: number, hashes: readonly Hash[]): Write {
  const document = tileDocument({ level, index }, hashes);
  return { collection: sealTiles, id: document.id, document };
}

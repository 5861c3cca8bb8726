// Whether a log is the one that was sealed, and the first event that is not.
import { type EventReader, EventStoreUnusable, type RecordedEvent, START } from '#event-store';
import {
  type Checkpoint,
  CompactRange,
  eventHash,
  type Hash,
  inclusionProof,
  NotAuthentic,
  openCheckpoint,
  type VerifierKey,
  verifyInclusion,
} from '#evidence';
import type { ViewReader } from '#view-store';
import { type SealedPlace, sealedPlaces, sealTiles } from './documents.ts';
import { lastSigned } from './published.ts';
import { hashesIn, nodesIn, TILE_WIDTH, TileMissing, tileId } from './tiles.ts';

export interface VerifyOptions {
  readonly reader: EventReader;
  readonly views: ViewReader;
  /** The trusted keys. */
  readonly keys: readonly VerifierKey[];
  /** An earlier checkpoint: the log must begin with the log that it describes. */
  readonly since?: string;
  /** The last checkpoint, where the store has lost it. */
  readonly copy?: string;
  /** Only the events from this place up to that one, counted from 0; all by default. */
  readonly from?: number;
  readonly to?: number;
  /** Reports the progress; called often. */
  readonly report?: (done: number, total: number) => void;
}

/** The first difference. */
export interface Difference {
  /**
   * - `altered`, `missing`, `added`, `reordered`: an event of the log
   * - `unreadable`: an event that the store itself finds to be damaged
   * - `seal`: the log is the one that was sealed, but the stored seal is not
   * - `unnamed`: the log is not the one that was sealed, and the seal that would name the event was altered too
   * - `since`: the log does not begin with the one of the earlier checkpoint
   */
  readonly kind: 'altered' | 'missing' | 'added' | 'reordered' | 'unreadable' | 'seal' | 'unnamed' | 'since';
  /** The place in the log, from 0. */
  readonly index: number;
  readonly event?: { readonly id: string; readonly stream: string; readonly revision: number };
  readonly detail: string;
}

export interface Verified {
  /** How many events the last checkpoint seals. */
  readonly size: number;
  /** How many of them were compared. */
  readonly compared: number;
  /** The newest events, which are not sealed yet and were not compared. */
  readonly notYetSealed: number;
  readonly difference?: Difference;
}

/** Nothing can be verified: there is no checkpoint, or none that is authentic. */
export class NothingToVerify extends Error {
  override readonly name = 'NothingToVerify';
}

const PAGE = 200;

/**
 * Compares the log with the seal, event by event, up to the first that differs. Holds one page in memory.
 * @throws NothingToVerify
 * @throws EventStoreUnavailable, ViewStoreUnavailable
 */
export async function verifyLog(options: VerifyOptions): Promise<Verified> {
  const { reader, views, keys, since, report } = options;
  const last = (await lastSigned(views))?.note ?? options.copy;
  if (last === undefined) throw new NothingToVerify('Nothing is sealed yet.');
  const checkpoint = opened(last, keys, 'The last checkpoint');
  const older = since === undefined ? undefined : opened(since, keys, 'The earlier checkpoint');
  const { size } = checkpoint;
  if (older && (older.origin !== checkpoint.origin || older.size > size)) {
    const of = `${older.size} events of ${older.origin}`;
    const detail = `The earlier checkpoint is of ${of}, the last one of ${size} of ${checkpoint.origin}.`;
    return { size, compared: 0, notYetSealed: 0, difference: { kind: 'since', index: size, detail } };
  }
  const from = Math.min(options.from ?? 0, size);
  const to = Math.min(options.to ?? size, size);
  const whole = from === 0 && to === size;
  const sealed = new Sealed(views);
  const tree = new CompactRange();
  let index = from;
  let notYetSealed = 0;
  let isKept = true;
  const result = (difference?: Difference): Verified => ({
    size,
    compared: index - from,
    notYetSealed: 0,
    difference,
  });
  for await (const event of eventsFrom(reader, sealed, from)) {
    if (event instanceof Error) return result(await sealed.unreadable(index, event));
    if (index === to) {
      if (!whole) break;
      notYetSealed += 1;
      continue;
    }
    const hash = hashOf(event);
    if (hash instanceof Error) return result(await sealed.unreadable(index, hash));
    const authentic = await sealed.hashAt(index);
    if (authentic === undefined) {
      if (!whole) throw new NothingToVerify(notKept(index));
      // As before the views are built: the signed root then verifies the log as a whole.
      isKept = false;
    } else if (!hash.equals(authentic)) {
      return result(await named(options, sealed, checkpoint, index, event));
    }
    if (!whole && !(await sealed.isIn(checkpoint, index, hash))) return result(unnamed(index, 'was'));
    tree.append(hash);
    index += 1;
    if (whole && older?.size === index && !older.root.equals(tree.root())) {
      const detail = `The first ${index} events are not those of the earlier checkpoint.`;
      return result({ kind: 'since', index, detail });
    }
    if (index % PAGE === 0) report?.(index - from, to - from);
  }
  if (index < to) return result(await sealed.missing(index));
  if (whole && !tree.root().equals(checkpoint.root)) {
    return result(isKept ? unnamed(size, 'were') : { kind: 'unnamed', index: size, detail: NOTHING_KEPT });
  }
  return { ...result(), notYetSealed };
}

const NOTHING_KEPT =
  'The signed root is another. Which event differs cannot be determined: the stored seal is incomplete, as before the views are built.';

function notKept(index: number): string {
  return `The stored seal lacks the event at ${index}, as before the views are built: verify the whole log.`;
}

function opened(note: string, keys: readonly VerifierKey[], which: string): Checkpoint {
  try {
    return openCheckpoint(note, keys);
  } catch (error) {
    if (error instanceof NotAuthentic) throw new NothingToVerify(`${which}: ${error.message}`);
    throw error;
  }
}

function unnamed(index: number, were: string): Difference {
  const detail = `The events up to here ${were} altered together with the stored seal: the signed root is another.`;
  return { kind: 'unnamed', index, detail };
}

/** The log in order from a place on; ends with the store's error where an event cannot be read. */
async function* eventsFrom(
  reader: EventReader,
  sealed: Sealed,
  from: number,
): AsyncGenerator<RecordedEvent | Error> {
  let after = from === 0 ? START : await sealed.positionBefore(reader, from);
  for (let limit = PAGE; ; ) {
    try {
      const page = await reader.readAll({ after, limit });
      yield* page;
      const last = page.at(-1);
      if (last === undefined) return;
      after = last.position;
    } catch (error) {
      if (!isDamage(error)) throw error;
      if (limit === 1) {
        yield error;
        return;
      }
      // One by one, up to the one that cannot be read.
      limit = 1;
    }
  }
}

/** The store found damage, or something that is not JSON. */
function isDamage(error: unknown): error is Error {
  return error instanceof EventStoreUnusable || error instanceof SyntaxError;
}

/** An event that was altered may have no canonical form. */
function hashOf(event: RecordedEvent): Hash | Error {
  try {
    return eventHash(event);
  } catch (error) {
    return error as Error;
  }
}

/** The stored seal, read in order. */
class Sealed {
  readonly #views: ViewReader;
  #tile: { readonly index: number; readonly hashes: readonly Hash[] } | undefined;

  constructor(views: ViewReader) {
    this.#views = views;
  }

  async hashAt(index: number): Promise<Hash | undefined> {
    const tile = Math.floor(index / TILE_WIDTH);
    if (this.#tile?.index !== tile) {
      const stored = await this.#views.get(sealTiles, tileId({ level: 0, index: tile }));
      this.#tile = { index: tile, hashes: stored ? hashesIn(stored) : [] };
    }
    return this.#tile.hashes[index % TILE_WIDTH];
  }

  async placeAt(index: number): Promise<SealedPlace | undefined> {
    const query = { index: 'by-index', prefix: [index], limit: 1 };
    return (await this.#views.find(sealedPlaces, query)).items[0];
  }

  placeOf(id: string): Promise<SealedPlace | undefined> {
    return this.#views.get(sealedPlaces, id);
  }

  /** Whether the signed tree has that hash there. */
  async isIn({ size, root }: Checkpoint, index: number, hash: Hash | undefined): Promise<boolean> {
    if (hash === undefined) return false;
    try {
      const proof = await inclusionProof(index, size, nodesIn(this.#views));
      return verifyInclusion(hash, index, size, proof, root);
    } catch (error) {
      if (error instanceof TileMissing) return false;
      throw error;
    }
  }

  /** The position of the event before a place. */
  async positionBefore(reader: EventReader, index: number): Promise<RecordedEvent['position']> {
    const place = await this.placeAt(index - 1);
    const from = place?.revision as RecordedEvent['revision'];
    const [event] = place ? await reader.readStream(place.stream, { from, limit: 1 }) : [];
    if (event?.id === place?.id && event !== undefined) return event.position;
    throw new NothingToVerify(`The event at ${index - 1} is not where it was sealed: verify the whole log.`);
  }

  async missing(index: number): Promise<Difference> {
    const event = await this.placeAt(index);
    return { kind: 'missing', index, event, detail: 'The log ends before this event, which was sealed.' };
  }

  async unreadable(index: number, error: Error): Promise<Difference> {
    return { kind: 'unreadable', index, event: await this.placeAt(index), detail: error.message };
  }
}

/** The difference where the log has another event than was sealed. */
async function named(
  { reader }: VerifyOptions,
  sealed: Sealed,
  checkpoint: Checkpoint,
  index: number,
  found: RecordedEvent,
): Promise<Difference> {
  const hash = hashOf(found);
  if (!(hash instanceof Error) && (await sealed.isIn(checkpoint, index, hash))) {
    const detail = 'The log is the one that was sealed; the stored hash of this event is not.';
    return { kind: 'seal', index, event: placed(found), detail };
  }
  if (!(await sealed.isIn(checkpoint, index, await sealed.hashAt(index)))) return unnamed(index, 'were');
  const expected = await sealed.placeAt(index);
  if (expected === undefined) return unnamed(index, 'were');
  if (
    found.id === expected.id ||
    (found.stream === expected.stream && found.revision === expected.revision)
  ) {
    return { kind: 'altered', index, event: expected, detail: 'The event is not what was recorded.' };
  }
  const elsewhere = await sealed.placeOf(found.id);
  if (elsewhere === undefined || elsewhere.index < index) {
    return { kind: 'added', index, event: placed(found), detail: 'The event was not recorded here.' };
  }
  return (await isThere(reader, expected))
    ? { kind: 'reordered', index, event: expected, detail: `The log has event ${found.id} in its place.` }
    : { kind: 'missing', index, event: expected, detail: 'The event was recorded and is gone.' };
}

async function isThere(reader: EventReader, { id, stream, revision }: SealedPlace): Promise<boolean> {
  try {
    const from = revision as RecordedEvent['revision'];
    const [event] = await reader.readStream(stream, { from, limit: 1 });
    return event?.id === id;
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}

function placed({ id, stream, revision }: RecordedEvent) {
  return { id, stream, revision };
}

import type { Recorded, TesseraEvent } from '#contracts';
import type { CollectionDefinition, Document } from '#view-store';

/** The change of one document by an event. `update` is pure: it may run again on redelivery or in a rebuild. */
export interface Change<D extends Document = Document> {
  readonly collection: CollectionDefinition<D>;
  readonly id: string;
  /** The document after the event; the same object when nothing changes; `undefined` to remove it. */
  update(document: D | undefined): D | undefined;
  /**
   * Documents that the event adds to other collections, derived from the document after the event: written
   * once, under ids that no other event uses, and never read or changed by the projection.
   */
  adds?(document: D | undefined): readonly Added[];
}

/** A document of a collection, to be written as it is. */
export interface Added<D extends Document = Document> {
  readonly collection: CollectionDefinition<D>;
  readonly document: D;
}

/** Documents derived from another one: whenever the source is saved, its rows are written, or removed. */
export interface Derivation<Source extends Document = Document, Row extends Document = Document> {
  readonly from: CollectionDefinition<Source>;
  readonly to: CollectionDefinition<Row>;
  rows(source: Source): readonly Row[];
}

/** A document of sums over others. Sums of 0 are left out. */
export interface Sums extends Document {
  readonly amounts: Readonly<Record<string, number>>;
}

/** What a document adds to the sums of one id; `of` is the same for all that add to it. */
export interface Addend<S extends Sums = Sums> {
  readonly of: Omit<S, 'amounts'>;
  readonly amounts: Readonly<Record<string, number>>;
}

/**
 * Sums over documents: whenever one of them is saved, its former amounts are subtracted, and
 * its new amounts added. So a sum is read as one document, however many it is of.
 */
export interface Tally<Source extends Document = Document, S extends Sums = Sums> {
  readonly from: CollectionDefinition<Source>;
  readonly to: CollectionDefinition<S>;
  addends(source: Source): readonly Addend<S>[];
}

/** One read model: which events it handles, and what they change. The engine batches, orders, loads and saves. */
export interface Projection {
  readonly name: string;
  /** Raised when its documents change shape; the view is then rebuilt. */
  readonly version: number;
  readonly collections: readonly CollectionDefinition<Document>[];
  readonly handles: readonly TesseraEvent['type'][];
  readonly project: (event: Recorded) => readonly Change[];
  readonly derive?: readonly Derivation[];
  /** Of documents it changes, or derives. */
  readonly tally?: readonly Tally[];
  /**
   * How long events may be gathered before it is given them, where no reader waits for it: for a view that is read
   * rarely, and only by queries that wait for the log's end. 0 by default.
   */
  readonly gatherMs?: number;
}

/** Checks the types of a change where it is written, and erases them so that changes can be listed together. */
export function change<D extends Document>(
  collection: CollectionDefinition<D>,
  id: string,
  update: (document: D | undefined) => D | undefined,
  adds?: (document: D | undefined) => readonly Added[],
): Change {
  return { collection, id, update, adds } as unknown as Change;
}

/** The same for a document that is added. */
export function added<D extends Document>(collection: CollectionDefinition<D>, document: D): Added {
  return { collection, document } as unknown as Added;
}

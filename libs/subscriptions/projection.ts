import type { Recorded, TesseraEvent } from '#contracts';
import type { CollectionDefinition, Document } from '#view-store';

/** What an event makes of one document. `update` is pure: it may run again on redelivery or in a rebuild. */
export interface Change<D extends Document = Document> {
  readonly collection: CollectionDefinition<D>;
  readonly id: string;
  /** The document after the event; the same object when nothing changes; `undefined` to remove it. */
  update(document: D | undefined): D | undefined;
  /**
   * Documents that the event leaves behind in other collections, told by the document as the event made it: written
   * once, under ids that no other event gives, and never read or changed by the projection.
   */
  adds?(document: D | undefined): readonly Added[];
}

/** A document of a collection, to be written as it is. */
export interface Added<D extends Document = Document> {
  readonly collection: CollectionDefinition<D>;
  readonly document: D;
}

/** Documents kept in step with another one: whenever the source is saved, its rows are written, or removed. */
export interface Derivation<Source extends Document = Document, Row extends Document = Document> {
  readonly from: CollectionDefinition<Source>;
  readonly to: CollectionDefinition<Row>;
  rows(source: Source): readonly Row[];
}

/** A document that sums up others. What adds up to nothing is not in it. */
export interface Sums extends Document {
  readonly amounts: Readonly<Record<string, number>>;
}

/** What a document adds to the sums of one id; `of` is the same for all that add to it. */
export interface Addend<S extends Sums = Sums> {
  readonly of: Omit<S, 'amounts'>;
  readonly amounts: Readonly<Record<string, number>>;
}

/**
 * Sums kept in step with the documents they are of: whenever one is saved, what it added before is taken out, and what
 * it adds now is put in. So a sum is read as one document, whatever it is of.
 */
export interface Tally<Source extends Document = Document, S extends Sums = Sums> {
  readonly from: CollectionDefinition<Source>;
  readonly to: CollectionDefinition<S>;
  addends(source: Source): readonly Addend<S>[];
}

/** One read model: which events it takes, and what they change. The engine batches, orders, loads and saves. */
export interface Projection {
  readonly name: string;
  /** Raised when its documents change shape; the view is then built anew. */
  readonly version: number;
  readonly collections: readonly CollectionDefinition<Document>[];
  readonly handles: readonly TesseraEvent['type'][];
  readonly project: (event: Recorded) => readonly Change[];
  readonly derive?: readonly Derivation[];
  /** Of documents it changes, or derives. */
  readonly tally?: readonly Tally[];
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

/** The same for a document that is left behind. */
export function added<D extends Document>(collection: CollectionDefinition<D>, document: D): Added {
  return { collection, document } as unknown as Added;
}

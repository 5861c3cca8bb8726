import type { Recorded, TesseraEvent } from '#contracts';
import type { CollectionDefinition, Document } from '#view-store';

/** What an event makes of one document. `update` is pure: it may run again on redelivery or in a rebuild. */
export interface Change<D extends Document = Document> {
  readonly collection: CollectionDefinition<D>;
  readonly id: string;
  /** The document after the event; the same object when nothing changes; `undefined` to remove it. */
  update(document: D | undefined): D | undefined;
}

/** Documents kept in step with another one: whenever the source is saved, its rows are written, or removed. */
export interface Derivation<Source extends Document = Document, Row extends Document = Document> {
  readonly from: CollectionDefinition<Source>;
  readonly to: CollectionDefinition<Row>;
  rows(source: Source): readonly Row[];
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
}

/** Checks the types of a change where it is written, and erases them so that changes can be listed together. */
export function change<D extends Document>(
  collection: CollectionDefinition<D>,
  id: string,
  update: (document: D | undefined) => D | undefined,
): Change {
  return { collection, id, update } as unknown as Change;
}

import type { Recorded } from '#contracts';
import { type Change, change } from '#subscriptions';
import type { CollectionDefinition, Document } from '#view-store';

/** A document folded from one stream, with the revision it reflects, so that a repeated or late event changes nothing. */
export interface Reflecting extends Document {
  /** Of the last event it reflects. */
  readonly revision: number;
}

type Folded<D extends Reflecting> = Omit<D, 'revision'>;

/** Creates or replaces the document from this event, unless it reflects the event already. */
export function upsert<D extends Reflecting>(
  collection: CollectionDefinition<D>,
  id: string,
  event: Recorded,
  make: (document: D | undefined) => Folded<D>,
): Change {
  return change(collection, id, (document) =>
    document !== undefined && document.revision >= event.revision ? document : reflect(make(document), event),
  );
}

/** Folds the event into an existing document that does not reflect it yet; never creates one. */
export function update<D extends Reflecting>(
  collection: CollectionDefinition<D>,
  id: string,
  event: Recorded,
  fold: (document: D) => Folded<D>,
): Change {
  return change(collection, id, (document) =>
    document === undefined || document.revision >= event.revision ? document : reflect(fold(document), event),
  );
}

function reflect<D extends Reflecting>(folded: Folded<D>, event: Recorded): D {
  return { ...folded, revision: event.revision } as Reflecting as D;
}

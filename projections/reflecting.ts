import type { Recorded } from '#contracts';
import { type Change, change } from '#subscriptions';
import type { CollectionDefinition, Document } from '#view-store';

/** A document made from one stream, that tells how far: an event delivered again, or late, changes nothing. */
export interface Reflecting extends Document {
  /** Of the last event it reflects. */
  readonly revision: number;
}

type Folded<D extends Reflecting> = Omit<D, 'revision'>;

/** Begins the document, or begins it anew, with what this event tells. */
export function begin<D extends Reflecting>(
  collection: CollectionDefinition<D>,
  id: string,
  event: Recorded,
  make: (document: D | undefined) => Folded<D>,
): Change {
  return change(collection, id, (document) =>
    document !== undefined && document.revision >= event.revision ? document : reflect(make(document), event),
  );
}

/** Carries the event into a document that is there; one that is not stays away. */
export function carry<D extends Reflecting>(
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

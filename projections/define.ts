import type { Recorded, TesseraEvent } from '#contracts';
import type { Change, Derivation, Projection } from '#subscriptions';
import type { CollectionDefinition, Document } from '#view-store';

/** What the projection does with each event it takes. */
export type Handlers = {
  readonly [Type in TesseraEvent['type']]?: (
    event: Recorded<Extract<TesseraEvent, { type: Type }>>,
  ) => readonly Change[];
};

export interface ProjectionDefinition extends Omit<Projection, 'collections' | 'handles' | 'project'> {
  readonly collections: readonly CollectionDefinition<never>[];
  readonly on: Handlers;
}

/** A projection made of one handler per event type: it takes exactly the events it has handlers for. */
export function defineProjection({ on, collections, ...rest }: ProjectionDefinition): Projection {
  return {
    ...rest,
    collections: collections as unknown as Projection['collections'],
    handles: Object.keys(on) as TesseraEvent['type'][],
    project: (event) =>
      (on[event.type] as ((event: Recorded) => readonly Change[]) | undefined)?.(event) ?? [],
  };
}

/** Keeps the types of a derivation together where it is written, and lets it stand among others. */
export function derivation<Source extends Document, Row extends Document>(
  from: CollectionDefinition<Source>,
  to: CollectionDefinition<Row>,
  rows: (source: Source) => readonly Row[],
): Derivation {
  return { from, to, rows } as unknown as Derivation;
}

/** The same handler for several events. */
export function onEach<Type extends TesseraEvent['type']>(
  types: readonly Type[],
  handler: (event: Recorded<Extract<TesseraEvent, { type: Type }>>) => readonly Change[],
): Handlers {
  return Object.fromEntries(types.map((type) => [type, handler]));
}

import type { Recorded, TesseraEvent } from '#contracts';
import type { Change, Projection } from '#subscriptions';

/** The projection's handler for each event type it handles. */
export type Handlers = {
  readonly [Type in TesseraEvent['type']]?: (
    event: Recorded<Extract<TesseraEvent, { type: Type }>>,
  ) => readonly Change[];
};

export interface ProjectionDefinition extends Omit<Projection, 'handles' | 'project'> {
  readonly on: Handlers;
}

/** A projection made of one handler per event type: it handles exactly those types. */
export function defineProjection({ on, ...rest }: ProjectionDefinition): Projection {
  return {
    ...rest,
    handles: Object.keys(on) as TesseraEvent['type'][],
    project: (event) =>
      (on[event.type] as ((event: Recorded) => readonly Change[]) | undefined)?.(event) ?? [],
  };
}

/** The same handler for several events. */
export function onEach<Type extends TesseraEvent['type']>(
  types: readonly Type[],
  handler: (event: Recorded<Extract<TesseraEvent, { type: Type }>>) => readonly Change[],
): Handlers {
  return Object.fromEntries(types.map((type) => [type, handler]));
}

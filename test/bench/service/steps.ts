import { MAX_STEP_INSTALLATIONS } from '#domain/share';
import type { EventReader, Position } from '#event-store';
import { allOf } from './history.ts';

type Created = { readonly source: string; readonly target: { readonly create: true } };

/** A part of a package, whose items all become new objects of the requester's. */
export interface Step {
  readonly customers: readonly Created[];
  readonly locations: readonly Created[];
  readonly installations: readonly {
    readonly installationId: string;
    readonly target: { readonly followsLocation: true };
  }[];
}

/** The steps that process the packages collected after a position. */
export async function stepsFor(reader: EventReader, after: Position): Promise<Step[]> {
  const items = [];
  for await (const { data } of allOf(reader, after, 'SharePackageBatchCollected')) items.push(...data.items);
  const named = new Set<string>();
  const newOnes = (ids: readonly (string | undefined)[]): Created[] => {
    const unnamed = [...new Set(ids)].filter((id) => id !== undefined).filter((id) => !named.has(id));
    for (const id of unnamed) named.add(id);
    return unnamed.map((source) => ({ source, target: { create: true } }));
  };
  const steps: Step[] = [];
  for (let first = 0; first < items.length; first += MAX_STEP_INSTALLATIONS) {
    const some = items.slice(first, first + MAX_STEP_INSTALLATIONS);
    steps.push({
      customers: newOnes(some.map(({ customer }) => customer?.id)),
      locations: newOnes(some.map(({ location }) => location?.id)),
      installations: some.map(({ installationId }) => ({
        installationId,
        target: { followsLocation: true },
      })),
    });
  }
  return steps;
}

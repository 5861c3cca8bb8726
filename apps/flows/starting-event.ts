import { pagesOf } from '#application/core';
import { deserialise, isKnown } from '#contracts';
import type { FlowBeginning } from '#domain/flow';
import { createProcesses } from '#processes';
import { projections } from '#projections';
import { storyEvents } from '#projections/stories';
import { ProjectionViews } from '#subscriptions';
import type { FlowSources } from './search.ts';

/** The category of the stream with the starting event, for processes whose keys begin with the id of that stream. */
const CATEGORY_OF_PROCESS: ReadonlyMap<string, string> = new Map([
  ['prepare-package', 'share'],
  ['import-step', 'share'],
  ['withdraw-access', 'share'],
  ['expire-shares', 'share'],
  ['extend-access', 'share'],
  ['cancel-late-request', 'share'],
  ['end-connection', 'connection'],
  ['import-catalogue', 'import'],
]);

/** Processes whose keys are the ids of the starting events. */
const KEYED_BY_EVENT_ID: readonly string[] = ['complete-connection', 'complete-erasure'];

interface FlowReference {
  readonly process: string;
  readonly key: string;
  /** The stream of the starting event, where it does not follow from the key. */
  readonly stream?: string | undefined;
}

/** The event that started work of a process; `undefined` where it cannot be found from the key, or there is none. */
export async function findStartingEvent(
  { process, key, stream: given }: FlowReference,
  { stored, log }: FlowSources,
): Promise<FlowBeginning | undefined> {
  if (given === undefined && KEYED_BY_EVENT_ID.includes(process)) {
    const event = await new ProjectionViews(stored, projections).get(storyEvents, key);
    return event && { stream: event.stream, revision: event.revision };
  }
  const category = CATEGORY_OF_PROCESS.get(process);
  const manager = createProcesses().find(({ name }) => name === process);
  const stream = given ?? (category && `${category}-${key.split('/')[0]}`);
  if (stream === undefined || manager === undefined) return undefined;
  for await (const page of pagesOf(log, stream)) {
    const found = page.find((event) => isKnown(event) && manager.workFor(deserialise(event))?.key === key);
    if (found !== undefined) return { stream, revision: found.revision };
  }
  return undefined;
}

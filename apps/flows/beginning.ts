import { pagesOf } from '#application/core';
import { deserialise, isKnown } from '#contracts';
import type { FlowBeginning } from '#domain/flow';
import { createProcesses } from '#processes';
import { projections } from '#projections';
import { storyEvents } from '#projections/stories';
import { ProjectionViews } from '#subscriptions';
import type { FlowSources } from './search.ts';

/** The kind of stream that the work of a process begins in, where its key begins with the stream's id. */
const STREAM_OF_PROCESS: ReadonlyMap<string, string> = new Map([
  ['prepare-package', 'share'],
  ['import-step', 'share'],
  ['withdraw-access', 'share'],
  ['expire-shares', 'share'],
  ['extend-access', 'share'],
  ['cancel-late-request', 'share'],
  ['end-connection', 'connection'],
  ['import-catalogue', 'import'],
]);

/** Processes whose work has the id of the event that it begins with. */
const KEYED_BY_EVENT: readonly string[] = ['complete-connection', 'complete-erasure'];

interface SoughtFlow {
  readonly process: string;
  readonly key: string;
  /** That it began in, where the key does not tell. */
  readonly stream?: string | undefined;
}

/** The event that work of a process began with; `undefined` where its key does not tell, or there is none. */
export async function beginningOf(
  { process, key, stream: given }: SoughtFlow,
  { stored, log }: FlowSources,
): Promise<FlowBeginning | undefined> {
  if (given === undefined && KEYED_BY_EVENT.includes(process)) {
    const event = await new ProjectionViews(stored, projections).get(storyEvents, key);
    return event && { stream: event.stream, revision: event.revision };
  }
  const kind = STREAM_OF_PROCESS.get(process);
  const manager = createProcesses().find(({ name }) => name === process);
  const stream = given ?? (kind && `${kind}-${key.split('/')[0]}`);
  if (stream === undefined || manager === undefined) return undefined;
  for await (const page of pagesOf(log, stream)) {
    const found = page.find((event) => isKnown(event) && manager.workFor(deserialise(event))?.key === key);
    if (found !== undefined) return { stream, revision: found.revision };
  }
  return undefined;
}

// Flows that views show as unfinished, and that have no open work.
import { pagesFromEnd } from '#application/core';
import { deserialise, isKnown } from '#contracts';
import type { Instant } from '#domain/kernel';
import { createProcesses, PROCESSES, processWork } from '#processes';
import { projections } from '#projections';
import { connections, connectionsProjection } from '#projections/connections';
import { erasures, erasuresProjection } from '#projections/erasures';
import { imports, importsProjection } from '#projections/imports';
import { type Projection, ProjectionViews, parkedStreams } from '#subscriptions';
import type { CollectionDefinition, Document } from '#view-store';
import { type Flow, KIND_OF_PROCESS } from './flow.ts';
import { areProcessesBehind, before, type FlowSearch, type FlowSources } from './search.ts';

/** A kind of document that can be unfinished, and the process that finishes it. */
interface UnfinishedKind {
  readonly process: string;
  readonly category: string;
  readonly projection: Projection;
  /** Has an index `under-way`. */
  readonly collection: CollectionDefinition<Document>;
  /** Its work, where the document has it; else the stream is read. */
  readonly workOf: (document: Document) => Omit<StartedWork, 'stream'> | undefined;
}

const UNFINISHED_KINDS: readonly UnfinishedKind[] = [
  // Reading the stream would be expensive: it has all rows of the file.
  unfinishedKind('import-catalogue', 'import', importsProjection, imports, ({ id, receivedAt }) =>
    receivedAt === undefined ? undefined : { key: id, at: receivedAt },
  ),
  unfinishedKind('complete-connection', 'connection', connectionsProjection, connections),
  unfinishedKind('complete-erasure', 'erasure', erasuresProjection, erasures),
];

function unfinishedKind<D extends Document>(
  process: string,
  category: string,
  projection: Projection,
  collection: CollectionDefinition<D>,
  workOf: (document: D) => Omit<StartedWork, 'stream'> | undefined = () => undefined,
): UnfinishedKind {
  return {
    process,
    category,
    projection,
    collection: collection as unknown as CollectionDefinition<Document>,
    workOf: workOf as unknown as UnfinishedKind['workOf'],
  };
}

/** Imports, connections and erasures that are not completed, and for which no work is open. */
export async function findLostWork(sources: FlowSources, search: FlowSearch): Promise<Flow[]> {
  return (await Promise.all(UNFINISHED_KINDS.map((kind) => findLost(kind, sources, search)))).flat();
}

async function findLost(
  { process, category, projection, collection, workOf }: UnfinishedKind,
  sources: FlowSources,
  search: FlowSearch,
): Promise<Flow[]> {
  const { stored, log } = sources;
  const query = { index: 'under-way', prefix: [], to: before(search), limit: search.limit };
  const { items } = await new ProjectionViews(stored, projections).find(collection, query);
  const started: StartedWork[] = [];
  for (const document of items) {
    const stream = `${category}-${document.id}`;
    const work = workOf(document);
    const found = work === undefined ? await startedIn(stream, process, log) : { ...work, stream };
    if (found !== undefined && found.at < before(search)) started.push(found);
  }
  if (started.length === 0) return [];
  const [works, parked, isBehind] = await Promise.all([
    stored.getMany(
      processWork,
      started.map(({ key }) => `${process}/${key}`),
    ),
    stored.getMany(
      parkedStreams,
      started.map(({ stream }) => `${PROCESSES}/${stream}`),
    ),
    areProcessesBehind(sources, projection),
  ]);
  return started.flatMap(({ key, stream, at }, place): Flow[] => {
    // Open work is found by `findFlows`.
    if (works[place] !== undefined) return [];
    const state = parked[place] ? 'parked' : isBehind ? 'behind' : 'lost';
    const kind = KIND_OF_PROCESS.get(process) ?? 'unknown';
    return [{ kind, state, process, key, stream, since: at, reason: parked[place]?.reason }];
  });
}

interface StartedWork {
  readonly key: string;
  readonly stream: string;
  readonly at: Instant;
}

/** The work started by the last such event of the stream, which is near its end. */
async function startedIn(
  stream: string,
  process: string,
  log: FlowSources['log'],
): Promise<StartedWork | undefined> {
  const manager = createProcesses().find(({ name }) => name === process);
  for await (const page of pagesFromEnd(log, stream)) {
    for (const recorded of page) {
      if (!isKnown(recorded)) continue;
      const event = deserialise(recorded);
      const work = manager?.workFor(event);
      if (work) return { key: work.key, stream, at: event.metadata.at };
    }
  }
  return undefined;
}

// Work that is not done and that nothing is open for, by the views that tell what is not done.
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

/** A kind of thing that is under way, and the process that has something to do for it. */
interface Told {
  readonly process: string;
  readonly category: string;
  readonly projection: Projection;
  /** By its index `under-way`. */
  readonly collection: CollectionDefinition<Document>;
  /** Its work, where its document tells; else its stream is asked. */
  readonly workOf: (document: Document) => Omit<Begun, 'stream'> | undefined;
}

const TOLD: readonly Told[] = [
  // The stream of an import has all rows of its file.
  told('import-catalogue', 'import', importsProjection, imports, ({ id, receivedAt }) =>
    receivedAt === undefined ? undefined : { key: id, at: receivedAt },
  ),
  told('complete-connection', 'connection', connectionsProjection, connections),
  told('complete-erasure', 'erasure', erasuresProjection, erasures),
];

function told<D extends Document>(
  process: string,
  category: string,
  projection: Projection,
  collection: CollectionDefinition<D>,
  workOf: (document: D) => Omit<Begun, 'stream'> | undefined = () => undefined,
): Told {
  return {
    process,
    category,
    projection,
    collection: collection as unknown as CollectionDefinition<Document>,
    workOf: workOf as unknown as Told['workOf'],
  };
}

/** Imports, connections and erasures that are not completed, where no work is open for it. */
export async function lostWork(sources: FlowSources, search: FlowSearch): Promise<Flow[]> {
  return (await Promise.all(TOLD.map((kind) => lostOf(kind, sources, search)))).flat();
}

async function lostOf(
  { process, category, projection, collection, workOf }: Told,
  sources: FlowSources,
  search: FlowSearch,
): Promise<Flow[]> {
  const { stored, log } = sources;
  const query = { index: 'under-way', prefix: [], to: before(search), limit: search.limit };
  const { items } = await new ProjectionViews(stored, projections).find(collection, query);
  const begun: Begun[] = [];
  for (const document of items) {
    const stream = `${category}-${document.id}`;
    const work = workOf(document);
    const found = work === undefined ? await begunIn(stream, process, log) : { ...work, stream };
    if (found !== undefined && found.at < before(search)) begun.push(found);
  }
  if (begun.length === 0) return [];
  const [works, parked, isBehind] = await Promise.all([
    stored.getMany(
      processWork,
      begun.map(({ key }) => `${process}/${key}`),
    ),
    stored.getMany(
      parkedStreams,
      begun.map(({ stream }) => `${PROCESSES}/${stream}`),
    ),
    areProcessesBehind(sources, projection),
  ]);
  return begun.flatMap(({ key, stream, at }, place): Flow[] => {
    // What is open is told of as open work.
    if (works[place] !== undefined) return [];
    const state = parked[place] ? 'parked' : isBehind ? 'behind' : 'lost';
    const kind = KIND_OF_PROCESS.get(process) ?? 'unknown';
    return [{ kind, state, process, key, stream, since: at, reason: parked[place]?.reason }];
  });
}

interface Begun {
  readonly key: string;
  readonly stream: string;
  readonly at: Instant;
}

/** The work that the last event of the stream which gives the process some begins: it is near the end. */
async function begunIn(stream: string, process: string, log: FlowSources['log']): Promise<Begun | undefined> {
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

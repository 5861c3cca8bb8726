import type { Instant } from '#domain/kernel';
import { progressOf, share } from '#domain/share';
import { type RecordedEvent, type Revision, START } from '#event-store';
import { PROCESSES, processTimers, processWork, type WorkDocument } from '#processes';
import { projections } from '#projections';
import { type ShareDocument, shareSteps, shares, sharesProjection } from '#projections/shares';
import { lastSigned, SEAL, SEALED_LOG_ID, sealedLogs, sealedPlaces } from '#seal';
import { ProjectionViews, parkedStreams } from '#subscriptions';
import type { ViewReader } from '#view-store';
import { type Flow, type FlowState, KIND_OF_PROCESS } from './flow.ts';
import { lostWork } from './lost.ts';
import { areProcessesBehind, before, type FlowSearch, type FlowSources } from './search.ts';

const PAGE = 500;
/** So much open work is looked at, the longest open first: shares tell of theirs, however much it is. */
const MOST_LOOKED = 20 * PAGE;
/** How many steps of one share are looked at for the one that does not go on. */
const MOST_STEPS = 500;

const [PREPARE, IMPORT] = ['prepare-package', 'import-step'] as const;

/**
 * Flows that have begun and have not moved for too long. It looks at what is under way, never at what is done, and at
 * no more of it than is asked for.
 * @throws ViewStoreUnavailable a view that tells of them is being built
 */
export async function findFlows(sources: FlowSources, search: FlowSearch): Promise<readonly Flow[]> {
  const looked = await Promise.all([
    sharesUnderWay(sources, search, 'preparing'),
    sharesUnderWay(sources, search, 'importing'),
    lostWork(sources, search),
    openWork(sources, search),
    overdueTimers(sources, search),
    unsigned(sources, search),
  ]);
  return looked.flat();
}

/** Shares whose package or import does not go on, whether or not there is work for it. */
async function sharesUnderWay(
  { stored, log }: FlowSources,
  search: FlowSearch,
  work: 'preparing' | 'importing',
): Promise<Flow[]> {
  const views = new ProjectionViews(stored, projections);
  const query = { index: 'under-way', prefix: [work], to: before(search), limit: search.limit };
  const { items } = await views.find(shares, query);
  if (items.length === 0) return [];
  const keyed = work === 'preparing' ? items.map(prepared) : await stepsOf(views, items);
  const parked = await stored.getMany(
    parkedStreams,
    keyed.map(({ id }) => `${PROCESSES}/${share.category}-${id}`),
  );
  const process = work === 'preparing' ? PREPARE : IMPORT;
  const ids = keyed.map(({ key }) => `${process}/${key}`);
  const works = await stored.getMany(processWork, ids);
  const isBehind = await areProcessesBehind({ stored, log }, sharesProjection);
  return keyed.map(({ id, key, document }, place): Flow => {
    const found = works[place];
    const absent = parked[place] ? 'parked' : isBehind ? 'behind' : 'lost';
    return {
      kind: work,
      state: found ? stateOf(found) : absent,
      process,
      key,
      stream: `${share.category}-${id}`,
      since: document.lastChangedAt,
      progress: progressOf(document.summary),
      reason: found?.stuck?.reason ?? parked[place]?.reason,
    };
  });
}

interface Keyed {
  readonly id: string;
  readonly key: string;
  readonly document: ShareDocument;
}

const prepared = (document: ShareDocument): Keyed => ({ id: document.id, key: document.id, document });

/** Of each share, the first of its steps that is not imported: they are done one after the other. */
async function stepsOf(views: ViewReader, items: readonly ShareDocument[]): Promise<Keyed[]> {
  const pages = await views.findEach(
    shareSteps,
    items.map(({ id }) => ({ index: 'by-share', prefix: [id], limit: MOST_STEPS })),
  );
  return items.flatMap((document, place) => {
    const step = pages[place]?.items.find(({ status }) => status === 'importing');
    return step === undefined ? [] : [{ id: document.id, key: `${document.id}/${step.stepId}`, document }];
  });
}

/** Work that is open for long, but for that of shares, which may take its time as long as the share moves. */
async function openWork({ stored }: FlowSources, search: FlowSearch): Promise<Flow[]> {
  const views = new ProjectionViews(stored, projections);
  const oldest = before(search);
  const found: Flow[] = [];
  let after: string | undefined;
  for (let looked = 0; looked < MOST_LOOKED && found.length < search.limit; looked += PAGE) {
    const page = await stored.find(processWork, { index: 'by-cause', prefix: [], after, limit: PAGE });
    const old = page.items.filter(({ since }) => since < oldest);
    // They are in the order of the log, in which times differ by little.
    if (old.length === 0) break;
    const told = await shownShares(views, old);
    found.push(
      ...old.filter(({ id }) => !told.has(id)).map((work) => flowOf(work, stateOf(work), work.since)),
    );
    after = page.next;
    if (after === undefined) break;
  }
  return found.slice(0, search.limit);
}

/** The work of packages and imports whose shares are shown: these tell whether it goes on. */
async function shownShares(views: ViewReader, works: readonly WorkDocument[]): Promise<ReadonlySet<string>> {
  const ofShares = works.filter(({ process }) => process === PREPARE || process === IMPORT);
  const ids = ofShares.map(({ key }) => key.split('/')[0] ?? '');
  const documents = await views.getMany(shares, ids);
  return new Set(ofShares.filter((_, place) => documents[place] !== undefined).map(({ id }) => id));
}

/** Timers whose moment came long ago. */
async function overdueTimers({ stored }: FlowSources, search: FlowSearch): Promise<Flow[]> {
  const query = { index: 'by-moment', prefix: [], to: before(search), limit: search.limit };
  const { items } = await stored.find(processTimers, query);
  const works = await stored.getMany(
    processWork,
    items.map(({ id }) => id),
  );
  // What is open as well is told of as open work.
  return items
    .filter((_, place) => works[place] === undefined)
    .map((timer) => flowOf(timer, 'overdue', timer.at));
}

function stateOf({ stuck }: WorkDocument): FlowState {
  return stuck === undefined ? 'open' : 'stuck';
}

function flowOf({ process, key, stuck }: WorkDocument, state: FlowState, since: Instant): Flow {
  const kind = KIND_OF_PROCESS.get(process) ?? 'unknown';
  return { kind, state, process, key, since, reason: stuck?.reason };
}

/** Events that no checkpoint seals, where the log is sealed at all. */
async function unsigned({ stored, log }: FlowSources, search: FlowSearch): Promise<Flow[]> {
  const tree = await stored.get(sealedLogs, SEALED_LOG_ID);
  if (tree === undefined) return [];
  const { size } = (await lastSigned(stored)) ?? { size: 0 };
  const first = size < tree.size ? await eventAt(stored, log, size) : await firstOutside(stored, log);
  const at = first?.metadata.at as Instant | undefined;
  if (at === undefined || at >= before(search)) return [];
  const reason = `${size} of ${tree.size} events are sealed.`;
  return [{ kind: 'sealing', state: 'unsigned', since: at, progress: { done: size, of: tree.size }, reason }];
}

/** The event at a place in the tree. */
export async function eventAt(stored: ViewReader, log: FlowSources['log'], index: number) {
  const query = { index: 'by-index', prefix: [], from: index, limit: 1 };
  const [place] = (await stored.find(sealedPlaces, query)).items;
  if (place === undefined) return undefined;
  return (await log.readStream(place.stream, { from: place.revision as Revision, limit: 1 }))[0];
}

/** The first event that is not in the tree. */
async function firstOutside(stored: ViewReader, log: FlowSources['log']): Promise<RecordedEvent | undefined> {
  const sealed = await stored.checkpoint(SEAL);
  if (sealed === START || sealed >= (await log.head())) return undefined;
  return (await log.readAll({ after: sealed, limit: 1 }))[0];
}

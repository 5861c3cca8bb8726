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
import { findLostWork } from './lost.ts';
import { areProcessesBehind, before, type FlowSearch, type FlowSources } from './search.ts';

const PAGE = 500;
/** At most so much open work is read, the oldest first. Work of shares is found by the shares, without a bound. */
const MAX_OPEN_WORK = 20 * PAGE;
/** How many steps of one share are read to find the stalled one. */
const MAX_STEPS = 500;

const [PREPARE, IMPORT] = ['prepare-package', 'import-step'] as const;

/**
 * Flows that have started and made no progress for too long. Reads only what is under way, never what is done, up to
 * the limit of the search.
 * @throws ViewStoreUnavailable a view that they are found by is being built
 */
export async function findFlows(sources: FlowSources, search: FlowSearch): Promise<readonly Flow[]> {
  const found = await Promise.all([
    sharesUnderWay(sources, search, 'preparing'),
    sharesUnderWay(sources, search, 'importing'),
    findLostWork(sources, search),
    openWork(sources, search),
    overdueTimers(sources, search),
    unsigned(sources, search),
  ]);
  return found.flat();
}

/** Shares whose package or import is stalled, whether or not there is work for it. */
async function sharesUnderWay(
  { stored, log }: FlowSources,
  search: FlowSearch,
  work: 'preparing' | 'importing',
): Promise<Flow[]> {
  const views = new ProjectionViews(stored, projections);
  const query = { index: 'under-way', prefix: [work], to: before(search), limit: search.limit };
  const { items } = await views.find(shares, query);
  if (items.length === 0) return [];
  const shareWork = work === 'preparing' ? items.map(preparationOf) : await stepsOf(views, items);
  const parked = await stored.getMany(
    parkedStreams,
    shareWork.map(({ id }) => `${PROCESSES}/${share.category}-${id}`),
  );
  const process = work === 'preparing' ? PREPARE : IMPORT;
  const ids = shareWork.map(({ key }) => `${process}/${key}`);
  const works = await stored.getMany(processWork, ids);
  const isBehind = await areProcessesBehind({ stored, log }, sharesProjection);
  return shareWork.map(({ id, key, document }, place): Flow => {
    const found = works[place];
    const withoutWork = parked[place] ? 'parked' : isBehind ? 'behind' : 'lost';
    return {
      kind: work,
      state: found ? stateOf(found) : withoutWork,
      process,
      key,
      stream: `${share.category}-${id}`,
      since: document.lastChangedAt,
      progress: progressOf(document.summary),
      reason: found?.stuck?.reason ?? parked[place]?.reason,
    };
  });
}

interface ShareWork {
  readonly id: string;
  readonly key: string;
  readonly document: ShareDocument;
}

const preparationOf = (document: ShareDocument): ShareWork => ({
  id: document.id,
  key: document.id,
  document,
});

/** Of each share, the first of its steps that is not imported: they are done one after the other. */
async function stepsOf(views: ViewReader, items: readonly ShareDocument[]): Promise<ShareWork[]> {
  const pages = await views.findEach(
    shareSteps,
    items.map(({ id }) => ({ index: 'by-share', prefix: [id], limit: MAX_STEPS })),
  );
  return items.flatMap((document, place) => {
    const step = pages[place]?.items.find(({ status }) => status === 'importing');
    return step === undefined ? [] : [{ id: document.id, key: `${document.id}/${step.stepId}`, document }];
  });
}

/** Work that has been open for too long, except work of shares, which may take long as long as the share progresses. */
async function openWork({ stored }: FlowSources, search: FlowSearch): Promise<Flow[]> {
  const views = new ProjectionViews(stored, projections);
  const oldest = before(search);
  const found: Flow[] = [];
  let after: string | undefined;
  for (let read = 0; read < MAX_OPEN_WORK && found.length < search.limit; read += PAGE) {
    const page = await stored.find(processWork, { index: 'by-cause', prefix: [], after, limit: PAGE });
    const old = page.items.filter(({ since }) => since < oldest);
    // Work is in the order of the log, which is nearly the order of time.
    if (old.length === 0) break;
    const foundByShare = await workOfKnownShares(views, old);
    found.push(
      ...old.filter(({ id }) => !foundByShare.has(id)).map((work) => flowOf(work, stateOf(work), work.since)),
    );
    after = page.next;
    if (after === undefined) break;
  }
  return found.slice(0, search.limit);
}

/** The work of packages and imports whose shares are in the view: `sharesUnderWay` finds these. */
async function workOfKnownShares(
  views: ViewReader,
  works: readonly WorkDocument[],
): Promise<ReadonlySet<string>> {
  const ofShares = works.filter(({ process }) => process === PREPARE || process === IMPORT);
  const ids = ofShares.map(({ key }) => key.split('/')[0] ?? '');
  const documents = await views.getMany(shares, ids);
  return new Set(ofShares.filter((_, place) => documents[place] !== undefined).map(({ id }) => id));
}

/** Timers that were due long ago. */
async function overdueTimers({ stored }: FlowSources, search: FlowSearch): Promise<Flow[]> {
  const query = { index: 'by-moment', prefix: [], to: before(search), limit: search.limit };
  const { items } = await stored.find(processTimers, query);
  const works = await stored.getMany(
    processWork,
    items.map(({ id }) => id),
  );
  // Open work is found by `openWork`.
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

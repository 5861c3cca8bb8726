// Imports the rows of a received file into the account's catalogue, batch by batch.
import { LRUCache } from 'lru-cache';
import { CONCURRENT_COMMANDS, installationToken, mapConcurrently, streamName } from '#application/core';
import { deserialise, type Recorded } from '#contracts';
import {
  type AcceptedRow,
  type AddedKind,
  type CatalogueRow,
  catalogueImport,
  type JudgedRow,
  nextAction,
  type PlacedRow,
  type RowError,
  type StartedImport,
} from '#domain/import';
import { Refusal, unreachable } from '#domain/kernel';
import type { EventReader, Revision } from '#event-store';
import { eventAt } from './event-at.ts';
import { waitForView } from './failures.ts';
import { digestOf, FileJudging } from './file-judging.ts';
import { type Issue, issueFor } from './issue.ts';
import { CATALOGUE_VIEWS } from './known-catalogue.ts';
import {
  inTurn,
  type NewWork,
  type ProcessDependencies,
  type ProcessManager,
  type StepResult,
  type Work,
  type Works,
} from './process-manager.ts';

const NAME = 'import-catalogue';

/** How many imports' accepted rows are cached between batches. */
const KEPT_RUNS = 8;

/** How many events are read at once. */
const EVENTS = 20;

type ReceivedFile = {
  readonly importId: string;
  /** Left out in work that an earlier release has opened. */
  readonly account?: string;
};

export class ImportCatalogue implements ProcessManager<ReceivedFile> {
  readonly name = NAME;
  readonly startedBy = ['CatalogueFileReceived'] as const;
  /** By import. A cache: after a crash it is read from the log again. */
  private readonly accepted = new LRUCache<string, AcceptedRows>({ max: KEPT_RUNS });

  workFor(event: Parameters<ProcessManager['workFor']>[0]): NewWork<ReceivedFile> | undefined {
    if (event.type !== 'CatalogueFileReceived') return undefined;
    const { importId } = event.data;
    return { key: importId, data: { importId, account: event.metadata.actor.account } };
  }

  /** Imports of one account run one after the other: each is judged by the catalogue that the one before it leaves (R-K6). */
  groupKey({ data }: Work<ReceivedFile>): string {
    return data.account ?? data.importId;
  }

  step(works: Works<ReceivedFile>, dependencies: ProcessDependencies): Promise<StepResult> {
    return inTurn(works, (work) => this.advance(work, dependencies));
  }

  private async advance(work: Work<ReceivedFile>, dependencies: ProcessDependencies): Promise<StepResult> {
    const { importId } = work.data;
    const { state, revision } = await dependencies.aggregates.refresh(catalogueImport, importId);
    const action = nextAction(state);
    if (state.status === 'none' || action.kind === 'wait' || action.kind === 'done') {
      this.accepted.delete(importId);
      return 'done';
    }
    const issue = issueFor(dependencies.commands, NAME, work, state.account);
    switch (action.kind) {
      case 'judge-batch':
        await this.judge(state, action.batch, dependencies, issue);
        return 'continue';
      case 'import-batch':
        // The latest event holds the verdicts on it.
        await importBatch(state, action.batch, revision as Revision, dependencies.reader, issue);
        return 'continue';
      default:
        return unreachable(action);
    }
  }

  /** Judges the rows of a batch by the current catalogue, and records the verdicts before any is executed. */
  private async judge(
    { importId, account, existing, batches }: StartedImport,
    batch: number,
    { reader, views }: ProcessDependencies,
    issue: Issue,
  ): Promise<void> {
    // The views must reflect the whole log: what the batch before this one added, and what people changed.
    const head = await reader.head();
    const [rows, accepted] = await Promise.all([
      rowsOf(reader, importId, batch),
      this.acceptedBefore(batch, importId, batches, reader),
      ...CATALOGUE_VIEWS.map((view) => waitForView(views, view, head)),
    ]);
    const judge = new FileJudging(importId, account, existing, views, accepted.rows);
    const { judged, errors } = await judge.judge(rows);
    await issue('RecordJudgedBatch', { importId, batch, rows: judged, errors }, batch);
    for (const [installationId, row] of judge.accepted) accepted.rows.set(installationId, row);
    accepted.through = batch;
  }

  private async acceptedBefore(
    batch: number,
    importId: string,
    batches: number,
    reader: EventReader,
  ): Promise<AcceptedRows> {
    const kept = this.accepted.get(importId);
    if (kept?.through === batch - 1) return kept;
    const accepted: AcceptedRows = { through: batch - 1, rows: new Map() };
    for await (const event of eventsAfter(reader, importId, batches)) {
      if (event.type !== 'CatalogueBatchJudged') continue;
      const digests = new Map(
        (await rowsOf(reader, importId, event.data.batch)).map((row) => [row.row, digestOf(row)]),
      );
      for (const { row, installationId } of event.data.rows) {
        if (!accepted.rows.has(installationId)) {
          accepted.rows.set(installationId, { row, digest: digests.get(row) as string });
        }
      }
    }
    this.accepted.set(importId, accepted);
    return accepted;
  }
}

/** The rows accepted in the first batches of an import, by the id of their installation. */
interface AcceptedRows {
  through: number;
  readonly rows: Map<string, AcceptedRow>;
}

/** An import's stream begins with its start, and then has one event for each batch, counted from 1. */
async function rowsOf(
  reader: EventReader,
  importId: string,
  batch: number,
): Promise<readonly CatalogueRow[]> {
  const event = await eventAt(reader, catalogueImport.category, importId, batch);
  if (event.type === 'CatalogueRowsReceived' && event.data.batch === batch) return event.data.rows;
  throw new Error(`Import ${importId} has no batch ${batch} where it should be.`);
}

/** The events of an import since its file was received in full. */
async function* eventsAfter(
  reader: EventReader,
  importId: string,
  batches: number,
): AsyncGenerator<Recorded> {
  const stream = streamName(catalogueImport, importId);
  for (let from = batches + 2; ; from += EVENTS) {
    const page = await reader.readStream(stream, { from: from as Revision, limit: EVENTS });
    yield* page.map((event) => deserialise(event));
    if (page.length < EVENTS) return;
  }
}

/** Executes the verdicts on a batch: first customers, locations and buildings, then installations, many at once. */
async function importBatch(
  { importId }: StartedImport,
  batch: number,
  revision: Revision,
  reader: EventReader,
  issue: Issue,
): Promise<void> {
  const [rows, event] = await Promise.all([
    rowsOf(reader, importId, batch),
    eventAt(reader, catalogueImport.category, importId, revision),
  ]);
  if (event.type !== 'CatalogueBatchJudged' || event.data.batch !== batch) {
    throw new Error(`Import ${importId} has no judgement of batch ${batch} where it should be.`);
  }
  const byNumber = new Map(rows.map((row) => [row.row, row]));
  const tasks = event.data.rows.map((judged) => ({ judged, row: byNumber.get(judged.row) as CatalogueRow }));

  /** The errors by the id of what could not be added. */
  const refused = new Map<string, RowError>();
  for (const kind of ADDED_KINDS) {
    await mapConcurrently(tasks.filter(adds(kind)), CONCURRENT_COMMANDS, async ({ judged, row }) => {
      const error = await errorOf(row, COLUMNS[kind], add(kind, judged, row, issue));
      if (error) refused.set(idOf(kind, judged) as string, error);
    });
  }
  const counts = { created: 0, updated: 0, unchanged: 0 };
  const errors: RowError[] = [];
  await mapConcurrently(tasks, CONCURRENT_COMMANDS, async ({ judged, row }) => {
    const missing = judged.outcome === 'unchanged' ? undefined : missingParent(judged, refused);
    const error =
      missing ??
      (await errorOf(row, 'customer_name', complete(judged, issue))) ??
      (await errorOf(row, 'reference', place(judged, row, issue)));
    if (error === undefined) counts[judged.outcome] += 1;
    else errors.push({ ...error, row: row.row });
  });
  errors.sort((one, other) => one.row - other.row);
  await issue('RecordImportedBatch', { importId, batch, ...counts, errors }, batch);
}

/** In the order of the tree: each kind is below the one before it. */
const ADDED_KINDS: readonly AddedKind[] = ['customer', 'location', 'building'];
const COLUMNS: Readonly<Record<AddedKind, string>> = {
  customer: 'customer_name',
  location: 'location_name',
  building: 'building',
};

interface RowTask {
  readonly row: CatalogueRow;
  readonly judged: JudgedRow;
}

function adds(kind: AddedKind) {
  return (task: RowTask): task is RowTask & { readonly judged: PlacedRow } =>
    task.judged.outcome !== 'unchanged' && task.judged.adds.includes(kind);
}

function idOf(kind: AddedKind, { customerId, locationId, buildingId }: PlacedRow): string | undefined {
  return { customer: customerId, location: locationId, building: buildingId }[kind];
}

/** The error of a customer, location or building of the row that could not be added, for whichever row it was added. */
function missingParent(judged: PlacedRow, refused: ReadonlyMap<string, RowError>): RowError | undefined {
  const ids = ADDED_KINDS.map((kind) => idOf(kind, judged));
  return ids
    .map((id) => (id === undefined ? undefined : refused.get(id)))
    .find((error) => error !== undefined);
}

async function add(
  kind: AddedKind,
  { customerId, locationId, buildingId }: PlacedRow,
  { customer, location, building }: CatalogueRow,
  issue: Issue,
): Promise<void> {
  switch (kind) {
    case 'customer': {
      const address = customer.address ?? location.address;
      await issue('AddCustomer', { customerId, ...customer, address }, customerId);
      return;
    }
    case 'location':
      await issue('AddLocation', { locationId, customerId, ...location }, locationId);
      return;
    case 'building':
      if (buildingId === undefined || building === undefined) return;
      await issue('AddBuilding', { buildingId, locationId, name: building }, buildingId);
      return;
    default:
      return unreachable(kind);
  }
}

async function complete({ row, completes }: JudgedRow, issue: Issue): Promise<void> {
  if (completes) await issue('ChangeCustomer', completes, completes.customerId, row);
}

async function place(judged: JudgedRow, row: CatalogueRow, issue: Issue): Promise<void> {
  const { installationId, outcome } = judged;
  const { reference, customerReference, properties } = row;
  const values = {
    ...properties,
    installationId,
    reference,
    ...(customerReference && { customerReference }),
  };
  switch (outcome) {
    case 'created': {
      const { locationId, buildingId } = judged;
      const token = installationToken(installationId);
      const spot = { locationId, ...(buildingId !== undefined && { buildingId }) };
      await issue('RegisterInstallation', { ...values, token, ...spot }, installationId);
      return;
    }
    case 'updated': {
      const { buildingId } = judged;
      await issue('ChangeInstallation', { ...values, ...(buildingId && { buildingId }) }, installationId);
      return;
    }
    case 'unchanged':
      return;
    default:
      return unreachable(outcome);
  }
}

/** The error of a row that the rules refuse; any other failure is thrown, and tried again. */
async function errorOf(
  { row }: CatalogueRow,
  column: string,
  work: Promise<void>,
): Promise<RowError | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { row, column, code: error.code, detail: error.message };
  }
}

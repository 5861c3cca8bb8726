import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { deserialise, type Recorded } from '#contracts';
import {
  type CatalogueRow,
  type CatalogueRowsReceived,
  catalogueImport,
  type FileLayout,
  type RejectedRow,
  type RowError,
} from '#domain/import';
import { type Actor, type Instant, notFound } from '#domain/kernel';
import type { EventReader, Revision } from '#event-store';
import { type ImportDocument, importErrors, imports, importsProjection } from '#projections/imports';
import type { ViewReader } from '#view-store';
import { streamName } from '../core/aggregates.ts';
import { EVENT_STORE, VIEWS } from '../ports.ts';
import { listPage, withItems } from './paging.ts';
import { type PageOf, type PageRequest, ViewQuery } from './view-query.ts';

/** The progress of an import of a catalogue file. */
export interface ImportView {
  readonly id: string;
  readonly status: 'running' | 'completed' | 'failed';
  /** Rows of the file; in the end those imported and those failed. */
  readonly rows: number;
  /** Rows that the catalogue shows with these values: those that changed it, and those that were there already. */
  readonly imported: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: number;
  /** What is wrong with which row, in the order of the file. */
  readonly errors: readonly RowError[];
  /** Of further errors. */
  readonly nextPageToken?: string;
  /** Why the file as a whole was not imported. */
  readonly failure?: { readonly code: string; readonly detail: string };
  readonly startedAt: Instant;
  readonly completedAt?: Instant;
}

/** One of the imports of an account, without the errors of its rows. */
export type ListedImport = Omit<ImportView, 'errors' | 'nextPageToken'>;

export class ListImports extends ViewQuery<PageOf<ListedImport>> {
  readonly reads = [importsProjection.name];

  constructor(
    caller: Actor,
    readonly page: PageRequest,
  ) {
    super(caller);
  }
}

export class GetImport extends ViewQuery<ImportView> {
  readonly reads = [importsProjection.name];

  constructor(
    caller: Actor,
    readonly importId: string,
    /** The page of errors. */
    readonly pageToken: string | undefined,
  ) {
    super(caller);
  }
}

/** About how many errors one answer has: they are stored by batch. */
const ERRORS = 1_000;
const BATCHES = 10;

@QueryHandler(GetImport)
export class GetImportHandler implements IQueryHandler<GetImport, ImportView> {
  constructor(@Inject(VIEWS) private readonly views: ViewReader) {}

  /** @throws Refusal `not-found`: there is none, or it is another account's */
  async execute({ caller, importId, pageToken }: GetImport): Promise<ImportView> {
    const document = await this.views.get(imports, importId);
    if (document === undefined || document.account !== caller.account) throw notFound('import');
    const errors: RowError[] = [];
    let nextPageToken = pageToken;
    do {
      const query = { index: 'in-order', prefix: [importId], after: nextPageToken, limit: BATCHES };
      const page = await this.views.find(importErrors, query);
      errors.push(...page.items.flatMap((batch) => batch.errors));
      nextPageToken = page.next;
    } while (nextPageToken !== undefined && errors.length < ERRORS);
    return { ...listedImport(document), errors, nextPageToken };
  }
}

@QueryHandler(ListImports)
export class ListImportsHandler implements IQueryHandler<ListImports, PageOf<ListedImport>> {
  constructor(@Inject(VIEWS) private readonly views: ViewReader) {}

  /** The newest first. */
  async execute({ caller, page }: ListImports): Promise<PageOf<ListedImport>> {
    const query = { index: 'by-account', prefix: [caller.account], direction: 'descending' } as const;
    const found = await listPage(this.views, { collection: imports, query }, page);
    return withItems(found, found.items.map(listedImport));
  }
}

function listedImport(document: ImportDocument): ListedImport {
  const { id, status, rows, created, updated, unchanged, failed, failure, startedAt, completedAt } = document;
  const imported = created + updated + unchanged;
  return { id, status, rows, imported, created, updated, unchanged, failed, failure, startedAt, completedAt };
}

/** A row that was not imported. */
export interface FailedRow {
  readonly row: number;
  readonly errors: readonly RowError[];
  /** The values that were read; else the cells of the file, where they are known. */
  readonly values: CatalogueRow | RejectedRow | undefined;
}

/** Every row of a file that was not imported. */
export interface FailedRows {
  readonly file: FileLayout | undefined;
  /** In the order of the file; read while they are consumed. */
  readonly rows: AsyncIterable<FailedRow>;
}

export class GetFailedRows extends ViewQuery<FailedRows> {
  readonly reads = [importsProjection.name];

  constructor(
    caller: Actor,
    readonly importId: string,
  ) {
    super(caller);
  }
}

@QueryHandler(GetFailedRows)
export class GetFailedRowsHandler implements IQueryHandler<GetFailedRows, FailedRows> {
  constructor(
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(EVENT_STORE) private readonly log: EventReader,
  ) {}

  /** @throws Refusal `not-found`: there is none, or it is another account's */
  async execute({ caller, importId }: GetFailedRows): Promise<FailedRows> {
    const document = await this.views.get(imports, importId);
    if (document === undefined || document.account !== caller.account) throw notFound('import');
    const started = await this.eventOf(importId, 0);
    const file = started?.type === 'CatalogueImportStarted' ? started.data.file : undefined;
    return { file, rows: this.rowsOf(importId) };
  }

  private async *rowsOf(importId: string): AsyncGenerator<FailedRow> {
    let after: string | undefined;
    do {
      const query = { index: 'in-order', prefix: [importId], after, limit: BATCHES };
      const page = await this.views.find(importErrors, query);
      for (const { batch, errors } of page.items) {
        // An import's stream begins with its start, and then has one event for each batch.
        const received = await this.eventOf(importId, batch);
        if (received?.type === 'CatalogueRowsReceived') yield* failedRows(received, errors);
      }
      after = page.next;
    } while (after !== undefined);
  }

  private async eventOf(importId: string, revision: number): Promise<Recorded | undefined> {
    const stream = streamName(catalogueImport, importId);
    const [event] = await this.log.readStream(stream, { from: revision as Revision, limit: 1 });
    return event && deserialise(event);
  }
}

function failedRows(
  { data: { rows, rejected } }: Recorded<CatalogueRowsReceived>,
  errors: readonly RowError[],
): FailedRow[] {
  const values = new Map([...rows, ...rejected].map((row) => [row.row, row]));
  const byRow = new Map<number, RowError[]>();
  for (const error of errors) byRow.set(error.row, [...(byRow.get(error.row) ?? []), error]);
  return [...byRow].map(([row, errors]) => ({ row, errors, values: values.get(row) }));
}

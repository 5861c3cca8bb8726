import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { RowError } from '#domain/import';
import { type Actor, type Instant, notFound } from '#domain/kernel';
import { importErrors, imports, importsProjection } from '#projections/imports';
import type { ViewReader } from '#view-store';
import { VIEWS } from '../ports.ts';
import { ViewQuery } from './view-query.ts';

/** How far an import of a catalogue file is. */
export interface ImportView {
  readonly id: string;
  readonly status: 'running' | 'completed' | 'failed';
  /** Rows of the file, bad ones among them. */
  readonly rows: number;
  readonly imported: number;
  readonly failed: number;
  /** What is wrong with which row, in the order of the file. */
  readonly errors: readonly RowError[];
  /** Of further errors. */
  readonly nextPageToken?: string;
  /** Why the file as a whole was not taken. */
  readonly failure?: { readonly code: string; readonly detail: string };
  readonly startedAt: Instant;
  readonly completedAt?: Instant;
}

export class GetImport extends ViewQuery<ImportView> {
  readonly reads = [importsProjection.name];

  constructor(
    caller: Actor,
    readonly importId: string,
    /** Where the errors go on. */
    readonly pageToken: string | undefined,
  ) {
    super(caller);
  }
}

/** How many errors one answer tells, and a few more: they are kept by batch. */
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
      const query = { index: 'by-import', prefix: [importId], after: nextPageToken, limit: BATCHES };
      const page = await this.views.find(importErrors, query);
      errors.push(...page.items.flatMap((batch) => batch.errors));
      nextPageToken = page.next;
    } while (nextPageToken !== undefined && errors.length < ERRORS);
    const { status, rows, imported, failed, failure, startedAt, completedAt } = document;
    return {
      id: importId,
      status,
      rows,
      imported,
      failed,
      errors,
      nextPageToken,
      failure,
      startedAt,
      completedAt,
    };
  }
}

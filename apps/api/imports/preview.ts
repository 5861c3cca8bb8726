import { Inject, Injectable } from '@nestjs/common';
import { type ImportView, newId, VIEWS } from '#application';
import type { ExistingPolicy, RowError } from '#domain/import';
import { FileJudging } from '#processes';
import type { ViewReader } from '#view-store';
import { batchesOf } from './receiver.ts';
import type { CatalogueFile, FileRecord } from './records.ts';

/** A column of a file, as it was recognised. */
export interface ImportColumn {
  readonly name: string;
  /** The number of rows in which it is not empty. */
  readonly filled: number;
}

/** The result that an import of a file would have now. */
export interface ImportPreview
  extends Pick<ImportView, 'rows' | 'imported' | 'created' | 'updated' | 'unchanged' | 'failed' | 'errors'> {
  /** Those that its rows have, in its order. */
  readonly columns: readonly ImportColumn[];
}

/** Validates files as an import would, and stores nothing. */
@Injectable()
export class ImportPreviews {
  /** A file is held in memory while it is validated: one at a time. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(@Inject(VIEWS) private readonly views: ViewReader) {}

  /** @throws MalformedFile */
  preview(account: string, file: CatalogueFile, existing: ExistingPolicy): Promise<ImportPreview> {
    const preview = this.last.then(() => this.judge(account, file, existing));
    this.last = preview.catch(() => undefined);
    return preview;
  }

  private async judge(
    account: string,
    file: CatalogueFile,
    existing: ExistingPolicy,
  ): Promise<ImportPreview> {
    const judging = new FileJudging(newId(), account, existing, this.views);
    const counts = { created: 0, updated: 0, unchanged: 0 };
    const errors: RowError[] = [];
    let rows = 0;
    let failed = 0;
    const columns = new ColumnsFound(file.layout.columns);
    for await (const batch of batchesOf(columns.countedIn(file.records))) {
      const { judged, errors: refused } = await judging.judge(batch.rows);
      for (const { outcome } of judged) counts[outcome] += 1;
      rows += batch.rows.length + batch.rejected.length;
      failed += batch.rejected.length + refused.length;
      for (const error of [...batch.errors, ...refused].sort((one, other) => one.row - other.row)) {
        errors.push(error);
      }
    }
    const { created, updated, unchanged } = counts;
    const imported = created + updated + unchanged;
    return { rows, imported, ...counts, failed, columns: columns.all, errors };
  }
}

/** Counts the rows in which each column is not empty, while they are read. */
class ColumnsFound {
  private readonly filled = new Map<string, number>();

  constructor(private readonly names: readonly string[]) {}

  get all(): ImportColumn[] {
    return this.names.flatMap((name) => {
      const filled = this.filled.get(name);
      return filled === undefined ? [] : [{ name, filled }];
    });
  }

  async *countedIn(records: AsyncIterable<FileRecord>): AsyncGenerator<FileRecord> {
    for await (const record of records) {
      for (const name of this.names) {
        if (!Object.hasOwn(record.fields, name)) continue;
        const isFilled = String(record.fields[name] ?? '').trim() !== '';
        this.filled.set(name, (this.filled.get(name) ?? 0) + Number(isFilled));
      }
      yield record;
    }
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { type ImportView, newId, VIEWS } from '#application';
import type { ExistingPolicy, RowError } from '#domain/import';
import { FileJudging } from '#processes';
import type { ViewReader } from '#view-store';
import { batchesOf } from './receiver.ts';
import type { CatalogueFile } from './records.ts';

/** What an import of a file would come to now. */
export type ImportPreview = Pick<
  ImportView,
  'rows' | 'imported' | 'created' | 'updated' | 'unchanged' | 'failed' | 'errors'
>;

/** Judges files as importing them would, and stores nothing. */
@Injectable()
export class ImportPreviews {
  /** A file is held in memory while it is judged: one at a time. */
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
    for await (const batch of batchesOf(file.records)) {
      const { judged, errors: refused } = await judging.judge(batch.rows);
      for (const { outcome } of judged) counts[outcome] += 1;
      rows += batch.rows.length + batch.rejected.length;
      failed += batch.rejected.length + refused.length;
      for (const error of [...batch.errors, ...refused].sort((one, other) => one.row - other.row)) {
        errors.push(error);
      }
    }
    const { created, updated, unchanged } = counts;
    return { rows, imported: created + updated + unchanged, ...counts, failed, errors };
  }
}

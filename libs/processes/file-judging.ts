// Judges rows of a file by the catalogue in the views.
import { hash } from 'node:crypto';
import { numberedId } from '#application/core';
import {
  type AcceptedRow,
  type CatalogueRow,
  type ExistingPolicy,
  FileJudge,
  type JudgedRow,
  KnownCatalogue,
  type RowError,
} from '#domain/import';
import type { ViewReader } from '#view-store';
import { lookUp } from './known-catalogue.ts';

/** The verdicts on the accepted rows, and the errors of the others. */
export interface JudgedRows {
  readonly judged: readonly JudgedRow[];
  readonly errors: readonly RowError[];
}

/** Judges the rows of one file in order: later rows are judged as if the verdicts on earlier ones were done already. */
export class FileJudging {
  private readonly catalogue = new KnownCatalogue();
  private readonly judging: FileJudge;

  /** @param acceptedBefore rows of the same file that were accepted before, by the id of their installation */
  constructor(
    importId: string,
    private readonly account: string,
    existing: ExistingPolicy,
    private readonly views: ViewReader,
    acceptedBefore?: ReadonlyMap<string, AcceptedRow>,
  ) {
    this.judging = new FileJudge({
      catalogue: this.catalogue,
      acceptedBefore,
      existing,
      idOf: (kind, row) => numberedId(importId, row, kind),
      digestOf,
    });
  }

  /** The rows it has accepted, by the id of their installation. */
  get accepted(): ReadonlyMap<string, AcceptedRow> {
    return this.judging.accepted;
  }

  async judge(rows: readonly CatalogueRow[]): Promise<JudgedRows> {
    await lookUp(this.catalogue, rows, this.account, this.views);
    const judgements = rows.map((row) => this.judging.judge(row));
    return {
      judged: judgements.flatMap((one) => ('judged' in one ? [one.judged] : [])),
      errors: judgements.flatMap((one) => ('error' in one ? [one.error] : [])),
    };
  }
}

/** A digest of all a row's values, without its row number. */
export function digestOf({ row: _, ...values }: CatalogueRow): string {
  return hash('sha256', JSON.stringify(values), 'base64url');
}

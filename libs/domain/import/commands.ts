import type { Command } from '#domain/kernel';
import type { CatalogueRow, RowError } from './events.ts';

export type StartCatalogueImport = Command<'StartCatalogueImport', { importId: string }>;
export type ReceiveCatalogueRows = Command<
  'ReceiveCatalogueRows',
  { importId: string; batch: number; rows: readonly CatalogueRow[]; errors: readonly RowError[] }
>;
export type CloseCatalogueFile = Command<'CloseCatalogueFile', { importId: string; rows: number }>;
export type FailCatalogueImport = Command<
  'FailCatalogueImport',
  { importId: string; code: string; detail: string }
>;
/** By the importing process. */
export type RecordImportedBatch = Command<
  'RecordImportedBatch',
  { importId: string; batch: number; imported: number; errors: readonly RowError[] }
>;

export type ImportCommand =
  | StartCatalogueImport
  | ReceiveCatalogueRows
  | CloseCatalogueFile
  | FailCatalogueImport
  | RecordImportedBatch;

import type { Command } from '#domain/kernel';
import type {
  CatalogueRow,
  ExistingPolicy,
  FileLayout,
  ImportedCounts,
  JudgedRow,
  RejectedRow,
  RowError,
} from './events.ts';

export type StartCatalogueImport = Command<
  'StartCatalogueImport',
  { importId: string; existing: ExistingPolicy; file: FileLayout & { readonly sha256: string } }
>;
export type ReceiveCatalogueRows = Command<
  'ReceiveCatalogueRows',
  {
    importId: string;
    batch: number;
    rows: readonly CatalogueRow[];
    rejected: readonly RejectedRow[];
    errors: readonly RowError[];
  }
>;
export type CloseCatalogueFile = Command<'CloseCatalogueFile', { importId: string; rows: number }>;
export type FailCatalogueImport = Command<
  'FailCatalogueImport',
  { importId: string; code: string; detail: string }
>;
/** By the importing process, before it executes any of it. */
export type RecordJudgedBatch = Command<
  'RecordJudgedBatch',
  { importId: string; batch: number; rows: readonly JudgedRow[]; errors: readonly RowError[] }
>;
/** By the importing process. */
export type RecordImportedBatch = Command<
  'RecordImportedBatch',
  { importId: string; batch: number; errors: readonly RowError[] } & ImportedCounts
>;

export type ImportCommand =
  | StartCatalogueImport
  | ReceiveCatalogueRows
  | CloseCatalogueFile
  | FailCatalogueImport
  | RecordJudgedBatch
  | RecordImportedBatch;

import type { Address } from '#domain/catalogue';
import type { InstallationProperties } from '#domain/installation';
import type { DomainEvent, Instant } from '#domain/kernel';

/** One valid row of a catalogue file: an installation with its location. */
export interface CatalogueRow {
  /** The row number in the file; the header is row 1. */
  readonly row: number;
  readonly customer: {
    readonly name: string;
    readonly vatNumber?: string;
    readonly customerNumber?: string;
    readonly address?: Address;
  };
  readonly location: { readonly name: string; readonly address: Address };
  readonly building?: string;
  readonly reference: string;
  readonly customerReference?: string;
  readonly properties: InstallationProperties;
}

/** Why one row was not imported. */
export interface RowError {
  readonly row: number;
  /** The column; empty where the error is about the row as a whole. */
  readonly column: string;
  readonly code: string;
  readonly detail: string;
}

/** A failed row as it was in the file: the cells of its columns, and any cells after those. */
export interface RejectedRow {
  readonly row: number;
  readonly cells: readonly string[];
}

/** The layout of a file. */
export interface FileLayout {
  /** In the order of the file. */
  readonly columns: readonly string[];
  readonly separator: ',' | ';' | '\t';
}

/** What happens to an installation that the catalogue has with other values: it is kept, or updated with those given. */
export type ExistingPolicy = 'keep' | 'update';

/** The verdict on one valid row (R-K4): an updated installation gets the given values. */
export type JudgedRow = PlacedRow | UnchangedRow;

interface ImportedRow {
  readonly row: number;
  readonly installationId: string;
  /** Numbers that an existing customer lacked and gets from the row. */
  readonly completes?: CompletedCustomer;
}

export interface CompletedCustomer {
  readonly customerId: string;
  readonly vatNumber?: string;
  readonly customerNumber?: string;
}

/** The catalogue has the same values already. */
export interface UnchangedRow extends ImportedRow {
  readonly outcome: 'unchanged';
}

export interface PlacedRow extends ImportedRow {
  readonly outcome: 'created' | 'updated';
  readonly customerId: string;
  readonly locationId: string;
  readonly buildingId?: string;
  /** What is added because of this row; each entry once. */
  readonly adds: readonly AddedKind[];
}

export type AddedKind = 'customer' | 'location' | 'building';

/** How many rows are imported so far, by outcome. */
export interface ImportedCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

export type CatalogueImportStarted = DomainEvent<
  'CatalogueImportStarted',
  {
    importId: string;
    account: string;
    existing: ExistingPolicy;
    /** Absent for files received before this was recorded. */
    file?: FileLayout & { readonly sha256: string };
    startedAt: Instant;
  }
>;
/** Rows as received, recorded before the upload is answered: an accepted file is never lost. */
export type CatalogueRowsReceived = DomainEvent<
  'CatalogueRowsReceived',
  {
    importId: string;
    batch: number;
    rows: readonly CatalogueRow[];
    rejected: readonly RejectedRow[];
    errors: readonly RowError[];
  }
>;
export type CatalogueFileReceived = DomainEvent<
  'CatalogueFileReceived',
  { importId: string; rows: number; batches: number }
>;
/** The file broke off or could not be read; nothing of it is imported. */
export type CatalogueImportFailed = DomainEvent<
  'CatalogueImportFailed',
  { importId: string; code: string; detail: string }
>;
/** The verdicts on the rows of a batch, decided once: after an interruption the import continues from them. */
export type CatalogueBatchJudged = DomainEvent<
  'CatalogueBatchJudged',
  { importId: string; batch: number; rows: readonly JudgedRow[]; errors: readonly RowError[] }
>;
export type CatalogueBatchImported = DomainEvent<
  'CatalogueBatchImported',
  { importId: string; batch: number; errors: readonly RowError[] } & ImportedCounts
>;
export type CatalogueImportCompleted = DomainEvent<
  'CatalogueImportCompleted',
  { importId: string; completedAt: Instant }
>;

export type ImportEvent =
  | CatalogueImportStarted
  | CatalogueRowsReceived
  | CatalogueFileReceived
  | CatalogueImportFailed
  | CatalogueBatchJudged
  | CatalogueBatchImported
  | CatalogueImportCompleted;

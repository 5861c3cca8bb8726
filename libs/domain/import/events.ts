import type { Address } from '#domain/catalogue';
import type { InstallationProperties } from '#domain/installation';
import type { DomainEvent, Instant } from '#domain/kernel';

/** One good row of a catalogue file: an installation with where it stands. */
export interface CatalogueRow {
  /** As counted in the file, the header being row 1. */
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

/** Why one row was not taken. */
export interface RowError {
  readonly row: number;
  /** Empty where it is about the row as a whole. */
  readonly column: string;
  readonly code: string;
  readonly detail: string;
}

/** A bad row as it stood in the file: the cells of its columns, and whatever followed those. */
export interface RejectedRow {
  readonly row: number;
  readonly cells: readonly string[];
}

/** How a file is laid out. */
export interface FileLayout {
  /** In the order of the file. */
  readonly columns: readonly string[];
  readonly separator: ',' | ';' | '\t';
}

/** What becomes of an installation that is in the catalogue with other values: it is kept, or takes those given. */
export type ExistingPolicy = 'keep' | 'update';

/** What is made of one good row (R-K4): an updated installation takes over the values given. */
export type JudgedRow = PlacedRow | UnchangedRow;

interface ImportedRow {
  readonly row: number;
  readonly installationId: string;
  /** What a customer that is there gets to be known by, and had none of. */
  readonly completes?: CompletedCustomer;
}

export interface CompletedCustomer {
  readonly customerId: string;
  readonly vatNumber?: string;
  readonly customerNumber?: string;
}

/** The catalogue shows it as it says. */
export interface UnchangedRow extends ImportedRow {
  readonly outcome: 'unchanged';
}

export interface PlacedRow extends ImportedRow {
  readonly outcome: 'created' | 'updated';
  readonly customerId: string;
  readonly locationId: string;
  readonly buildingId?: string;
  /** What is added on its account; each thing once. */
  readonly adds: readonly AddedKind[];
}

export type AddedKind = 'customer' | 'location' | 'building';

/** How many rows are in by now, by what it took. */
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
    /** Of files received before it was kept, nothing is known. */
    file?: FileLayout & { readonly sha256: string };
    startedAt: Instant;
  }
>;
/** Rows as received, kept before anything is answered: an accepted file is never lost. */
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
/** What will be done about the rows of a batch, decided once: a run that is cut short goes on by it. */
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

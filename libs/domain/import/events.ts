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
  readonly column: string;
  readonly code: string;
  readonly detail: string;
}

export type CatalogueImportStarted = DomainEvent<
  'CatalogueImportStarted',
  { importId: string; account: string; startedAt: Instant }
>;
/** Rows as received, kept before anything is answered: an accepted file is never lost. */
export type CatalogueRowsReceived = DomainEvent<
  'CatalogueRowsReceived',
  { importId: string; batch: number; rows: readonly CatalogueRow[]; errors: readonly RowError[] }
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
export type CatalogueBatchImported = DomainEvent<
  'CatalogueBatchImported',
  { importId: string; batch: number; imported: number; errors: readonly RowError[] }
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
  | CatalogueBatchImported
  | CatalogueImportCompleted;

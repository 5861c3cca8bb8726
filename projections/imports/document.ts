import type { ImportedCounts, RowError } from '#domain/import';
import type { Instant } from '#domain/kernel';
import type { CollectionDefinition } from '#view-store';
import type { Reflecting } from '../reflecting.ts';

export interface ImportDocument extends Reflecting, ImportedCounts {
  /** The import's id. */
  readonly id: string;
  readonly account: string;
  readonly status: 'running' | 'completed' | 'failed';
  /** Rows of the file; until it has arrived in full, those that came so far. */
  readonly rows: number;
  /** Rows not imported; the reasons are in `importErrors`. */
  readonly failed: number;
  /** Why the file as a whole was not imported. */
  readonly failure?: { readonly code: string; readonly detail: string };
  readonly startedAt: Instant;
  /** When the file had arrived in full, by which a process has something to do for it. */
  readonly receivedAt?: Instant;
  readonly completedAt?: Instant;
}

export const imports: CollectionDefinition<ImportDocument> = {
  name: 'imports',
  indexes: {
    'by-account': ({ account, startedAt, id }) => [account, startedAt, id],
    /** Those that a process has still something to do for. */
    'under-way': ({ status, receivedAt, id }) =>
      status === 'running' && receivedAt !== undefined ? [receivedAt, id] : undefined,
  },
};

/** The failed rows of one batch, at whatever stage they failed. */
export interface ImportErrors extends Reflecting {
  /** `<import>:<batch>`. */
  readonly id: string;
  readonly importId: string;
  readonly batch: number;
  /** In the order of the file. */
  readonly errors: readonly RowError[];
}

/** Read in order, they list every failed row of an import, however many there are. */
export const importErrors: CollectionDefinition<ImportErrors> = {
  name: 'import-errors',
  indexes: {
    'in-order': ({ importId, batch, errors }) => (errors.length === 0 ? undefined : [importId, batch]),
  },
};

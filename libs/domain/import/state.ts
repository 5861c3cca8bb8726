import type { ExistingPolicy } from './events.ts';

interface Started {
  readonly importId: string;
  readonly account: string;
  readonly existing: ExistingPolicy;
  /** Batches of rows received; they are numbered from 1. */
  readonly batches: number;
}

interface Closed extends Started {
  /** Rows in the file, including invalid ones. */
  readonly rows: number;
}

/** The import of a catalogue file. Its rows stay in the log: a state that held them would grow with the file. */
export type CatalogueImportState =
  | { readonly status: 'none' }
  | ({ readonly status: 'receiving' } & Started)
  /** `imported`: batches done, in order; `judged`: whether it is decided what is made of the next one. */
  | ({ readonly status: 'importing'; readonly imported: number; readonly judged: boolean } & Closed)
  | ({ readonly status: 'completed' } & Closed)
  | ({ readonly status: 'failed' } & Started);

/** An import that has started, in any status. */
export type StartedImport = Exclude<CatalogueImportState, { status: 'none' }>;

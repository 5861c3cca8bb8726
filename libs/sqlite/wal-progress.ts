import type { DatabaseSync } from 'node:sqlite';

/** In pages. */
export interface WalProgress {
  readonly written: number;
  /** Of those that are written. */
  readonly checkpointed: number;
}

/** Tells how far the write-ahead log of a database is, without checkpointing it. */
export function walProgressOf(db: DatabaseSync): () => WalProgress {
  const statement = db.prepare('PRAGMA wal_checkpoint(NOOP)');
  statement.setReturnArrays(true);
  return () => {
    const [, written, checkpointed] = statement.get() as unknown as [busy: number, number, number];
    return { written, checkpointed };
  };
}

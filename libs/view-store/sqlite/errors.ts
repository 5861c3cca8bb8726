import { ViewStoreUnavailable } from '../port.ts';

/** Primary result codes: busy, locked, read-only, I/O, corrupt, full, cannot open, not a database. */
const UNAVAILABLE = new Set([5, 6, 8, 10, 11, 13, 14, 26]);
const DAMAGED = new Set([11, 26]);

function resultCode(error: unknown): number | undefined {
  const code = typeof error === 'object' && error !== null && 'errcode' in error ? error.errcode : undefined;
  return typeof code === 'number' ? code & 0xff : undefined;
}

/** Whether the error shows that the file is damaged or no SQLite database, or that a document in it is not JSON. */
export function isDamage(error: unknown): boolean {
  return error instanceof SyntaxError || DAMAGED.has(resultCode(error) ?? 0);
}

/** Runs `work`; SQLite's failures become the port's error. */
export function available<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!isDamage(error) && !UNAVAILABLE.has(resultCode(error) ?? 0)) throw error;
    throw new ViewStoreUnavailable(`The view store cannot answer: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

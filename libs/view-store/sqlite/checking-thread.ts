// Checks every page of a view file while it is in use, and reports when one is damaged.
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

const CORRUPT = 11;

const database = new DatabaseSync(workerData as string, {
  readOnly: true,
  timeout: 60_000,
  returnArrays: true,
});
const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
for (const [table] of tables as unknown as [string][]) {
  const corruption = corruptionIn(table);
  if (corruption === undefined) continue;
  parentPort?.postMessage(corruption);
  break;
}
database.close();

/** One table with its indexes at a time: while a check runs, the write-ahead log cannot be reset. */
function corruptionIn(table: string): string | undefined {
  try {
    const [verdict] = database.prepare(`PRAGMA quick_check("${table}")`).get() as unknown as [string];
    return verdict === 'ok' ? undefined : verdict;
  } catch (error) {
    const { errcode = 0, message } = error as { readonly errcode?: number; readonly message: string };
    // Other errors are reported by the connections that use the file; here the table may have been dropped meanwhile.
    return (errcode & 0xff) === CORRUPT ? message : undefined;
  }
}

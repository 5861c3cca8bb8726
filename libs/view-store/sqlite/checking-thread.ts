// Looks at every page of a view file, beside those who use it, and tells when one is damaged.
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
  const flaw = flawIn(table);
  if (flaw === undefined) continue;
  parentPort?.postMessage(flaw);
  break;
}
database.close();

/** One table with its indexes at a time: as long as it takes, the write-ahead log cannot begin anew. */
function flawIn(table: string): string | undefined {
  try {
    const [verdict] = database.prepare(`PRAGMA quick_check("${table}")`).get() as unknown as [string];
    return verdict === 'ok' ? undefined : verdict;
  } catch (error) {
    const { errcode = 0, message } = error as { readonly errcode?: number; readonly message: string };
    // Of anything else, whoever uses the file is told, too: the table may have been dropped meanwhile.
    return (errcode & 0xff) === CORRUPT ? message : undefined;
  }
}

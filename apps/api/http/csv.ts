import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';

/** The cells of a row. */
export type Row = readonly string[];

/**
 * Rows as CSV for spreadsheets: after a byte order mark, by which they know that it is UTF-8, and with formulas made
 * text. Rows are taken as they are read, some at a time; whoever reads no more ends that.
 */
export function csvOf(rows: AsyncIterable<readonly Row[]>, delimiter = ','): Readable {
  return Readable.from(chunks(rows, delimiter), { objectMode: false });
}

async function* chunks(rows: AsyncIterable<readonly Row[]>, delimiter: string): AsyncGenerator<string> {
  let bom = true;
  for await (const some of rows) {
    if (some.length === 0) continue;
    yield stringify([...some], { bom, delimiter, record_delimiter: 'windows', escape_formulas: true });
    bom = false;
  }
}

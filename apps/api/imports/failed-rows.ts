// The rejected rows of a file, as a file to be corrected and sent again.
import type { Readable } from 'node:stream';
import type { FailedRow, FailedRows } from '#application';
import { catalogueColumns, REASON_COLUMN } from '#contracts/requests';
import type { FileLayout, RowError } from '#domain/import';
import { csvOf, type Row } from '../http/csv.ts';
import { cellsOf } from './rows.ts';

const PLAIN: FileLayout = { columns: [...catalogueColumns.keys()], separator: ',' };

/** The rows as CSV, laid out as their file was, each after the reason why it was rejected. */
export function failedRowsCsv({ file, rows }: FailedRows): Readable {
  const layout = file ?? PLAIN;
  return csvOf(linesOf(rows, layout), layout.separator);
}

async function* linesOf(rows: AsyncIterable<FailedRow>, layout: FileLayout): AsyncGenerator<readonly Row[]> {
  yield [[REASON_COLUMN, ...layout.columns]];
  for await (const { row, errors, values } of rows) {
    const cells = values === undefined ? [] : 'cells' in values ? values.cells : cellsOf(values, layout);
    const missing = layout.columns.slice(cells.length).map(() => '');
    yield [[reasonOf(row, errors), ...cells, ...missing]];
  }
}

function reasonOf(row: number, errors: readonly RowError[]): string {
  const reasons = errors.map(({ column, detail }) =>
    column === '' || detail.startsWith(column) ? detail : `${column}: ${detail}`,
  );
  return `Row ${row}: ${reasons.join(' ')}`;
}

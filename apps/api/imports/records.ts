// Reads catalogue files record by record, whatever their size.
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { catalogueColumns, REASON_COLUMN, requiredColumns } from '#contracts/requests';
import type { FileLayout, RowError } from '#domain/import';
import type { RefusalDetail } from '#domain/kernel';
import { HttpProblem } from '../http/problem.ts';
import { NotUtf8, textOf } from './text.ts';

/** One record of a file: its fields by column, or why it could not be read. */
export interface FileRecord {
  /**
   * As a spreadsheet numbers it: the header is row 1, blank rows count, a line end within quotes does not. In a file
   * of JSON lines, the line.
   */
  readonly row: number;
  readonly fields: Readonly<Record<string, unknown>>;
  /** As they are in the file, in the order of its layout's columns, with whatever follows those. */
  readonly cells: readonly string[];
  /** Numbers may be written with a comma. */
  readonly decimalComma?: boolean;
  readonly error?: RowError;
}

/** A file with a valid header. */
export interface CatalogueFile {
  readonly layout: FileLayout;
  /** @throws MalformedFile while they are read */
  readonly records: AsyncIterable<FileRecord>;
}

/** Something is wrong with the file as a whole, from some row on. */
export class MalformedFile extends Error {
  override readonly name = 'MalformedFile';
  constructor(
    readonly code: string,
    detail: string,
  ) {
    super(detail);
  }
}

/** In characters: far above the limits of all columns together. */
const MAX_RECORD = 64 * 1024;

/** One row of a CSV file, the header among them. */
interface Row {
  readonly row: number;
  readonly cells: readonly string[];
}

/**
 * A CSV file with a header, as spreadsheets write it: separated by comma, semicolon or tab, lines ended as they come;
 * blank rows are counted, and passed over.
 * @throws HttpProblem 400 naming every column that is unknown, missing or there twice
 * @throws MalformedFile
 */
export async function openCsv(path: string): Promise<CatalogueFile> {
  const separator = await separatorOf(path);
  const { row, cells } = await headerOf(path, separator);
  const header = checkedHeader(cells);
  const columns = header.filter((column) => column !== REASON_COLUMN);
  return { layout: { columns, separator }, records: csvRecords(path, separator, header, row) };
}

/** What is found most often between the names of the header, outside quotes. */
async function separatorOf(path: string): Promise<FileLayout['separator']> {
  const [, line = ''] = /^\s*([^\r\n]*)/.exec(await startOf(path)) ?? [];
  const names = line.replaceAll(/"[^"]*"/g, '');
  const count = (separator: string) => names.split(separator).length;
  return SEPARATORS.reduce((most, separator) => (count(separator) > count(most) ? separator : most));
}

const SEPARATORS: readonly FileLayout['separator'][] = [',', ';', '\t'];

/** As much of the file as a header may take. */
async function startOf(path: string): Promise<string> {
  let start = '';
  try {
    for await (const text of textOf(path)) {
      start += text;
      if (start.length > MAX_RECORD) break;
    }
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error;
    if (error.encoding === 'UTF-16') throw malformedText(error, 1);
  }
  return start;
}

async function headerOf(path: string, separator: string): Promise<Row> {
  for await (const row of rowsOf(path, separator)) if (!isBlank(row.cells)) return row;
  return { row: 1, cells: [] };
}

async function* csvRecords(
  path: string,
  separator: string,
  header: readonly string[],
  headerRow: number,
): AsyncGenerator<FileRecord> {
  const isReason = header.map((column) => column === REASON_COLUMN);
  for await (const { row, cells: all } of rowsOf(path, separator)) {
    if (row <= headerRow || isBlank(all)) continue;
    const cells = withoutTrailingBlanks(all.map(withoutTextMark), header.length);
    const fields = Object.fromEntries(header.map((column, index) => [column, cells[index]]));
    delete fields[REASON_COLUMN];
    const record = { row, fields, cells: cells.filter((_, index) => !isReason[index]) };
    const error = wrongLength(row, cells, header);
    yield { ...record, ...(separator === ';' && { decimalComma: true }), ...(error && { error }) };
  }
}

/**
 * Spreadsheets leave out empty cells at a row's end; but a row that ends before a column it must have is another's, or
 * has lost something.
 */
function wrongLength(row: number, cells: readonly string[], header: readonly string[]): RowError | undefined {
  const missing = header.slice(cells.length);
  if (cells.length <= header.length && !missing.some((column) => requiredColumns.includes(column)))
    return undefined;
  const detail = `The row has ${cells.length} fields where the header has ${header.length}.`;
  return { row, column: '', code: 'wrong-number-of-fields', detail };
}

/** @throws MalformedFile */
async function* rowsOf(path: string, separator: string): AsyncGenerator<Row> {
  const parser = parse({
    delimiter: separator,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: MAX_RECORD,
  });
  // Rows before the text that cannot be read are given first: their number locates it.
  let unreadable: NotUtf8 | undefined;
  async function* readable() {
    try {
      yield* textOf(path);
    } catch (error) {
      if (!(error instanceof NotUtf8)) throw error;
      unreadable = error;
    }
  }
  const source = Readable.from(readable()).on('error', (error) => parser.destroy(error));
  let row = 0;
  try {
    for await (const cells of source.pipe(parser) as AsyncIterable<string[]>) yield { row: ++row, cells };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (unreadable === undefined) throw malformedCsv(error);
  } finally {
    source.destroy();
  }
  if (unreadable !== undefined) throw malformedText(unreadable, row + 1);
}

function malformedCsv(error: CsvError): MalformedFile {
  const row = Number(error.records) + 1;
  return new MalformedFile('malformed-csv', `Row ${row} is not well-formed CSV: ${reasonOf(error.code)}.`);
}

function reasonOf(code: CsvError['code']): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a quote opened in it is never closed';
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'text follows a closing quote; write a quote inside a quoted field twice';
    case 'INVALID_OPENING_QUOTE':
      return 'a quote appears in the middle of an unquoted field; quote the whole field and write that quote twice';
    case 'CSV_MAX_RECORD_SIZE':
      return `it has more than ${MAX_RECORD} characters; perhaps an earlier quote is never closed`;
    default:
      return code;
  }
}

function malformedText({ encoding }: NotUtf8, row: number): MalformedFile {
  const where = encoding === 'UTF-16' ? '' : `; row ${row} is the first that is not UTF-8`;
  return new MalformedFile(
    'not-utf-8',
    `The file is not in UTF-8 but appears to be in ${encoding}${where}. Save it as “CSV UTF-8” and send it again.`,
  );
}

function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

function withoutTrailingBlanks(cells: readonly string[], from: number): readonly string[] {
  return cells.slice(0, Math.max(from, cells.findLastIndex((cell) => cell.trim() !== '') + 1));
}

/** What would be a formula is marked as text by an apostrophe, which is no part of it. */
function withoutTextMark(cell: string): string {
  return cell.replace(/^'(?=[=+\-@])/, '');
}

function checkedHeader(cells: readonly string[]): readonly string[] {
  const header = withoutTrailingBlanks(cells, 0).map((cell) => cell.trim().toLowerCase());
  const fault = (column: string, code: string, detail: string): RefusalDetail => ({
    pointer: `/${column}`,
    code,
    detail: `${column} ${detail}.`,
  });
  const errors = [
    ...header
      .filter((column) => column !== '' && column !== REASON_COLUMN && !catalogueColumns.has(column))
      .map((column) => fault(column, 'unknown-column', 'is not a column of a catalogue file')),
    ...header.flatMap((column, index) =>
      column === ''
        ? [{ pointer: '/', code: 'nameless-column', detail: `Column ${index + 1} has no name.` }]
        : [],
    ),
    ...requiredColumns
      .filter((column) => !header.includes(column))
      .map((column) => fault(column, 'missing-column', 'is missing: every file must have this column')),
    ...header
      .filter((column, index) => column !== '' && header.indexOf(column) !== index)
      .map((column) => fault(column, 'repeated-column', 'appears more than once')),
  ];
  if (errors.length === 0) return header;
  throw new HttpProblem(400, 'invalid-header', 'The header of the file is not valid; see errors.', {
    errors,
  });
}

/** A file with one JSON object a line, its members named as the columns are. */
export function openNdjson(path: string): CatalogueFile {
  const columns = [...catalogueColumns.keys()];
  return { layout: { columns, separator: ',' }, records: ndjsonRecords(path, columns) };
}

/** @throws MalformedFile */
async function* ndjsonRecords(path: string, columns: readonly string[]): AsyncGenerator<FileRecord> {
  let row = 0;
  try {
    for await (const line of linesOf(path)) {
      row++;
      if (line.trim() === '') continue;
      const fields = parsedObject(line);
      const cells = columns.map((column) => cellOf(fields?.[column]));
      const detail = 'The line is not a JSON object.';
      yield fields === undefined
        ? { row, fields: {}, cells, error: { row, column: '', code: 'malformed-json', detail } }
        : { row, fields, cells };
    }
  } catch (error) {
    if (error instanceof NotUtf8) throw malformedText(error, row + 1);
    throw error;
  }
}

function parsedObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function cellOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const text of textOf(path)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    if (rest.length > MAX_RECORD) {
      throw new MalformedFile('malformed-ndjson', `A line has more than ${MAX_RECORD} characters.`);
    }
  }
  yield rest;
}

// Reads catalogue files record by record, whatever their size.
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { catalogueColumns, requiredColumns } from '#contracts/requests';
import type { RowError } from '#domain/import';
import type { RefusalDetail } from '#domain/kernel';
import { HttpProblem } from '../http/problem.ts';

/** One record of a file: its fields by column, or why it could not be read. */
export interface FileRecord {
  /** As counted in the file; the header of a CSV file is row 1. */
  readonly row: number;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly error?: RowError;
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

/** In characters: far above what the columns of a row may hold. */
const MAX_RECORD = 64 * 1024;

/**
 * The records of a CSV file with a header; blank lines are counted, and passed over.
 * @throws HttpProblem 400 naming every column that is unknown, missing or there twice
 * @throws MalformedFile
 */
export async function* csvRecords(path: string): AsyncGenerator<FileRecord> {
  const parser = parse({ relax_column_count: true, max_record_size: MAX_RECORD });
  const source = Readable.from(decoded(path)).on('error', (error) => parser.destroy(error));
  let header: readonly string[] | undefined;
  let row = 0;
  try {
    for await (const cells of source.pipe(parser) as AsyncIterable<string[]>) {
      row++;
      if (header === undefined) header = checkedHeader(cells);
      else if (cells.some((cell) => cell.trim() !== '')) yield csvRecord(row, header, cells);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new MalformedFile('malformed-csv', `Row ${row + 1} is not well-formed CSV: ${error.message}`);
  }
  if (header === undefined) checkedHeader([]);
}

function csvRecord(row: number, header: readonly string[], cells: readonly string[]): FileRecord {
  const fields = Object.fromEntries(header.map((column, index) => [column, cells[index]]));
  if (cells.length === header.length) return { row, fields };
  const detail = `The row has ${cells.length} fields where the header has ${header.length}.`;
  return { row, fields, error: { row, column: '', code: 'wrong-number-of-fields', detail } };
}

function checkedHeader(cells: readonly string[]): readonly string[] {
  const header = cells.map((cell) => cell.trim());
  const fault = (column: string, code: string, detail: string): RefusalDetail => ({
    pointer: `/${column}`,
    code,
    detail: `${column} ${detail}.`,
  });
  const errors = [
    ...header
      .filter((column) => !catalogueColumns.has(column))
      .map((column) => fault(column, 'unknown-column', 'is no column of a catalogue file')),
    ...requiredColumns
      .filter((column) => !header.includes(column))
      .map((column) => fault(column, 'missing-column', 'is a column every file must have')),
    ...header
      .filter((column, index) => header.indexOf(column) !== index)
      .map((column) => fault(column, 'repeated-column', 'is there more than once')),
  ];
  if (errors.length === 0) return header;
  throw new HttpProblem(400, 'invalid-header', 'The header is not as documented.', { errors });
}

/**
 * The records of a file with one JSON object a line, its members named as the columns are.
 * @throws MalformedFile
 */
export async function* ndjsonRecords(path: string): AsyncGenerator<FileRecord> {
  let row = 0;
  for await (const line of linesOf(path)) {
    row++;
    if (line.trim() === '') continue;
    const fields = parsedObject(line);
    const detail = 'The line is no JSON object.';
    yield fields === undefined
      ? { row, fields: {}, error: { row, column: '', code: 'malformed-json', detail } }
      : { row, fields };
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

async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const text of decoded(path)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    if (rest.length > MAX_RECORD) {
      throw new MalformedFile('malformed-ndjson', `A line has more than ${MAX_RECORD} characters.`);
    }
  }
  yield rest;
}

/** The text of a file in UTF-8, without its byte order mark. */
async function* decoded(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(path)) yield decoder.decode(chunk as Buffer, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    throw new MalformedFile('not-utf-8', 'The file is not text in UTF-8.');
  }
}

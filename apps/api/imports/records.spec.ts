import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HttpProblem } from '../http/problem.ts';
import { type CatalogueFile, type FileRecord, MalformedFile, openCsv, openNdjson } from './records.ts';

const HEADER = 'reference,customer_name,location_name,location_street,location_city';

let folder: string;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tessera-records-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function open(
  opener: (path: string) => CatalogueFile | Promise<CatalogueFile>,
  contents: string | Uint8Array,
) {
  const path = join(folder, String(files++));
  await writeFile(path, contents);
  const { layout, records } = await opener(path);
  const found: FileRecord[] = [];
  for await (const record of records) found.push(record);
  return { layout, records: found };
}

const csv = async (contents: string | Uint8Array) => (await open(openCsv, contents)).records;
const ndjson = async (contents: string) => (await open(openNdjson, contents)).records;

describe('a CSV file', () => {
  it('has its columns in any order, its rows counted from the header', async () => {
    const [first, second] = await csv(`${HEADER}\r\nA,Ice,Store,"Quay 1, left",Antwerp\r\nB,I,S,Q,C\r\n`);
    expect(first).toEqual({
      row: 2,
      cells: ['A', 'Ice', 'Store', 'Quay 1, left', 'Antwerp'],
      fields: {
        reference: 'A',
        customer_name: 'Ice',
        location_name: 'Store',
        location_street: 'Quay 1, left',
        location_city: 'Antwerp',
      },
    });
    expect(second).toMatchObject({ row: 3, fields: { reference: 'B' } });
  });

  it('may begin with a byte order mark, and have no rows', async () => {
    expect(await csv(`\ufeff${HEADER}\n`)).toEqual([]);
  });

  it('has blank lines passed over, and counted', async () => {
    const records = await csv(`${HEADER}\n\n,,,,\nA,I,S,Q,C`);
    expect(records.map(({ row }) => row)).toEqual([4]);
  });

  it.each([
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
  ] as const)('may have %s between its fields, as its header has', async (_, separator) => {
    const columns = HEADER.split(',');
    const row = ['"A,;\t1"', 'I', 'S', 'Q', 'C'];
    const file = `${columns.map((column) => `"${column}"`).join(separator)}\n${row.join(separator)}`;
    const { layout, records } = await open(openCsv, file);
    expect(layout).toEqual({ columns, separator });
    expect(records.map(({ cells }) => cells)).toEqual([['A,;\t1', 'I', 'S', 'Q', 'C']]);
  });

  it('may end its lines as they come, each another way', async () => {
    const records = await csv(`${HEADER}\r\nA,I,S,Q,C\nB,I,S,Q,C\rC,I,S,Q,C\r\nD,I,S,Q,C`);
    expect(records.map(({ row, fields }) => [row, fields.reference])).toEqual([
      [2, 'A'],
      [3, 'B'],
      [4, 'C'],
      [5, 'D'],
    ]);
  });

  it('may have empty cells at the right and empty rows below', async () => {
    const { layout, records } = await open(openCsv, `${HEADER},,\nA,I,S,Q,C,,\nB,I,S,Q,C\n,,,,,,\n\n`);
    expect(layout.columns).toEqual(HEADER.split(','));
    expect(records.map(({ row, cells }) => [row, cells.length])).toEqual([
      [2, 5],
      [3, 5],
    ]);
  });

  it('may leave out empty cells at the end of a row', async () => {
    const [record] = await csv(`${HEADER},brand,model\nA,I,S,Q,C`);
    expect([record?.error, record?.fields.brand]).toEqual([undefined, undefined]);
  });

  it('may have its columns in capitals', async () => {
    const [record] = await csv(`${HEADER.toUpperCase()}\nA,I,S,Q,C`);
    expect(record?.fields.reference).toBe('A');
  });

  it('has its rows counted as a spreadsheet numbers them: blank ones too, a line end in quotes not', async () => {
    const records = await csv(`\n${HEADER}\n\n"A\n1",I,S,Q,C\nB,I`);
    expect(records.map(({ row, error }) => [row, error?.code])).toEqual([
      [4, undefined],
      [5, 'wrong-number-of-fields'],
    ]);
  });

  it('may be one of failed rows: their reasons are passed over, and marks of text are no part of it', async () => {
    const { layout, records } = await open(openCsv, `error,${HEADER}\n"Row 7: no.",'=A,I,'-1,Q,'s-C\n`);
    expect(layout.columns).toEqual(HEADER.split(','));
    expect(records.map(({ cells }) => cells)).toEqual([['=A', 'I', '-1', 'Q', "'s-C"]]);
    expect(records[0]?.fields).not.toHaveProperty('error');
  });

  it('may have rows of another length, each with an error', async () => {
    const records = await csv(`${HEADER}\nA,I\nB,I,S,Q,C,more\nC,I,S,Q,C`);
    expect(records.map(({ row, error }) => [row, error?.code])).toEqual([
      [2, 'wrong-number-of-fields'],
      [3, 'wrong-number-of-fields'],
      [4, undefined],
    ]);
    expect(records[1]?.cells).toEqual(['B', 'I', 'S', 'Q', 'C', 'more']);
  });

  it('is refused for its header by the name of every column', async () => {
    const refused = csv('reference,colour,customer_name,customer_name\nA,red,I,I');
    await expect(refused).rejects.toThrow(HttpProblem);
    await expect(refused).rejects.toMatchObject({
      status: 400,
      code: 'invalid-header',
      extra: {
        errors: [
          { pointer: '/colour', code: 'unknown-column' },
          { pointer: '/location_name', code: 'missing-column' },
          { pointer: '/location_street', code: 'missing-column' },
          { pointer: '/location_city', code: 'missing-column' },
          { pointer: '/customer_name', code: 'repeated-column' },
        ],
      },
    });
  });

  it('is refused when it is empty', async () => {
    await expect(csv('')).rejects.toMatchObject({ code: 'invalid-header' });
  });

  it('is refused for a column without a name between others', async () => {
    await expect(
      csv('reference,,customer_name,location_name,location_street,location_city\n'),
    ).rejects.toMatchObject({
      extra: { errors: [{ code: 'nameless-column', detail: 'Column 2 has no name.' }] },
    });
  });

  it.each([
    ['broken off in a quoted field', 'A,"I', 'a quote opened in it is never closed'],
    ['with something after a quote', 'A,"I" now,S,Q,C', 'text follows a closing quote'],
    ['with a quote within a field', 'A,24" pipe,S,Q,C', 'in the middle of an unquoted field'],
    ['with a field beyond all measure', `A,${'x'.repeat(100_000)},S,Q,C`, 'more than 65536 characters'],
  ])('%s is malformed, and says where and why', async (_, line, why) => {
    const good = 'G,I,S,Q,C\n'.repeat(3);
    const refused = csv(`${HEADER}\n${good}${line}`);
    await expect(refused).rejects.toThrow(MalformedFile);
    const message = expect.stringMatching(
      `^Row 5 is not well-formed CSV: .*${why.replace(/[.*+?^${}()|[\]\\]/g, '.')}`,
    );
    await expect(refused).rejects.toMatchObject({ code: 'malformed-csv', message });
  });

  it.each([
    [
      'Windows-1252',
      Buffer.from(`${HEADER}\r\nA,I,S,Q,C\r\nCaf\xe9,I,S,Q,C\r\n`, 'latin1'),
      /Windows-1252.* row 3\b/,
    ],
    [
      'Windows-1252 in its header',
      Buffer.from(`${HEADER},caf\xe9\nA,I,S,Q,C`, 'latin1'),
      /Windows-1252.* row 1\b/,
    ],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${HEADER}\nA,I,S,Q,C`, 'utf16le'), /UTF-16/],
    ['UTF-16 without one', Buffer.from(`${HEADER}\nA,I,S,Q,C`, 'utf16le'), /UTF-16/],
  ])('in %s is refused by that name, and says what to do', async (_, contents, message) => {
    const refused = csv(contents);
    await expect(refused).rejects.toMatchObject({
      code: 'not-utf-8',
      message: expect.stringMatching(message),
    });
    await expect(refused).rejects.toThrow('Save it as “CSV UTF-8” and send it again.');
  });

  it('is read correctly whatever its characters and chunks', async () => {
    const rows = Array.from({ length: 20_000 }, (_, n) => `R${n},Crème 🍦,Łódź,Straße,東京`);
    const records = await csv(`${HEADER}\n${rows.join('\n')}`);
    expect(records.map(({ cells }) => cells.join(','))).toEqual(rows);
  });
});

describe('a file of JSON lines', () => {
  it('has one object a line', async () => {
    const records = await ndjson(
      '{"reference":"A","charge_kg":1.5}\r\n\n["no"]\n{"reference":\n{"reference":"B"}',
    );
    expect(records.map(({ row, fields, error }) => [row, error?.code ?? fields])).toEqual([
      [1, { reference: 'A', charge_kg: 1.5 }],
      [3, 'malformed-json'],
      [4, 'malformed-json'],
      [5, { reference: 'B' }],
    ]);
  });

  it('has a limit for the length of a line', async () => {
    await expect(ndjson(`{"reference":"${'x'.repeat(200_000)}"}`)).rejects.toMatchObject({
      code: 'malformed-ndjson',
    });
  });
});

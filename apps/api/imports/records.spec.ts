import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HttpProblem } from '../http/problem.ts';
import { csvRecords, type FileRecord, MalformedFile, ndjsonRecords } from './records.ts';

const HEADER = 'reference,customer_name,location_name,location_street,location_city';

let folder: string;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tessera-records-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(
  records: (path: string) => AsyncIterable<FileRecord>,
  contents: string | Uint8Array,
): Promise<FileRecord[]> {
  const path = join(folder, String(files++));
  await writeFile(path, contents);
  const found: FileRecord[] = [];
  for await (const record of records(path)) found.push(record);
  return found;
}

const csv = (contents: string | Uint8Array) => read(csvRecords, contents);
const ndjson = (contents: string) => read(ndjsonRecords, contents);

describe('a CSV file', () => {
  it('has its columns in any order, its rows counted from the header', async () => {
    const [first, second] = await csv(`${HEADER}\r\nA,Ice,Store,"Quay 1, left",Antwerp\r\nB,I,S,Q,C\r\n`);
    expect(first).toEqual({
      row: 2,
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

  it('may have rows of another length, each told', async () => {
    const records = await csv(`${HEADER}\nA,I\nB,I,S,Q,C,more\nC,I,S,Q,C`);
    expect(records.map(({ row, error }) => [row, error?.code])).toEqual([
      [2, 'wrong-number-of-fields'],
      [3, 'wrong-number-of-fields'],
      [4, undefined],
    ]);
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

  it.each([
    ['broken off in a quoted field', `${HEADER}\nA,"I`],
    ['with a field beyond all measure', `${HEADER}\nA,${'x'.repeat(100_000)},S,Q,C`],
  ])('%s is malformed, and says where', async (_, contents) => {
    const refused = csv(contents);
    await expect(refused).rejects.toThrow(MalformedFile);
    await expect(refused).rejects.toMatchObject({ code: 'malformed-csv', message: /^Row 2 / });
  });

  it('that is not text in UTF-8 is refused as that', async () => {
    await expect(csv(Buffer.from(`${HEADER}\nCaf\xe9,I,S,Q,C`, 'latin1'))).rejects.toMatchObject({
      code: 'not-utf-8',
    });
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

  it('has no line beyond all measure', async () => {
    await expect(ndjson(`{"reference":"${'x'.repeat(200_000)}"}`)).rejects.toMatchObject({
      code: 'malformed-ndjson',
    });
  });
});

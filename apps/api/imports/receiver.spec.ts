import { expect, it } from '@jest/globals';
import { batchesOf } from './receiver.ts';
import type { FileRecord } from './records.ts';

const ROWS = 1_000;

async function* records(): AsyncGenerator<FileRecord> {
  const fields = {
    customer_name: 'Ice Works',
    location_name: 'Cold store',
    location_street: 'Quay 1',
    location_city: 'Antwerp',
  };
  for (let row = 1; row <= ROWS; row++)
    yield { row, fields: { ...fields, reference: `CS-${row}` }, cells: [] };
}

it('lets other requests in while the rows of a file are checked', async () => {
  let turns = 0;
  const count = () => {
    turns += 1;
    next = setImmediate(count);
  };
  let next = setImmediate(count);
  let rows = 0;
  for await (const batch of batchesOf(records())) rows += batch.rows.length;
  clearImmediate(next);
  expect(rows).toBe(ROWS);
  expect(turns).toBeGreaterThanOrEqual(ROWS / 100);
});

import { describe, expect, it } from '@jest/globals';
import type { Recorded } from '#contracts';
import type { CatalogueRow, RowError } from '#domain/import';
import { recorder, Views } from '../testing.ts';
import { importErrors, imports, importsProjection } from './index.ts';

const started = '2026-03-01T09:00:00.000Z';

function row(number: number): CatalogueRow {
  const address = { street: 'Laan 1', city: 'Ede' };
  return {
    row: number,
    customer: { name: 'Bakker' },
    location: { name: 'Ede', address },
    reference: `R-${number}`,
    properties: {},
  };
}

function bad(number: number, column: string): RowError {
  return { row: number, column, code: 'missing', detail: `${column} is required.` };
}

function file() {
  const record = recorder();
  const stream = 'import-i';
  const begun = record(stream, {
    type: 'CatalogueImportStarted',
    data: { importId: 'i', account: 'a', existing: 'keep', startedAt: started },
  });
  const received = record(stream, {
    type: 'CatalogueRowsReceived',
    data: {
      importId: 'i',
      batch: 1,
      rows: [row(2), row(3)],
      rejected: [
        { row: 4, cells: [] },
        { row: 5, cells: [] },
      ],
      errors: [bad(4, 'reference'), bad(4, 'location_name'), bad(5, 'reference')],
    },
  });
  const closed = record(stream, {
    type: 'CatalogueFileReceived',
    data: { importId: 'i', rows: 4, batches: 1 },
  });
  const judged = record(stream, {
    type: 'CatalogueBatchJudged',
    data: {
      importId: 'i',
      batch: 1,
      rows: [{ row: 2, outcome: 'unchanged', installationId: 'm' }],
      errors: [bad(3, 'reference')],
    },
  });
  const imported = record(stream, {
    type: 'CatalogueBatchImported',
    data: { importId: 'i', batch: 1, created: 0, updated: 0, unchanged: 1, errors: [] },
  });
  const completed = record(stream, {
    type: 'CatalogueImportCompleted',
    data: { importId: 'i', completedAt: '2026-03-01T09:05:00.000Z' },
  });
  return { record, begun, received, closed, judged, imported, completed };
}

describe('the imports view', () => {
  it('counts rows as they arrive, and a failed row once however many errors it has', () => {
    const { begun, received } = file();
    const views = new Views(importsProjection).apply(begun, received);
    expect(views.get(imports, 'i')).toStrictEqual({
      id: 'i',
      account: 'a',
      status: 'running',
      rows: 4,
      created: 0,
      updated: 0,
      unchanged: 0,
      failed: 2,
      startedAt: started,
      revision: received.revision,
    });
  });

  it('lists every failed row in order once the import is complete', () => {
    const { begun, received, closed, judged, imported, completed } = file();
    const views = new Views(importsProjection).apply(begun, received, closed, judged, imported, completed);
    expect(views.get(imports, 'i')).toStrictEqual({
      id: 'i',
      account: 'a',
      status: 'completed',
      rows: 4,
      created: 0,
      updated: 0,
      unchanged: 1,
      failed: 3,
      startedAt: started,
      receivedAt: closed.metadata.at,
      completedAt: '2026-03-01T09:05:00.000Z',
      revision: completed.revision,
    });
    const inOrder = views.find(importErrors, 'in-order', ['i']);
    expect(inOrder.flatMap((id) => views.get(importErrors, id)?.errors)).toStrictEqual([
      ...judged.data.errors,
      ...received.data.errors,
    ]);
  });

  it('finds those whose file has arrived and that are not completed', () => {
    const { begun, received, closed, judged, imported, completed } = file();
    const underWay = (...events: readonly Recorded[]) =>
      new Views(importsProjection).apply(...events).find(imports, 'under-way', []);
    expect(underWay(begun, received)).toEqual([]);
    expect(underWay(begun, received, closed)).toEqual(['i']);
    expect(underWay(begun, received, closed, judged, imported, completed)).toEqual([]);
  });

  it('counts a row as failed when it fails during the import, too', () => {
    const { record, begun, received, closed, judged } = file();
    const late = record('import-i', {
      type: 'CatalogueBatchImported',
      data: { importId: 'i', batch: 1, created: 0, updated: 0, unchanged: 0, errors: [bad(2, 'building')] },
    });
    const views = new Views(importsProjection).apply(begun, received, closed, judged, late);
    expect(views.get(imports, 'i')).toMatchObject({ unchanged: 0, failed: 4 });
    expect(views.get(importErrors, 'i:1')?.errors.map(({ row }) => row)).toStrictEqual([2, 3, 4, 4, 5]);
  });

  it('counts all rows of a failed file as failed', () => {
    const { record, begun, received } = file();
    const data = { importId: 'i', code: 'file-broken', detail: 'The file broke off.' };
    const failed = record('import-i', { type: 'CatalogueImportFailed', data });
    const views = new Views(importsProjection).apply(begun, received, failed);
    expect(views.get(imports, 'i')).toMatchObject({ rows: 4, failed: 4 });
  });

  it('shows why a file was not imported', () => {
    const { record, begun } = file();
    const failed = record('import-i', {
      type: 'CatalogueImportFailed',
      data: { importId: 'i', code: 'file-broken', detail: 'The file broke off.' },
    });
    expect(new Views(importsProjection).apply(begun, failed).get(imports, 'i')).toMatchObject({
      status: 'failed',
      failure: { code: 'file-broken', detail: 'The file broke off.' },
      completedAt: failed.metadata.at,
    });
  });

  it('counts nothing twice when events are delivered again', () => {
    const { begun, received, closed, judged, imported, completed } = file();
    const views = new Views(importsProjection).apply(begun, received, closed, judged, imported, completed);
    const before = [...views.all(imports), ...views.all(importErrors)];
    views.apply(begun, received, closed, judged, imported, completed);
    expect([...views.all(imports), ...views.all(importErrors)]).toStrictEqual(before);
  });

  it('ignores an import whose start is missing, and other events', () => {
    const { record, closed } = file();
    expect(new Views(importsProjection).apply(closed).all(imports)).toStrictEqual([]);
    const cancelled = record('connection-c', { type: 'ConnectionCancelled', data: { connectionId: 'c' } });
    expect(importsProjection.project(cancelled)).toStrictEqual([]);
  });
});

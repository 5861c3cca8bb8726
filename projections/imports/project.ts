// How far a catalogue import has come, and which rows it did not take, why.
import type { Recorded } from '#contracts';
import type { CatalogueBatchImported, CatalogueRowsReceived, RowError } from '#domain/import';
import type { Change } from '#subscriptions';
import { defineProjection } from '../define.ts';
import { begin, carry } from '../reflecting.ts';
import { type ImportErrors, importErrors, imports } from './document.ts';

export const importsProjection = defineProjection({
  name: 'imports',
  version: 1,
  collections: [imports, importErrors],
  on: {
    CatalogueImportStarted: (event) => {
      const { importId, account, startedAt } = event.data;
      return [
        begin(imports, importId, event, () => ({
          id: importId,
          account,
          status: 'running' as const,
          rows: 0,
          imported: 0,
          failed: 0,
          startedAt,
        })),
      ];
    },
    CatalogueRowsReceived: (event) => {
      const { importId, rows, errors } = event.data;
      const failed = badRows(errors);
      return [
        carry(imports, importId, event, (document) => ({
          ...document,
          rows: document.rows + rows.length + failed,
          failed: document.failed + failed,
        })),
        ...keepErrors(event, 'received'),
      ];
    },
    CatalogueFileReceived: (event) => {
      const { importId, rows } = event.data;
      return [carry(imports, importId, event, (document) => ({ ...document, rows }))];
    },
    CatalogueImportFailed: (event) => {
      const { importId, code, detail } = event.data;
      return [
        carry(imports, importId, event, (document) => ({
          ...document,
          status: 'failed' as const,
          failure: { code, detail },
          completedAt: event.metadata.at,
        })),
      ];
    },
    CatalogueBatchImported: (event) => {
      const { importId, imported, errors } = event.data;
      return [
        carry(imports, importId, event, (document) => ({
          ...document,
          imported: document.imported + imported,
          failed: document.failed + badRows(errors),
        })),
        ...keepErrors(event, 'imported'),
      ];
    },
    CatalogueImportCompleted: (event) => {
      const { importId, completedAt } = event.data;
      return [
        carry(imports, importId, event, (document) => ({
          ...document,
          status: 'completed' as const,
          completedAt,
        })),
      ];
    },
  },
});

/** How many rows the errors are about: a row may have several. */
function badRows(errors: readonly RowError[]): number {
  return new Set(errors.map(({ row }) => row)).size;
}

function keepErrors(
  event: Recorded<CatalogueRowsReceived | CatalogueBatchImported>,
  found: ImportErrors['found'],
): Change[] {
  const { importId, batch, errors } = event.data;
  if (errors.length === 0) return [];
  const id = `${importId}:${batch}:${found}`;
  return [begin(importErrors, id, event, () => ({ id, importId, batch, found, errors }))];
}

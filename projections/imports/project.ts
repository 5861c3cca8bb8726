// The progress of a catalogue import, and which rows it did not import, and why.
import type { Recorded } from '#contracts';
import type { CatalogueBatchImported, CatalogueBatchJudged, RowError } from '#domain/import';
import type { Change } from '#subscriptions';
import { defineProjection } from '../define.ts';
import { update, upsert } from '../reflecting.ts';
import { importErrors, imports } from './document.ts';

export const importsProjection = defineProjection({
  name: 'imports',
  version: 3,
  collections: [imports, importErrors],
  on: {
    CatalogueImportStarted: (event) => {
      const { importId, account, startedAt } = event.data;
      return [
        upsert(imports, importId, event, () => ({
          id: importId,
          account,
          status: 'running' as const,
          rows: 0,
          created: 0,
          updated: 0,
          unchanged: 0,
          failed: 0,
          startedAt,
        })),
      ];
    },
    CatalogueRowsReceived: (event) => {
      const { importId, batch, rows, errors } = event.data;
      const failed = badRows(errors);
      const id = errorsId(importId, batch);
      return [
        update(imports, importId, event, (document) => ({
          ...document,
          rows: document.rows + rows.length + failed,
          failed: document.failed + failed,
        })),
        upsert(importErrors, id, event, () => ({ id, importId, batch, errors })),
      ];
    },
    CatalogueFileReceived: (event) => {
      const { importId, rows } = event.data;
      return [
        update(imports, importId, event, (document) => ({
          ...document,
          rows,
          receivedAt: event.metadata.at,
        })),
      ];
    },
    CatalogueImportFailed: (event) => {
      const { importId, code, detail } = event.data;
      return [
        update(imports, importId, event, (document) => ({
          ...document,
          status: 'failed' as const,
          failed: document.rows,
          failure: { code, detail },
          completedAt: event.metadata.at,
        })),
      ];
    },
    CatalogueBatchJudged: (event) => {
      const { importId, errors } = event.data;
      return [
        update(imports, importId, event, (document) => ({
          ...document,
          failed: document.failed + badRows(errors),
        })),
        addErrors(event),
      ];
    },
    CatalogueBatchImported: (event) => {
      const { importId, created, updated, unchanged, errors } = event.data;
      return [
        update(imports, importId, event, (document) => ({
          ...document,
          created: document.created + created,
          updated: document.updated + updated,
          unchanged: document.unchanged + unchanged,
          failed: document.failed + badRows(errors),
        })),
        addErrors(event),
      ];
    },
    CatalogueImportCompleted: (event) => {
      const { importId, completedAt } = event.data;
      return [
        update(imports, importId, event, (document) => ({
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

function addErrors(event: Recorded<CatalogueBatchJudged | CatalogueBatchImported>): Change {
  const { importId, batch, errors } = event.data;
  return update(importErrors, errorsId(importId, batch), event, (document) => ({
    ...document,
    errors: [...document.errors, ...errors].sort((one, other) => one.row - other.row),
  }));
}

function errorsId(importId: string, batch: number): string {
  return `${importId}:${batch}`;
}

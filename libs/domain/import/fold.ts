import { outOfPlace, unreachable } from '#domain/kernel';
import type { ImportEvent } from './events.ts';
import type { CatalogueImportState } from './state.ts';

export function evolve(state: CatalogueImportState, event: ImportEvent): CatalogueImportState {
  switch (event.type) {
    case 'CatalogueImportStarted': {
      const { importId, account } = event.data;
      return { status: 'receiving', importId, account, batches: 0 };
    }
    case 'CatalogueRowsReceived':
      if (state.status !== 'receiving') return outOfPlace(event, state.status);
      return { ...state, batches: event.data.batch };
    case 'CatalogueFileReceived':
      if (state.status !== 'receiving') return outOfPlace(event, state.status);
      return { ...state, status: 'importing', rows: event.data.rows, imported: 0 };
    case 'CatalogueImportFailed':
      if (state.status !== 'receiving') return outOfPlace(event, state.status);
      return { ...state, status: 'failed' };
    case 'CatalogueBatchImported':
      if (state.status !== 'importing') return outOfPlace(event, state.status);
      return { ...state, imported: event.data.batch };
    case 'CatalogueImportCompleted': {
      if (state.status !== 'importing') return outOfPlace(event, state.status);
      const { imported: _, ...closed } = state;
      return { ...closed, status: 'completed' };
    }
    default:
      return unreachable(event);
  }
}

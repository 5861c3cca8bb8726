import { outOfPlace, unreachable } from '#domain/kernel';
import type { ImportEvent } from './events.ts';
import type { CatalogueImportState } from './state.ts';

export function evolve(state: CatalogueImportState, event: ImportEvent): CatalogueImportState {
  switch (event.type) {
    case 'CatalogueImportStarted': {
      const { importId, account, existing } = event.data;
      return { status: 'receiving', importId, account, existing, batches: 0 };
    }
    case 'CatalogueRowsReceived':
      if (state.status !== 'receiving') return outOfPlace(event, state.status);
      return { ...state, batches: event.data.batch };
    case 'CatalogueFileReceived':
      if (state.status !== 'receiving') return outOfPlace(event, state.status);
      return { ...state, status: 'importing', rows: event.data.rows, imported: 0, judged: false };
    case 'CatalogueImportFailed':
      if (state.status !== 'receiving') return outOfPlace(event, state.status);
      return { ...state, status: 'failed' };
    case 'CatalogueBatchJudged':
      if (state.status !== 'importing') return outOfPlace(event, state.status);
      return { ...state, judged: true };
    case 'CatalogueBatchImported':
      if (state.status !== 'importing') return outOfPlace(event, state.status);
      return { ...state, imported: event.data.batch, judged: false };
    case 'CatalogueImportCompleted': {
      if (state.status !== 'importing') return outOfPlace(event, state.status);
      const { imported: _, judged: __, ...closed } = state;
      return { ...closed, status: 'completed' };
    }
    default:
      return unreachable(event);
  }
}

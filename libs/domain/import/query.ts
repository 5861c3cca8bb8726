import { unreachable } from '#domain/kernel';
import type { CatalogueImportState } from './state.ts';

/** The next action of the importing process. */
export type NextImportAction =
  | { readonly kind: 'judge-batch' | 'import-batch'; readonly batch: number }
  | { readonly kind: 'wait' }
  | { readonly kind: 'done' };

/** The next batch once the whole file is there; nothing of a file that is not complete is imported. */
export function nextAction(state: CatalogueImportState): NextImportAction {
  switch (state.status) {
    case 'none':
    case 'receiving':
      return { kind: 'wait' };
    case 'importing':
      return { kind: state.judged ? 'import-batch' : 'judge-batch', batch: state.imported + 1 };
    case 'completed':
    case 'failed':
      return { kind: 'done' };
    default:
      return unreachable(state);
  }
}

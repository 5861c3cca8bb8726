import {
  type Actor,
  conflict,
  type Decider,
  ITEMS_PER_EVENT,
  impossible,
  notFound,
  type Refusal,
  type RefusalContext,
  type Role,
  unreachable,
} from '#domain/kernel';
import type {
  CloseCatalogueFile,
  FailCatalogueImport,
  ImportCommand,
  ReceiveCatalogueRows,
  RecordImportedBatch,
  RecordJudgedBatch,
  StartCatalogueImport,
} from './commands.ts';
import type { ImportEvent } from './events.ts';
import { evolve } from './fold.ts';
import type { CatalogueImportState, StartedImport } from './state.ts';

const importers: readonly Role[] = ['manager', 'administrator'];

/** The roles that may send each command. The platform fails an upload that broke off with the process receiving it. */
export const catalogueImportRoles: Readonly<Record<ImportCommand['type'], readonly Role[]>> = {
  StartCatalogueImport: importers,
  ReceiveCatalogueRows: importers,
  CloseCatalogueFile: importers,
  FailCatalogueImport: [...importers, 'service', 'system'],
  RecordJudgedBatch: ['system'],
  RecordImportedBatch: ['system'],
};

/** The context of a refusal for the account that owns the import (R-S10): nothing can be done about one. */
export function importRefusalContext(
  state: CatalogueImportState,
  { actor }: { readonly actor: Actor },
): RefusalContext | undefined {
  if (state.status === 'none' || state.account !== actor.account) return undefined;
  return { currentStatus: state.status, allowedActions: [] };
}

/** Imports of installation files into a catalogue; streams `import-<import id>`. */
export const catalogueImport: Decider<CatalogueImportState, ImportCommand, ImportEvent> = {
  category: 'import',
  initial: { status: 'none' },
  evolve,
  decide(command, state) {
    if (command.type === 'StartCatalogueImport') return start(command, state);
    if (state.status === 'none' || state.account !== command.actor.account) throw notFound('import');
    switch (command.type) {
      case 'ReceiveCatalogueRows':
        return receive(command, state);
      case 'CloseCatalogueFile':
        return close(command, state);
      case 'FailCatalogueImport':
        return fail(command, state);
      case 'RecordJudgedBatch':
        return judgeBatch(command, state);
      case 'RecordImportedBatch':
        return recordBatch(command, state);
      default:
        return unreachable(command);
    }
  },
};

function start({ actor, data, now }: StartCatalogueImport, state: CatalogueImportState): ImportEvent[] {
  if (state.status === 'none') {
    const { importId, existing, file } = data;
    const started = { importId, account: actor.account, existing, file, startedAt: now };
    return [{ type: 'CatalogueImportStarted', data: started }];
  }
  if (state.account === actor.account) return [];
  throw conflict('id-in-use', 'This id is in use.');
}

function receive({ data }: ReceiveCatalogueRows, state: StartedImport): ImportEvent[] {
  if (data.batch <= state.batches) return [];
  if (state.status !== 'receiving') throw notReceiving(state);
  if (data.batch !== state.batches + 1) throw outOfOrder(data.batch, state.batches + 1);
  for (const { length } of [data.rows, data.rejected, data.errors]) requireOneEventHolds(length);
  return [{ type: 'CatalogueRowsReceived', data }];
}

function close({ data, now }: CloseCatalogueFile, state: StartedImport): ImportEvent[] {
  const { importId, rows } = data;
  if ((state.status === 'importing' || state.status === 'completed') && state.rows === rows) return [];
  if (state.status !== 'receiving') throw notReceiving(state);
  const { batches } = state;
  const closed: ImportEvent = { type: 'CatalogueFileReceived', data: { importId, rows, batches } };
  return batches === 0 ? [closed, completed(importId, now)] : [closed];
}

function fail({ data }: FailCatalogueImport, state: StartedImport): ImportEvent[] {
  if (state.status === 'failed') return [];
  if (state.status !== 'receiving') throw notReceiving(state);
  return [{ type: 'CatalogueImportFailed', data }];
}

function judgeBatch({ data }: RecordJudgedBatch, state: StartedImport): ImportEvent[] {
  if (state.status === 'completed' && data.batch <= state.batches) return [];
  if (state.status !== 'importing') throw notImporting(state);
  const judged = state.imported + (state.judged ? 1 : 0);
  if (data.batch <= judged) return [];
  if (data.batch !== state.imported + 1) throw outOfOrder(data.batch, judged + 1);
  for (const { length } of [data.rows, data.errors]) requireOneEventHolds(length);
  return [{ type: 'CatalogueBatchJudged', data }];
}

function recordBatch({ data, now }: RecordImportedBatch, state: StartedImport): ImportEvent[] {
  if (state.status === 'completed' && data.batch <= state.batches) return [];
  if (state.status !== 'importing') throw notImporting(state);
  if (data.batch <= state.imported) return [];
  if (data.batch !== state.imported + 1) throw outOfOrder(data.batch, state.imported + 1);
  if (!state.judged) throw conflict('batch-not-judged', `Batch ${data.batch} has not been judged yet.`);
  requireOneEventHolds(data.errors.length);
  const recorded: ImportEvent = { type: 'CatalogueBatchImported', data };
  return data.batch === state.batches ? [recorded, completed(data.importId, now)] : [recorded];
}

function completed(importId: string, completedAt: string): ImportEvent {
  return { type: 'CatalogueImportCompleted', data: { importId, completedAt } };
}

function requireOneEventHolds(items: number): void {
  if (items > ITEMS_PER_EVENT) {
    throw impossible(
      'batch-too-large',
      `A batch may have at most ${ITEMS_PER_EVENT} rows and ${ITEMS_PER_EVENT} errors.`,
    );
  }
}

function notReceiving(state: StartedImport): Refusal {
  return conflict('import-not-receiving', `The import is ${state.status}: it accepts no more rows.`);
}

function notImporting(state: StartedImport): Refusal {
  return conflict('import-not-importing', `The import is ${state.status}: it has nothing to import.`);
}

function outOfOrder(batch: number, expected: number): Refusal {
  return conflict('batch-out-of-order', `Batch ${batch} arrived where batch ${expected} was expected.`);
}

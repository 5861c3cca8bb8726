import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold, ITEMS_PER_EVENT, Refusal } from '#domain/kernel';
import { commandsOf, noon, scenario } from '#domain/kernel/testing';
import type {
  CatalogueImportState,
  CatalogueRow,
  ImportCommand,
  ImportEvent,
  JudgedRow,
  RowError,
} from './index.ts';
import { catalogueImport, importRefusalContext, nextAction } from './index.ts';

const ask = commandsOf<ImportCommand>();
const id = { importId: 'i1' };
const row: CatalogueRow = {
  row: 2,
  customer: { name: 'Maes' },
  location: { name: 'Oven', address: { street: 'Markt 5', city: 'Gent' } },
  reference: 'R-1',
  properties: {},
};
const error: RowError = { row: 3, column: 'type', code: 'unknown-type', detail: 'No such type.' };

const file = { columns: ['reference'], separator: ';', sha256: 'aa' } as const;
const rejected = { row: 3, cells: ['R-2', 'fridge'] };

const start = ask('frost', 'StartCatalogueImport', { ...id, existing: 'update', file });
const receive = (batch: number, rows = [row]) =>
  ask('frost', 'ReceiveCatalogueRows', { ...id, batch, rows, rejected: [rejected], errors: [error] });
const close = (rows = 2) => ask('frost', 'CloseCatalogueFile', { ...id, rows });
const failure = { ...id, code: 'file-broken', detail: 'It broke off.' };
const fail = ask('frost', 'FailCatalogueImport', failure);
const outcome: JudgedRow = { row: 2, outcome: 'unchanged', installationId: 'm1' };
const judge = (batch: number, rows: readonly JudgedRow[] = [outcome]) =>
  ask('frost', 'RecordJudgedBatch', { ...id, batch, rows, errors: [] });
const counts = { created: 0, updated: 0, unchanged: 1 };
const record = (batch: number) =>
  ask('frost', 'RecordImportedBatch', { ...id, batch, ...counts, errors: [] });

const started: ImportEvent = {
  type: 'CatalogueImportStarted',
  data: { ...id, account: 'frost', existing: 'update', file, startedAt: noon },
};
const received = (batch: number): ImportEvent => ({
  type: 'CatalogueRowsReceived',
  data: { ...id, batch, rows: [row], rejected: [rejected], errors: [error] },
});
const closed = (batches: number, rows = 2): ImportEvent => ({
  type: 'CatalogueFileReceived',
  data: { ...id, rows, batches },
});
const failed: ImportEvent = { type: 'CatalogueImportFailed', data: failure };
const judged = (batch: number): ImportEvent => ({
  type: 'CatalogueBatchJudged',
  data: { ...id, batch, rows: [outcome], errors: [] },
});
const recorded = (batch: number): ImportEvent => ({
  type: 'CatalogueBatchImported',
  data: { ...id, batch, ...counts, errors: [] },
});
const done = (batch: number) => [judged(batch), recorded(batch)];
const completed: ImportEvent = { type: 'CatalogueImportCompleted', data: { ...id, completedAt: noon } };

const given = scenario(catalogueImport).given;
const stateAfter = (...events: ImportEvent[]) => fold(catalogueImport, catalogueImport.initial, events);

describe('receiving a catalogue file', () => {
  it('starts for the account that sends it', () => {
    given().when(start).then(started);
  });

  it('starts once', () => {
    given(started).when(start).thenNothing();
    given(started, failed).when(start).thenNothing();
  });

  it('refuses an id another account uses', () => {
    given(started)
      .when({ ...start, actor: { ...start.actor, account: 'rime' } })
      .thenRefused('conflict', 'id-in-use');
  });

  it('records its rows batch by batch', () => {
    given(started).when(receive(1)).then(received(1));
    given(started, received(1)).when(receive(2)).then(received(2));
  });

  it('records a batch once, also after the file is complete', () => {
    given(started, received(1), received(2)).when(receive(1)).thenNothing();
    given(started, received(1), closed(1)).when(receive(1)).thenNothing();
  });

  it('R-S10 shows its account the status in a refusal, and nobody else', () => {
    const state = fold(catalogueImport, catalogueImport.initial, [started, received(1)]);
    const context = (account: string) => importRefusalContext(state, { actor: { ...start.actor, account } });
    expect(context('frost')).toStrictEqual({ currentStatus: 'receiving', allowedActions: [] });
    expect(context('polar')).toBeUndefined();
    expect(importRefusalContext(catalogueImport.initial, start)).toBeUndefined();
  });

  it('refuses a batch that leaves a gap', () => {
    given(started, received(1)).when(receive(3)).thenRefused('conflict', 'batch-out-of-order');
  });

  it('accepts at most as many rows in a batch as one event may hold', () => {
    const rows = (count: number) => Array.from({ length: count }, () => row);
    const full = { type: 'CatalogueRowsReceived', data: receive(1, rows(ITEMS_PER_EVENT)).data } as const;
    given(started)
      .when(receive(1, rows(ITEMS_PER_EVENT)))
      .then(full);
    given(started)
      .when(receive(1, rows(ITEMS_PER_EVENT + 1)))
      .thenRefused('impossible', 'batch-too-large');
  });

  it('refuses more rows or errors in a batch than one event may hold', () => {
    given(started, received(1), closed(1))
      .when(
        judge(
          1,
          Array.from({ length: ITEMS_PER_EVENT + 1 }, () => outcome),
        ),
      )
      .thenRefused('impossible', 'batch-too-large');
    const errors = Array.from({ length: ITEMS_PER_EVENT + 1 }, () => error);
    const sent = ask('frost', 'ReceiveCatalogueRows', { ...id, batch: 1, rows: [], rejected: [], errors });
    const found = ask('frost', 'RecordImportedBatch', { ...id, batch: 1, ...counts, errors });
    given(started).when(sent).thenRefused('impossible', 'batch-too-large');
    given(started, received(1), closed(1), judged(1))
      .when(found)
      .thenRefused('impossible', 'batch-too-large');
  });

  it('is over when the file is closed', () => {
    given(started, received(1)).when(close()).then(closed(1));
  });

  it('closes once', () => {
    given(started, received(1), closed(1)).when(close()).thenNothing();
    given(started, received(1), closed(1), ...done(1), completed)
      .when(close())
      .thenNothing();
  });

  it('refuses to close it again with another number of rows', () => {
    given(started, received(1), closed(1)).when(close(3)).thenRefused('conflict', 'import-not-receiving');
  });

  it('completes a file without rows at once', () => {
    given(started).when(close(0)).then(closed(0, 0), completed);
  });

  it('fails once, with its reason', () => {
    given(started, received(1)).when(fail).then(failed);
    given(started, received(1), failed).when(fail).thenNothing();
  });

  it('cannot fail once the whole file is received', () => {
    given(started, received(1), closed(1)).when(fail).thenRefused('conflict', 'import-not-receiving');
  });

  it.each([
    ['rows', receive(2)],
    ['its end', close()],
  ])('refuses %s once it has failed', (_, command) => {
    given(started, received(1), failed).when(command).thenRefused('conflict', 'import-not-receiving');
  });

  it.each<ImportCommand>([receive(1), close(), fail, judge(1), record(1)])(
    'R-S10 tells another account nothing: $type',
    (command) => {
      const stranger = { ...command, actor: { ...command.actor, account: 'rime' } };
      given(started).when(stranger).thenRefused('not-found', 'not-found');
      given().when(stranger).thenRefused('not-found', 'not-found');
    },
  );
});

describe('importing a catalogue file', () => {
  const whole = [started, received(1), received(2), closed(2)];

  it('judges a batch before it records the outcome, and completes with the last one', () => {
    given(...whole)
      .when(judge(1))
      .then(judged(1));
    given(...whole, judged(1))
      .when(record(1))
      .then(recorded(1));
    given(...whole, ...done(1), judged(2))
      .when(record(2))
      .then(recorded(2), completed);
  });

  it('judges a batch once, and records its outcome once', () => {
    given(...whole, judged(1))
      .when(judge(1, []))
      .thenNothing();
    given(...whole, ...done(1))
      .when(judge(1))
      .thenNothing();
    given(...whole, ...done(1))
      .when(record(1))
      .thenNothing();
    for (const command of [judge(2), record(2)]) {
      given(...whole, ...done(1), ...done(2), completed)
        .when(command)
        .thenNothing();
    }
  });

  it('refuses a batch that leaves a gap, does not exist or is not judged', () => {
    for (const command of [judge(2), record(2)]) {
      given(...whole)
        .when(command)
        .thenRefused('conflict', 'batch-out-of-order');
    }
    for (const command of [judge(3), record(3)]) {
      given(...whole, ...done(1), ...done(2), completed)
        .when(command)
        .thenRefused('conflict', 'import-not-importing');
    }
    given(...whole)
      .when(record(1))
      .thenRefused('conflict', 'batch-not-judged');
  });

  it('continues a history whose batches were imported without being judged', () => {
    given(...whole, recorded(1))
      .when(judge(2))
      .then(judged(2));
  });

  it.each<[string, ImportEvent[]]>([
    ['is not complete', [started, received(1)]],
    ['has failed', [started, received(1), failed]],
  ])('imports nothing of a file that %s', (_, history) => {
    for (const command of [judge(1), record(1)]) {
      given(...history)
        .when(command)
        .thenRefused('conflict', 'import-not-importing');
    }
  });

  it.each<[string, unknown, ImportEvent[]]>([
    ['waits for the start', { kind: 'wait' }, []],
    ['waits for the whole file', { kind: 'wait' }, [started, received(1)]],
    ['begins with the first batch', { kind: 'judge-batch', batch: 1 }, whole],
    ['imports a batch that was judged', { kind: 'import-batch', batch: 1 }, [...whole, judged(1)]],
    ['goes on with the next', { kind: 'judge-batch', batch: 2 }, [...whole, ...done(1)]],
    ['is done with the last', { kind: 'done' }, [...whole, ...done(1), ...done(2), completed]],
    ['is done with a failure', { kind: 'done' }, [started, failed]],
  ])('%s', (_, action, history) => {
    expect(nextAction(stateAfter(...history))).toEqual(action);
  });

  it.each<[string, ImportEvent[]]>([
    ['rows before its start', [received(1)]],
    ['an end before its start', [closed(1)]],
    ['a failure after its end', [started, closed(1), failed]],
    ['a judged batch before its end', [started, received(1), judged(1)]],
    ['an imported batch before its end', [started, received(1), recorded(1)]],
    ['a completion before its end', [started, completed]],
  ])('has no history of %s', (_, history) => {
    expect(() => stateAfter(...history)).toThrow('cannot follow');
  });
});

describe('any commands on an import, in any order', () => {
  const EDGES: Record<CatalogueImportState['status'], readonly CatalogueImportState['status'][]> = {
    none: ['receiving'],
    receiving: ['importing', 'completed', 'failed'],
    importing: ['completed'],
    completed: [],
    failed: [],
  };
  const commands = fc.array(
    fc.oneof(
      fc.constant(start),
      fc.integer({ min: 1, max: 4 }).map((batch) => receive(batch)),
      fc.integer({ min: 0, max: 2 }).map((rows) => close(rows)),
      fc.constant(fail),
      fc.integer({ min: 1, max: 4 }).map((batch) => judge(batch)),
      fc.integer({ min: 1, max: 4 }).map((batch) => record(batch)),
    ),
    { maxLength: 30 },
  );

  it('follows its transitions, executes a command once, and is replayed to the same decisions', () => {
    fc.assert(
      fc.property(commands, (asked) => {
        const history: ImportEvent[] = [];
        for (const command of asked) {
          const before = stateAfter(...history);
          const events = decided(command, before);
          expect(decided(command, stateAfter(...JSON.parse(JSON.stringify(history))))).toEqual(events);
          history.push(...events);
          const after = stateAfter(...history);
          expect([before.status, ...EDGES[before.status]]).toContain(after.status);
          if (events.length > 0) expect(catalogueImport.decide(command, after, undefined)).toEqual([]);
        }
      }),
    );
  });

  it('imports every batch of a file, in order, and then is done', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), (batches) => {
        const batchesOfFile = Array.from({ length: batches }, (_, index) => received(index + 1));
        let state = stateAfter(started, ...batchesOfFile);
        state = fold(catalogueImport, state, decided(close(), state));
        const imported: number[] = [];
        for (
          let next = nextAction(state);
          next.kind === 'judge-batch' || next.kind === 'import-batch';
          next = nextAction(state)
        ) {
          if (next.kind === 'import-batch') imported.push(next.batch);
          const command = next.kind === 'judge-batch' ? judge(next.batch) : record(next.batch);
          state = fold(catalogueImport, state, decided(command, state));
        }
        expect(imported).toEqual(batchesOfFile.map((_, index) => index + 1));
        expect(state.status).toBe('completed');
      }),
      { numRuns: 20 },
    );
  });

  function decided(command: ImportCommand, state: CatalogueImportState): readonly ImportEvent[] {
    try {
      return catalogueImport.decide(command, state, undefined);
    } catch (refusal) {
      if (refusal instanceof Refusal) return [];
      throw refusal;
    }
  }
});

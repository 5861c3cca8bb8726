import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Aggregates, CommandGateway, type CommandOutcome, derivedId } from '#application';
import {
  type CatalogueRow,
  catalogueImport,
  type ExistingPolicy,
  type ImportCommand,
  type RejectedRow,
  type RowError,
} from '#domain/import';
import { type Actor, ITEMS_PER_EVENT } from '#domain/kernel';
import { type CatalogueFile, type FileRecord, MalformedFile } from './records.ts';
import { checkRow } from './rows.ts';

/** A batch ends here, however few rows it has: an event has its limit, and stays well below it. */
const BATCH_BYTES = 512 * 1024;

/** So many rows are checked, some ten microseconds each, before others get their turn. */
const ROWS_AT_ONCE = 50;

/** A file to be imported, and how. */
export interface ReceivedFile {
  readonly importId: string;
  readonly file: CatalogueFile;
  /** Of its contents, in hexadecimal. */
  readonly sha256: string;
  readonly existing: ExistingPolicy;
  /** The caller's trace context. */
  readonly traceparent?: string;
}

/**
 * Writes the rows of a catalogue file into its import, batch by batch. Every command's id follows from the import's
 * and the batch: receiving the same file again changes nothing, or continues after a crash.
 */
@Injectable()
export class CatalogueReceiver {
  constructor(
    private readonly gateway: CommandGateway,
    private readonly aggregates: Aggregates,
  ) {}

  /**
   * @returns the outcome of closing the import: all of the file is durable
   * @throws Refusal the actor's account is none
   * @throws MalformedFile once the import has failed by that name
   * @throws CommandIdReused the import is that of another file
   */
  async receive(actor: Actor, received: ReceivedFile): Promise<CommandOutcome> {
    const { importId, file, sha256, existing, traceparent } = received;
    await this.gateway.requireAccount(actor);
    const send = <Type extends ImportCommand['type']>(
      type: Type,
      data: Omit<Extract<ImportCommand, { type: Type }>['data'], 'importId'>,
      ...path: readonly number[]
    ) => {
      const id = derivedId(importId, type, ...path);
      const cause = { correlationId: importId, causationId: id, traceparent };
      return this.gateway.sendCaused({ id, type, data: { importId, ...data }, actor, ...cause });
    };

    const started = await send('StartCatalogueImport', { existing, file: { ...file.layout, sha256 } });
    if (started.replayed) {
      const state = await this.aggregates.state(catalogueImport, importId);
      if (state.status === 'importing' || state.status === 'completed') {
        return send('CloseCatalogueFile', { rows: state.rows });
      }
    }
    try {
      let rows = 0;
      for await (const batch of batchesOf(file.records)) {
        rows += batch.rows.length + batch.rejected.length;
        const { number, rows: good, rejected, errors } = batch;
        await send('ReceiveCatalogueRows', { batch: number, rows: good, rejected, errors }, number);
      }
      return await send('CloseCatalogueFile', { rows });
    } catch (error) {
      if (!(error instanceof MalformedFile)) throw error;
      await send('FailCatalogueImport', { code: error.code, detail: error.message });
      throw error;
    }
  }
}

/** The records of a file, checked each by itself, in batches that an event can hold. */
export async function* batchesOf(records: AsyncIterable<FileRecord>): AsyncGenerator<Batch> {
  let batch = new Batch(1);
  let checkedRows = 0;
  for await (const record of records) {
    checkedRows += 1;
    if (checkedRows % ROWS_AT_ONCE === 0) await nextTurn();
    const checked = checkRow(record);
    const found =
      'row' in checked
        ? { rows: [checked.row], rejected: [], errors: [] }
        : { rows: [], rejected: [{ row: record.row, cells: record.cells }], errors: checked.errors };
    if (!batch.takes(found)) {
      yield batch;
      batch = new Batch(batch.number + 1);
    }
    batch.add(found);
  }
  if (!batch.isEmpty) yield batch;
}

interface Found {
  readonly rows: readonly CatalogueRow[];
  readonly rejected: readonly RejectedRow[];
  readonly errors: readonly RowError[];
}

/** Rows and errors on their way into one event. */
class Batch implements Found {
  readonly rows: CatalogueRow[] = [];
  readonly rejected: RejectedRow[] = [];
  readonly errors: RowError[] = [];
  private bytes = 0;

  constructor(readonly number: number) {}

  get isEmpty(): boolean {
    return this.rows.length + this.rejected.length === 0;
  }

  takes(found: Found): boolean {
    const counts = [
      this.rows.length + this.rejected.length + found.rows.length + found.rejected.length,
      this.errors.length + found.errors.length,
    ];
    return counts.every((count) => count <= ITEMS_PER_EVENT) && this.bytes < BATCH_BYTES;
  }

  add(found: Found): void {
    this.rows.push(...found.rows);
    this.rejected.push(...found.rejected);
    this.errors.push(...found.errors);
    this.bytes += Buffer.byteLength(JSON.stringify(found));
  }
}

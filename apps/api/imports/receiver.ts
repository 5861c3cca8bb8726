import { Injectable } from '@nestjs/common';
import { CommandGateway, type CommandOutcome, derivedId } from '#application';
import type { CatalogueRow, ImportCommand, RowError } from '#domain/import';
import { type Actor, ITEMS_PER_EVENT } from '#domain/kernel';
import { type FileRecord, MalformedFile } from './records.ts';
import { checkRow } from './rows.ts';

/** A batch ends here, however few rows it has: an event has its limit, and stays well below it. */
const BATCH_BYTES = 512 * 1024;

/**
 * Writes the rows of a catalogue file into its import, batch by batch. Every command's id follows from the import's
 * and the batch: receiving the same file again changes nothing, and takes up where a crash has left it.
 */
@Injectable()
export class CatalogueReceiver {
  constructor(private readonly gateway: CommandGateway) {}

  /**
   * @returns what closing the import came to: all of the file is durable
   * @throws MalformedFile once the import has failed by that name
   */
  async receive(actor: Actor, importId: string, records: AsyncIterable<FileRecord>): Promise<CommandOutcome> {
    const send = <Type extends ImportCommand['type']>(
      type: Type,
      data: Omit<Extract<ImportCommand, { type: Type }>['data'], 'importId'>,
      ...path: readonly number[]
    ) => {
      const id = derivedId(importId, type, ...path);
      const cause = { correlationId: importId, causationId: id };
      return this.gateway.sendCaused({ id, type, data: { importId, ...data }, actor, ...cause });
    };

    let batch = new Batch(1);
    let rows = 0;
    const flush = async () => {
      if (batch.isEmpty) return;
      const { number, rows, errors } = batch;
      await send('ReceiveCatalogueRows', { batch: number, rows, errors }, number);
      batch = new Batch(number + 1);
    };
    let started = false;
    const start = async () => {
      if (!started) await send('StartCatalogueImport', {});
      started = true;
    };

    try {
      for await (const record of records) {
        await start();
        rows++;
        const checked = checkRow(record);
        const found =
          'row' in checked ? { rows: [checked.row], errors: [] } : { rows: [], errors: checked.errors };
        if (!batch.takes(found)) await flush();
        batch.add(found);
      }
      await start();
      await flush();
      return await send('CloseCatalogueFile', { rows });
    } catch (error) {
      if (!(error instanceof MalformedFile)) throw error;
      await start();
      await send('FailCatalogueImport', { code: error.code, detail: error.message });
      throw error;
    }
  }
}

interface Found {
  readonly rows: readonly CatalogueRow[];
  readonly errors: readonly RowError[];
}

/** Rows and errors on their way into one event. */
class Batch implements Found {
  readonly rows: CatalogueRow[] = [];
  readonly errors: RowError[] = [];
  private bytes = 0;

  constructor(readonly number: number) {}

  get isEmpty(): boolean {
    return this.rows.length + this.errors.length === 0;
  }

  takes(found: Found): boolean {
    return (
      this.rows.length + found.rows.length <= ITEMS_PER_EVENT &&
      this.errors.length + found.errors.length <= ITEMS_PER_EVENT &&
      this.bytes < BATCH_BYTES
    );
  }

  add(found: Found): void {
    this.rows.push(...found.rows);
    this.errors.push(...found.errors);
    this.bytes += JSON.stringify(found).length;
  }
}

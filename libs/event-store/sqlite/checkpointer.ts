import { extname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';

const PAGE_BYTES = 4_096;
/** An event touches one of the table and of each index, apart from its own size. */
const PAGES_PER_EVENT = 3;
/** About how much is written to the write-ahead log before a checkpoint (64 MiB). */
const PAGES_BETWEEN_CHECKPOINTS = 16_384;

/** An append with the size of each event. */
interface Written {
  readonly drafts: readonly { readonly bytes: number }[];
}

/**
 * Checkpoints the write-ahead log from a thread of its own, so that no append waits for it, and
 * finishes in the writer's thread the little that was written meanwhile: then the next commit restarts the log,
 * and it stays small.
 */
export class Checkpointer {
  readonly #db: DatabaseSync;
  readonly #path: string;
  readonly #pagesBetween: number;
  #thread: Worker | undefined;
  #running = false;
  #pages = 0;

  constructor(db: DatabaseSync, path: string, pagesBetween = PAGES_BETWEEN_CHECKPOINTS) {
    this.#db = db;
    this.#path = path;
    this.#pagesBetween = pagesBetween;
  }

  /** To be called after each commit with its appends. */
  wrote(appends: readonly Written[]): void {
    for (const { drafts } of appends) {
      for (const { bytes } of drafts) this.#pages += PAGES_PER_EVENT + bytes / PAGE_BYTES;
    }
    if (this.#pages < this.#pagesBetween || this.#running) return;
    this.#pages = 0;
    this.#running = true;
    this.#thread ??= this.#start();
    this.#thread.postMessage('checkpoint');
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
  }

  #finish(): void {
    try {
      if (this.#db.isOpen) this.#db.exec('PRAGMA wal_checkpoint(PASSIVE)');
    } catch {
      // The disk may be full. Nothing is lost: the log has everything, and the next checkpoint starts again.
    }
  }

  #start(): Worker {
    const file = new URL(`./checkpoint-thread${extname(import.meta.url)}`, import.meta.url);
    const thread = new Worker(file, { workerData: this.#path });
    thread.unref();
    thread.on('message', () => {
      this.#running = false;
      this.#finish();
    });
    thread.on('error', () => {
      this.#running = false;
      this.#thread = undefined;
    });
    return thread;
  }
}

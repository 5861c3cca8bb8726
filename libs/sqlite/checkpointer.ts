import { extname } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';

/**
 * Checkpoints a database's write-ahead log from a thread of its own, so that no commit waits for it, and finishes in
 * the writer's thread the little that was written meanwhile: then the next commit restarts the log, and it stays small.
 */
export class Checkpointer {
  readonly #db: DatabaseSync;
  readonly #path: string;
  readonly #pagesBetween: number;
  readonly #progress: StatementSync;
  #thread: Worker | undefined;
  #running = false;

  /**
   * @param db the writer's connection, in WAL mode
   * @param path of its file
   * @param pagesBetween how many pages are written to the log before a checkpoint
   */
  constructor(db: DatabaseSync, path: string, pagesBetween: number) {
    this.#db = db;
    this.#path = path;
    this.#pagesBetween = pagesBetween;
    this.#progress = db.prepare('PRAGMA wal_checkpoint(NOOP)');
    this.#progress.setReturnArrays(true);
  }

  /** To be called after each commit. */
  committed(): void {
    if (this.#running || this.#pagesInLog() < this.#pagesBetween) return;
    this.#running = true;
    this.#thread ??= this.#start();
    this.#thread.postMessage('checkpoint');
  }

  /** Ends the thread; a checkpoint that is interrupted is continued by the next one. */
  async close(): Promise<void> {
    await this.#thread?.terminate();
  }

  #pagesInLog(): number {
    const [, written, checkpointed] = this.#progress.get() as unknown as [number, number, number];
    return written - checkpointed;
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
    const thread = new Worker(file, { workerData: this.#path, name: 'checkpoints' });
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

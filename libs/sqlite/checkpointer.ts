import { extname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { type WalProgress, walProgressOf } from './wal-progress.ts';

/** When the write-ahead log is checkpointed, in pages. */
export interface CheckpointLimits {
  /** How many are written between two checkpoints: the more, the longer other files on the disk wait for one. */
  readonly between: number;
  /** From this size on the log is restarted. */
  readonly restart: number;
}

/**
 * Checkpoints a database's write-ahead log from a thread of its own, so that no commit waits for it. Once the log is
 * large, it finishes in the writer's thread the little that was written meanwhile: then the next commit restarts the log.
 */
export class Checkpointer {
  readonly #db: DatabaseSync;
  readonly #path: string;
  readonly #limits: CheckpointLimits;
  readonly #progress: () => WalProgress;
  #thread: Worker | undefined;
  #running = false;

  /**
   * @param db the writer's connection, in WAL mode
   * @param path of its file
   */
  constructor(db: DatabaseSync, path: string, limits: CheckpointLimits) {
    this.#db = db;
    this.#path = path;
    this.#limits = limits;
    this.#progress = walProgressOf(db);
  }

  /** To be called after each commit. */
  committed(): void {
    if (this.#running) return;
    const { written, checkpointed } = this.#progress();
    if (written - checkpointed < this.#limits.between) return;
    this.#running = true;
    this.#thread ??= this.#start();
    this.#thread.postMessage('checkpoint');
  }

  /** Ends the thread; a checkpoint that is interrupted is continued by the next one. */
  async close(): Promise<void> {
    await this.#thread?.terminate();
  }

  #finish(): void {
    if (!this.#db.isOpen || this.#progress().written < this.#limits.restart) return;
    try {
      this.#db.exec('PRAGMA wal_checkpoint(PASSIVE)');
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

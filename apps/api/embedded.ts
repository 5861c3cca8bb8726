import type { Logger } from 'pino';
import type { CausedCommand, CommandOutcome } from '#application/core';
import { type EventStore, PositionSignal } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { projections } from '#projections';
import { ProjectionViews } from '#subscriptions';
import { ProgressSignals, type ViewReader } from '#view-store';
import { SqliteViewReader } from '#view-store/sqlite';
import { ownFollowers, startWorkerThread, viewsPath, type WorkerThread } from '../worker/index.ts';
import type { Stores } from './stores.ts';

/** The stores of the embedded mode: SQLite files, written by this process alone. */
export class EmbeddedStores implements Stores {
  private worker: WorkerThread | undefined;

  private constructor(
    private readonly dataDir: string,
    private readonly news: PositionSignal,
    private readonly progress: ProgressSignals,
    readonly events: EventStore,
    readonly views: ViewReader,
  ) {}

  /** @throws EventStoreUnusable another process has them open, or they are damaged or too new */
  static async open(dataDir: string): Promise<EmbeddedStores> {
    const news = new PositionSignal();
    const progress = ProgressSignals.create(ownFollowers);
    const events = await SqliteEventStore.open({ directory: dataDir, signal: news });
    const views = new SqliteViewReader({ path: viewsPath(dataDir), signals: progress });
    return new EmbeddedStores(dataDir, news, progress, events, new ProjectionViews(views, projections));
  }

  /** Starts projections and processes in a thread of their own; their commands are carried out here. */
  async start(execute: (command: CausedCommand) => Promise<CommandOutcome>, log: Logger): Promise<void> {
    const { dataDir, news, progress } = this;
    this.worker = startWorkerThread({ dataDir, events: news, progress, execute, log, logLevel: log.level });
    // It answers once its views can be read.
    await this.worker.status();
  }

  /**
   * Once nothing asks them any more. The worker, which writes the views, is the last to close their file, and tidies it
   * up; its last commands still find the log open.
   */
  async close(): Promise<void> {
    await this.views.close();
    await this.worker?.stop();
    await this.events.close();
  }
}

import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pTimeout from 'p-timeout';
import type { CommandSender } from '#application';
import { PositionSignal } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import type { KeyStore, PersonalKeys } from '#personal-data';
import { keysPath, SqliteKeyStore } from '#personal-data/sqlite';
import { projections } from '#projections';
import { ProjectionViews, type SettledViews } from '#subscriptions';
import { ProgressSignals } from '#view-store';
import { SqliteViewReader } from '#view-store/sqlite';
import { operationsOf } from '../admin/operations.ts';
import { serveAdmin } from '../admin/socket.ts';
import { keyEncryptionIn, personalKeys } from '../personal-data.ts';
import { type SealingConfig, type SealingSettings, settingsIn } from '../sealing.ts';
import {
  healthServer,
  ownFollowers,
  startWorkerThread,
  viewsPath,
  type WorkerReadings,
  type WorkerThread,
} from '../worker/index.ts';
import type { Config } from './config.ts';
import type { BesideService, Stores } from './stores.ts';

/** Monitors are answered also while the worker is busy, or being started again. */
const READING_MS = 2_000;

/** The stores of the embedded mode: SQLite files, written by this process alone. */
export class EmbeddedStores implements Stores {
  private worker: WorkerThread | undefined;
  private health: Server | undefined;
  private admin: Server | undefined;

  readonly keys: PersonalKeys;

  private constructor(
    private readonly dataDir: string,
    private readonly movableClock: boolean,
    private readonly news: PositionSignal,
    private readonly progress: ProgressSignals,
    readonly events: SqliteEventStore,
    readonly views: SettledViews,
    private readonly sealing: SealingSettings,
    private readonly keyStore: KeyStore,
    private readonly keyEncryption: string,
    private readonly healthAt: Config['worker'],
  ) {
    this.keys = personalKeys(keyStore, keyEncryption);
  }

  /**
   * @param movableClock whether the service's clock can be moved forward
   * @param healthAt where the worker's health endpoints are to be served, if at all
   * @param committed called with the number of appends that shared a commit
   * @throws UnsafeKey a key that is kept beside the data is not its owner's alone
   * @throws EventStoreUnusable another process has them open, or they are damaged or too new
   */
  static async open(
    dataDir: string,
    movableClock: boolean,
    sealing: SealingConfig,
    givenKeyEncryption: string | undefined,
    healthAt: Config['worker'],
    committed: (appends: number) => void,
  ): Promise<EmbeddedStores> {
    const news = new PositionSignal();
    const progress = ProgressSignals.create(ownFollowers);
    const events = await SqliteEventStore.open({ directory: dataDir, signal: news, committed });
    let settings: SealingSettings;
    let keyEncryption: string;
    let keyStore: KeyStore;
    try {
      settings = settingsIn(dataDir, sealing);
      keyEncryption = keyEncryptionIn(dataDir, givenKeyEncryption);
      keyStore = new SqliteKeyStore(keysPath(dataDir));
    } catch (error) {
      await events.close();
      throw error;
    }
    const stored = new SqliteViewReader({
      path: viewsPath(dataDir),
      signals: progress,
      // A worker that is being restarted cannot be notified; the next read finds the same damage.
      damaged: (found) => void stores.worker?.viewsDamaged(found).catch(() => undefined),
    });
    const views = new ProjectionViews(stored, projections);
    const stores = new EmbeddedStores(
      dataDir,
      movableClock,
      news,
      progress,
      events,
      views,
      settings,
      keyStore,
      keyEncryption,
      healthAt,
    );
    return stores;
  }

  /**
   * Starts projections and processes in a thread of their own; their commands are executed here.
   * @throws WrongKeyEncryptionKey the keys of data subjects are wrapped with another one
   */
  async start({ gateway, log, webhooks, tracing }: BesideService): Promise<void> {
    await this.keys.prepare();
    const execute: CommandSender['sendCaused'] = (command) => gateway.sendCaused(command);
    const { dataDir, movableClock, news, progress, sealing, keyEncryption } = this;
    const thread = {
      dataDir,
      movableClock,
      events: news,
      progress,
      execute,
      sealing,
      keyEncryption,
      webhooks,
      tracing,
      log,
      logLevel: log.level,
    };
    this.worker = startWorkerThread(thread);
    // It answers once its views can be read.
    await this.worker.status();
    this.admin = await serveAdmin(operationsOf(this.worker, gateway), dataDir, log);
    if (this.healthAt === undefined) return;
    this.health = healthServer(this.worker).listen(this.healthAt.port, this.healthAt.host);
    await once(this.health, 'listening');
    log.info(
      { port: (this.health.address() as AddressInfo).port },
      'The health endpoint of the worker is listening',
    );
  }

  checkWritable(): Promise<void> {
    return this.events.checkWritable();
  }

  async readings(): Promise<WorkerReadings | undefined> {
    const reading = this.worker?.readings();
    if (reading === undefined) return undefined;
    return pTimeout(reading, { milliseconds: READING_MS, fallback: () => undefined }).catch(() => undefined);
  }

  /**
   * Once nothing asks them any more. The worker, which writes the views, is the last to close their file, and tidies it
   * up; its last commands still find the log open.
   */
  async close(): Promise<void> {
    for (const server of [this.admin, this.health]) {
      server?.close();
      server?.closeAllConnections();
    }
    await this.views.close();
    await this.worker?.stop();
    await this.events.close();
    await this.keyStore.close();
  }
}

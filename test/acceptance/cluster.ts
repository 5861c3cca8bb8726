import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterSettings, type Program, type Settings, startApi, startWorker } from '../programs/program.ts';
import { EventStoreDb } from '../servers/eventstoredb/index.ts';
import { databaseAt } from '../servers/mongodb/database.ts';
import { MongoServer } from '../servers/mongodb/index.ts';
import { isReady } from './client.ts';
import type { Service } from './service.ts';

/** The stores of a cluster, which outlive its programs. */
interface Stores {
  readonly events: EventStoreDb;
  readonly views: MongoServer;
  readonly dataDir: string;
}

/**
 * The distributed mode: two services and two workers on shared stores, every program in a process of its own. Each
 * request goes to the other service than the one before it.
 */
export class Cluster implements Service {
  services: readonly Program[] = [];
  workers: readonly Program[] = [];
  private turn = 0;

  private constructor(private readonly stores: Stores) {}

  /** @param settings of every program's environment */
  static async start(settings: Settings): Promise<Cluster> {
    const cluster = new Cluster({
      events: await EventStoreDb.start(),
      views: await MongoServer.start(),
      dataDir: await mkdtemp(join(tmpdir(), 'tessera-cluster-')),
    });
    try {
      await cluster.run(settings);
      return cluster;
    } catch (error) {
      await cluster.dispose();
      throw error;
    }
  }

  /** Of one service after the other. */
  get url(): string {
    return this.services[this.turn++ % this.services.length]?.said ?? '';
  }

  get urls(): readonly string[] {
    return this.services.map(({ said }) => said);
  }

  async isWell(): Promise<boolean> {
    const workers = this.workers.map(({ said }) => `http://127.0.0.1:${said}`);
    const ready = await Promise.all([...this.urls, ...workers].map(isReady));
    return ready.every(Boolean);
  }

  async stop(): Promise<number | null> {
    const programs = [...this.services, ...this.workers];
    const codes = await Promise.all(programs.map((program) => program.end('SIGTERM')));
    return codes.find((code) => code !== 0) ?? 0;
  }

  async restart(settings: Settings = {}): Promise<Cluster> {
    await this.stop();
    await this.run(settings);
    return this;
  }

  async dispose(): Promise<void> {
    await this.stop();
    const { events, views, dataDir } = this.stores;
    await Promise.all([events.close(), views.close()]);
    await rm(dataDir, { recursive: true, force: true });
  }

  private async run(settings: Settings): Promise<void> {
    const { events, views, dataDir } = this.stores;
    const env = { ...clusterSettings(events.url, databaseAt(views.url, 'tessera'), dataDir), ...settings };
    this.services = await Promise.all([startApi(env), startApi(env)]);
    this.workers = await Promise.all([startWorker(env), startWorker(env)]);
  }
}

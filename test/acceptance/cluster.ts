import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterSettings, type Program, type Settings, startApi, startWorker } from '../programs/program.ts';
import { SharedStores } from '../programs/shared-stores.ts';
import { isReady } from './client.ts';
import type { Service } from './service.ts';

const WORKERS = 2;

/**
 * The distributed mode: two services, and by default two workers, on shared stores, every program in a process of its
 * own. Requests alternate between the services.
 */
export class Cluster implements Service {
  services: readonly Program[] = [];
  workers: readonly Program[] = [];
  private turn = 0;

  private constructor(
    /** The stores keep running when programs are stopped. */
    private readonly stores: SharedStores,
    private readonly views: string,
    private readonly dataDir: string,
    private readonly size: number,
  ) {}

  /**
   * @param settings of every program's environment
   * @param size how many workers there are
   */
  static async start(settings: Settings, size = WORKERS): Promise<Cluster> {
    const stores = await SharedStores.start();
    const dataDir = await mkdtemp(join(tmpdir(), 'tessera-cluster-'));
    const cluster = new Cluster(stores, await stores.newViews(), dataDir, size);
    try {
      await cluster.run(settings);
      return cluster;
    } catch (error) {
      await cluster.dispose();
      throw error;
    }
  }

  /** The URL of one of the services, in turns. */
  get url(): string {
    return this.services[this.turn++ % this.services.length]?.readyOutput ?? '';
  }

  get urls(): readonly string[] {
    return this.services.map(({ readyOutput }) => readyOutput);
  }

  async isHealthy(): Promise<boolean> {
    const workers = this.workers.map(({ readyOutput }) => `http://127.0.0.1:${readyOutput}`);
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
    await this.stores.close();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private async run(settings: Settings): Promise<void> {
    const env = { ...clusterSettings(this.stores.events, this.views, this.dataDir), ...settings };
    this.services = await Promise.all([startApi(env), startApi(env)]);
    this.workers = await Promise.all(Array.from({ length: this.size }, () => startWorker(env)));
  }
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Rest } from '../crash/service/aftermath.contract.ts';
import type { Load } from '../crash/service/load.ts';
import type { Reachable } from '../crash/service/patient-client.ts';
import { clusterSettings, type Settings, startApi, startWorker } from '../programs/program.ts';
import type { Stores } from '../programs/shared-stores.ts';
import { Mortal } from './mortal.ts';
import { readCheckpoints, readDocuments, readLog } from './stored.ts';

const BETWEEN_LOOKS_MS = 100;
/** What takes longer to come to rest hangs. */
const PATIENCE_MS = 120_000;

/** The distributed mode where programs may fail: two services and two workers, on stores that outlive them. */
export class MortalCluster implements Reachable {
  readonly services: Mortal[] = [];
  readonly workers: Mortal[] = [];
  private turn = 0;

  protected constructor(
    private readonly stores: Stores,
    private readonly env: Settings,
  ) {}

  static async start(stores: Stores): Promise<MortalCluster> {
    const cluster = new MortalCluster(stores, await settings(stores));
    await cluster.begin();
    return cluster;
  }

  protected async begin(): Promise<void> {
    const both = [0, 1];
    this.services.push(...(await Promise.all(both.map(() => Mortal.start(() => startApi(this.env))))));
    this.workers.push(...(await Promise.all(both.map(() => Mortal.start(() => startWorker(this.env))))));
  }

  /** Of one service after the other. */
  async url(): Promise<string> {
    const next = this.services[this.turn++ % this.services.length] as Mortal;
    return (await next.running()).said;
  }

  /** What there is when no program has anything to do any more. */
  rest(): Promise<Rest> {
    return this.restOf(this.env);
  }

  /** Stops all programs, and has a worker build all views in another database. */
  async rebuild(): Promise<Rest> {
    await this.stop();
    const env = await settings(this.stores, this.env.DATA_DIR);
    const worker = await Mortal.start(() => startWorker(env));
    const rest = await this.restOf(env);
    await worker.stop();
    return rest;
  }

  /**
   * Lets everybody finish what they are at.
   * @throws Error with how the workers are, when that takes too long
   */
  async finish(load: Load): Promise<void> {
    const tooLate = new AbortController();
    const tooLong = pause(PATIENCE_MS, undefined, tooLate).then(async () => {
      throw new Error(`Clients wait in vain: ${await this.standing()}`);
    });
    try {
      await Promise.race([load.end(), tooLong]);
    } finally {
      tooLate.abort();
      tooLong.catch(() => undefined);
    }
  }

  /** How the workers are, in their own words. */
  private async standing(): Promise<string> {
    const told = this.workers.map(async (worker) => {
      const { said } = await worker.running();
      const answer = await fetch(`http://127.0.0.1:${said}/status`);
      return answer.text();
    });
    return JSON.stringify(await Promise.allSettled(told), undefined, 1);
  }

  /** Stops whatever runs. */
  async dispose(): Promise<void> {
    await this.stop();
    await rm(this.env.DATA_DIR ?? '', { recursive: true, force: true });
  }

  private async stop(): Promise<void> {
    const programs = [...this.services, ...this.workers];
    await Promise.all(programs.map((program) => program.stop()));
  }

  /** Read in this order, nothing can have happened in between that is not seen. */
  private async restOf(settings: Settings): Promise<Rest> {
    const { EVENT_STORE_URL: events = '', VIEW_STORE_URL: views = '' } = settings;
    for (const end = performance.now() + PATIENCE_MS; ; ) {
      const checkpoints = await readCheckpoints(views);
      const documents = await readDocuments(views);
      const open = [...documents.keys()].filter((key) => key.startsWith('process-work '));
      const log = await readLog(events, this.stores.before);
      const head = log.at(-1)?.position;
      const behind = [...checkpoints].filter(([, position]) => position !== head);
      if (open.length === 0 && behind.length === 0) return { log, documents };
      if (performance.now() > end) {
        throw new Error(`It does not come to rest: ${JSON.stringify({ head, behind, open })}`);
      }
      await pause(BETWEEN_LOOKS_MS);
    }
  }
}

/** What programs are given that keep their views in a new database. */
export async function settings(stores: Stores, directory?: string): Promise<Settings> {
  const dataDir = directory ?? (await mkdtemp(join(tmpdir(), 'tessera-mortal-')));
  const views = await stores.newViews();
  // The driver looks soon whether a server is back.
  const looking = `${views}${views.includes('?') ? '&' : '?'}minHeartbeatFrequencyMS=50`;
  return { ...clusterSettings(stores.events, looking, dataDir), LOG_LEVEL: 'fatal' };
}

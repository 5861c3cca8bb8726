import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Rest } from '../crash/service/aftermath.contract.ts';
import type { Load } from '../crash/service/load.ts';
import type { Reachable } from '../crash/service/patient-client.ts';
import { clusterSettings, type Settings, startApi, startWorker } from '../programs/program.ts';
import { EventStoreDb, type Habits } from '../servers/eventstoredb/index.ts';
import { databaseAt } from '../servers/mongodb/database.ts';
import { MongoServer, type MongoServerOptions } from '../servers/mongodb/index.ts';
import { TcpProxy } from '../servers/tcp-proxy.ts';
import { Mortal } from './mortal.ts';
import { readCheckpoints, readDocuments, readLog } from './stored.ts';

const BETWEEN_LOOKS_MS = 100;
/** What takes longer to come to rest hangs. */
const PATIENCE_MS = 120_000;

/** The distributed mode where everything may fail: the stores, what leads there, and the programs. */
export class FrailCluster implements Reachable {
  readonly services: Mortal[] = [];
  readonly workers: Mortal[] = [];
  private turn = 0;

  private constructor(
    readonly events: EventStoreDb,
    readonly links: readonly TcpProxy[],
    readonly views: MongoServer,
    private readonly dataDir: string,
  ) {}

  /**
   * Two services, two workers, an event store of two nodes, a view store.
   * @param habits of the stores; none by default
   */
  static async start(habits: Habits & MongoServerOptions = {}): Promise<FrailCluster> {
    const events = await EventStoreDb.start({ ...habits, nodes: 2 });
    const links = await Promise.all(events.nodes.map(({ ownPort }) => TcpProxy.start(ownPort)));
    for (const [index, node] of events.nodes.entries()) node.advertise(links[index]?.port ?? 0);
    const dataDir = await mkdtemp(join(tmpdir(), 'tessera-frail-'));
    const cluster = new FrailCluster(events, links, await MongoServer.start(habits), dataDir);
    const env = cluster.settings();
    const both = [0, 1];
    cluster.services.push(...(await Promise.all(both.map(() => Mortal.start(() => startApi(env))))));
    cluster.workers.push(...(await Promise.all(both.map(() => Mortal.start(() => startWorker(env))))));
    return cluster;
  }

  /** Of one service after the other. */
  async url(): Promise<string> {
    const next = this.services[this.turn++ % this.services.length] as Mortal;
    return (await next.running()).said;
  }

  /** What there is when no program has anything to do any more. */
  rest(): Promise<Rest> {
    return this.restOf(this.settings());
  }

  /** Stops all programs, and has a worker build all views in another database. */
  async rebuild(): Promise<Rest> {
    await this.stop();
    const env = this.settings('rebuilt');
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

  /** Ends all mishaps, and stops whatever runs. */
  async dispose(): Promise<void> {
    await this.heal();
    await this.stop();
    await Promise.all(this.links.map((link) => link.close()));
    await Promise.all([this.events.close(), this.views.close()]);
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** Both stores answer again. */
  async heal(): Promise<void> {
    this.events.faults.clear();
    for (const node of this.events.nodes) {
      node.ready = true;
      await node.start();
    }
    for (const link of this.links) await link.heal();
    this.views.decide();
  }

  private async stop(): Promise<void> {
    const programs = [...this.services, ...this.workers];
    await Promise.all(programs.map((program) => program.stop()));
  }

  /** @param database of the views */
  private settings(database = 'tessera'): Settings {
    // The driver looks soon whether a server is back.
    const views = `${databaseAt(this.views.url, database)}&minHeartbeatFrequencyMS=50`;
    return { ...clusterSettings(this.events.url, views, this.dataDir), LOG_LEVEL: 'fatal' };
  }

  /** Read in this order, nothing can have happened in between that is not seen. */
  private async restOf(settings: Settings): Promise<Rest> {
    const { EVENT_STORE_URL: events = '', VIEW_STORE_URL: views = '' } = settings;
    for (const end = performance.now() + PATIENCE_MS; ; ) {
      const checkpoints = await readCheckpoints(views);
      const documents = await readDocuments(views);
      const open = [...documents.keys()].filter((key) => key.startsWith('process-work '));
      const log = await readLog(events);
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

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { FinalState } from '../crash/service/final-state.contract.ts';
import type { Load } from '../crash/service/load.ts';
import type { Reachable } from '../crash/service/retrying-client.ts';
import { clusterSettings, type Settings, startApi, startWorker } from '../programs/program.ts';
import type { Stores } from '../programs/shared-stores.ts';
import { RestartableProgram } from './restartable-program.ts';
import { readCheckpoints, readDocuments, readLog } from './stored.ts';

const POLL_INTERVAL_MS = 100;
/** Catches hangs only. */
const TIMEOUT_MS = 120_000;

/**
 * The distributed mode with programs that can be killed: two services and two workers, on stores that keep running.
 */
export class RestartableCluster implements Reachable {
  readonly services: RestartableProgram[] = [];
  readonly workers: RestartableProgram[] = [];
  private turn = 0;

  protected constructor(
    private readonly stores: Stores,
    private readonly env: Settings,
  ) {}

  static async start(stores: Stores): Promise<RestartableCluster> {
    const cluster = new RestartableCluster(stores, await settings(stores));
    await cluster.begin();
    return cluster;
  }

  protected async begin(): Promise<void> {
    const both = [0, 1];
    this.services.push(
      ...(await Promise.all(both.map(() => RestartableProgram.start(() => startApi(this.env))))),
    );
    this.workers.push(
      ...(await Promise.all(both.map(() => RestartableProgram.start(() => startWorker(this.env))))),
    );
  }

  /** The URL of one of the services, in turns. */
  async url(): Promise<string> {
    const next = this.services[this.turn++ % this.services.length] as RestartableProgram;
    return (await next.running()).readyOutput;
  }

  /** What is stored once no program has work left. */
  finalState(): Promise<FinalState> {
    return this.finalStateOf(this.env);
  }

  /** Stops all programs, and lets a worker rebuild all views in another database. */
  async rebuild(): Promise<FinalState> {
    await this.stop();
    const env = await settings(this.stores, this.env.DATA_DIR);
    const worker = await RestartableProgram.start(() => startWorker(env));
    const finalState = await this.finalStateOf(env);
    await worker.stop();
    return finalState;
  }

  /**
   * Waits until the clients have finished what they are doing.
   * @throws Error with the status of the workers, when that takes too long
   */
  async finish(load: Load): Promise<void> {
    const timeout = new AbortController();
    const timedOut = pause(TIMEOUT_MS, undefined, timeout).then(async () => {
      throw new Error(`Clients did not finish: ${await this.workerStatus()}`);
    });
    try {
      await Promise.race([load.end(), timedOut]);
    } finally {
      timeout.abort();
      timedOut.catch(() => undefined);
    }
  }

  /** The status of the workers, as they report it. */
  private async workerStatus(): Promise<string> {
    const answers = this.workers.map(async (worker) => {
      const { readyOutput } = await worker.running();
      const answer = await fetch(`http://127.0.0.1:${readyOutput}/status`);
      return answer.text();
    });
    return JSON.stringify(await Promise.allSettled(answers), undefined, 1);
  }

  /** Stops all programs. */
  async dispose(): Promise<void> {
    await this.stop();
    await rm(this.env.DATA_DIR ?? '', { recursive: true, force: true });
  }

  private async stop(): Promise<void> {
    const programs = [...this.services, ...this.workers];
    await Promise.all(programs.map((program) => program.stop()));
  }

  /** Reads checkpoints first and the log last: a write in between then shows as lag. */
  private async finalStateOf(settings: Settings): Promise<FinalState> {
    const { EVENT_STORE_URL: events = '', VIEW_STORE_URL: views = '' } = settings;
    for (const end = performance.now() + TIMEOUT_MS; ; ) {
      const checkpoints = await readCheckpoints(views);
      const documents = await readDocuments(views);
      const open = [...documents.keys()].filter((key) => key.startsWith('process-work '));
      const log = await readLog(events, this.stores.before);
      const head = log.at(-1)?.position;
      const behind = [...checkpoints].filter(([, position]) => position !== head);
      if (open.length === 0 && behind.length === 0) return { log, documents };
      if (performance.now() > end) {
        throw new Error(`The cluster still has work: ${JSON.stringify({ head, behind, open })}`);
      }
      await pause(POLL_INTERVAL_MS);
    }
  }
}

/** The settings of programs whose views are in a new database. */
export async function settings(stores: Stores, directory?: string): Promise<Settings> {
  const dataDir = directory ?? (await mkdtemp(join(tmpdir(), 'tessera-restartable-')));
  const views = await stores.newViews();
  // The driver notices soon that a server is back.
  const viewsUrl = `${views}${views.includes('?') ? '&' : '?'}minHeartbeatFrequencyMS=50`;
  return { ...clusterSettings(stores.events, viewsUrl, dataDir), LOG_LEVEL: 'fatal' };
}

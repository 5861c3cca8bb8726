import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Program, type Settings, startApi } from '../programs/program.ts';
import { freePort } from '../servers/free-port.ts';
import { isReady } from './client.ts';
import type { BorrowedService, Mode } from './pool.ts';

/** The service that a story runs against. */
export interface Reachable {
  /** The URL; each time maybe that of another service. */
  readonly url: string;
  /** Gives the service back, or stops it. */
  dispose(): Promise<void>;
}

/** A service that no other spec file uses. */
export interface Service extends Reachable {
  /** The URLs of all services. */
  readonly urls: readonly string[];
  /** Whether all programs run and are ready. */
  isHealthy(): Promise<boolean>;
  /** Stops it with SIGTERM, and gives its exit code. */
  stop(): Promise<number | null>;
  /** Stops it with SIGTERM, and starts it again with other settings on the same data. */
  restart(settings?: Settings): Promise<Service>;
}

/** The mode: one program, or several on shared stores when `STORIES` says so. */
const MODE: Mode = process.env.STORIES === 'distributed' ? 'distributed' : 'embedded';

export async function startService(settings: Settings): Promise<Service> {
  if (MODE === 'embedded') return RunningService.start(settings);
  // Most stories need none of its test servers.
  const { Cluster } = await import('./cluster.ts');
  return Cluster.start(settings);
}

/**
 * A service that other stories may have used before, with their data and clock. No other spec file uses it meanwhile.
 */
export async function borrowService(): Promise<Reachable> {
  const { id, urls } = (await pool('POST', MODE)) as BorrowedService;
  let turn = 0;
  return {
    get url() {
      return urls[turn++ % urls.length] ?? '';
    },
    dispose: async () => void (await pool('DELETE', String(id))),
  };
}

async function pool(method: 'POST' | 'DELETE', path: string): Promise<unknown> {
  const answer = await fetch(`${process.env.SERVICE_POOL}/${path}`, { method });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

/** The service on the embedded stores, in a process and a data directory of its own. */
export class RunningService implements Service {
  private constructor(
    private readonly program: Program,
    readonly dataDir: string,
  ) {}

  /** @param settings of its environment, beside a free port and no demo world */
  static async start(settings: Settings = {}, dataDir?: string): Promise<RunningService> {
    const directory = dataDir ?? (await mkdtemp(join(tmpdir(), 'tessera-')));
    const env = {
      // It is started again at the same one.
      PORT: String(await freePort()),
      DEMO: 'off',
      LOG_LEVEL: 'error',
      DATA_DIR: directory,
      SEAL_INTERVAL: 'PT1S',
      ...settings,
    };
    try {
      return new RunningService(await startApi(env), directory);
    } catch (error) {
      if (dataDir === undefined) await rm(directory, { recursive: true, force: true });
      throw error;
    }
  }

  get url(): string {
    return this.program.readyOutput;
  }

  get urls(): readonly string[] {
    return [this.url];
  }

  isHealthy(): Promise<boolean> {
    return isReady(this.url);
  }

  stop(): Promise<number | null> {
    return this.program.end('SIGTERM');
  }

  async restart(settings: Settings = {}): Promise<RunningService> {
    await this.stop();
    return RunningService.start({ PORT: new URL(this.url).port, ...settings }, this.dataDir);
  }

  /** Kills it with SIGKILL. */
  async kill(): Promise<void> {
    await this.program.end('SIGKILL');
  }

  async dispose(): Promise<void> {
    await this.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Program, type Settings, startApi } from '../programs/program.ts';
import { isReady } from './client.ts';
import { Cluster } from './cluster.ts';
import type { Lent, Mode } from './pool.ts';

/** Where a story finds the service it is told to. */
export interface Reachable {
  /** Of whoever serves; each time maybe another one. */
  readonly url: string;
  /** For who is through with it. */
  dispose(): Promise<void>;
}

/** A service of one's own. */
export interface Service extends Reachable {
  /** Of all that serve. */
  readonly urls: readonly string[];
  /** Whether all of it runs and is ready. */
  isWell(): Promise<boolean>;
  /** Asks it to stop, and waits until it has; gives its exit code. */
  stop(): Promise<number | null>;
  /** Starts it again where it was, with other settings; it is stopped in good order first. */
  restart(settings?: Settings): Promise<Service>;
}

/** A service is the one program, or several on stores they share when `STORIES` asks for that. */
const MODE: Mode = process.env.STORIES === 'distributed' ? 'distributed' : 'embedded';

export function startService(settings: Settings): Promise<Service> {
  return MODE === 'distributed' ? Cluster.start(settings) : RunningService.start(settings);
}

/** A service that other stories were told to before: it has their data and their time. Nobody else uses it meanwhile. */
export async function borrowService(): Promise<Reachable> {
  const { id, urls } = (await pool('POST', MODE)) as Lent;
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
    const env = { PORT: '0', DEMO: 'off', LOG_LEVEL: 'error', DATA_DIR: directory, ...settings };
    try {
      return new RunningService(await startApi(env), directory);
    } catch (error) {
      if (dataDir === undefined) await rm(directory, { recursive: true, force: true });
      throw error;
    }
  }

  get url(): string {
    return this.program.said;
  }

  get urls(): readonly string[] {
    return [this.url];
  }

  isWell(): Promise<boolean> {
    return isReady(this.url);
  }

  stop(): Promise<number | null> {
    return this.program.end('SIGTERM');
  }

  async restart(settings: Settings = {}): Promise<RunningService> {
    await this.stop();
    return RunningService.start({ PORT: new URL(this.url).port, ...settings }, this.dataDir);
  }

  /** Ends it at whatever line it is. */
  async kill(): Promise<void> {
    await this.program.end('SIGKILL');
  }

  async dispose(): Promise<void> {
    await this.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

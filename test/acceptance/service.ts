import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Program, type Settings, startApi } from '../programs/program.ts';
import { Cluster } from './cluster.ts';

/** A service that stories are told to. */
export interface Service {
  readonly url: string;
  /** Asks it to stop, and waits until it has; gives its exit code. */
  stop(): Promise<number | null>;
  /** Starts it again where it was, with other settings; it is stopped in good order first. */
  restart(settings?: Settings): Promise<Service>;
  /** Stops it and removes its data. */
  dispose(): Promise<void>;
}

/** The service stories are told to: the one program, or several on stores they share when `STORIES` asks for that. */
export function startService(settings: Settings): Promise<Service> {
  return process.env.STORIES === 'distributed' ? Cluster.start(settings) : RunningService.start(settings);
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

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/apps/api/main.js', import.meta.url));
const LISTENS = /listens on (http:\S+)/;

/** The service as it is delivered, in a process and a data directory of its own. */
export class RunningService {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly dataDir: string,
  ) {}

  /** @param settings of its environment, beside a free port and no demo world */
  static async start(
    settings: Readonly<Record<string, string>> = {},
    dataDir?: string,
  ): Promise<RunningService> {
    const directory = dataDir ?? (await mkdtemp(join(tmpdir(), 'tessera-')));
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--enable-source-maps', MAIN],
      {
        env: { ...process.env, PORT: '0', DEMO: 'off', LOG_LEVEL: 'error', DATA_DIR: directory, ...settings },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    try {
      return new RunningService(child, await listening(child), directory);
    } catch (error) {
      if (dataDir === undefined) await rm(directory, { recursive: true, force: true });
      throw error;
    }
  }

  /** Asks it to stop, and waits until it has; gives its exit code. */
  stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  /** Ends it at whatever line it is. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Stops it and removes its data. */
  async dispose(): Promise<void> {
    await this.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const { child } = this;
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    }
    return child.exitCode;
  }
}

/**
 * The URL it says it listens on. What it says later is of no interest; its complaints are passed on.
 * @throws Error with all it said, when it ends instead
 */
function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const { stdout, stderr } = child;
    let said = '';
    stdout?.on('data', (chunk) => {
      said += chunk;
      const url = LISTENS.exec(said)?.[1];
      if (url === undefined) return;
      stderr?.on('data', (complaint) => process.stderr.write(complaint));
      resolve(url);
    });
    stderr?.on('data', (chunk) => {
      said += chunk;
    });
    child.once('close', () => reject(new Error(`The service did not start:\n${said}`)));
  });
}

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
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--enable-source-maps', MAIN], {
      env: { ...process.env, PORT: '0', DEMO: 'off', LOG_LEVEL: 'error', DATA_DIR: directory, ...settings },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return new RunningService(child, await listening(child), directory);
  }

  /** Asks it to stop, and waits until it has. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
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

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill(signal);
    await gone;
  }
}

async function listening(child: ChildProcess): Promise<string> {
  let output = '';
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    output += chunk;
    const url = LISTENS.exec(output)?.[1];
    if (url === undefined) continue;
    // What it says later is of no interest, but must not fill the pipe.
    child.stdout?.resume();
    return url;
  }
  throw new Error(`The service did not start:\n${output}`);
}

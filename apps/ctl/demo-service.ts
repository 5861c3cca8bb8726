import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../api/main.js', import.meta.url));
const LISTENS = /listens on (http:\S+)/;
const PROBE_MS = 2_000;

/** Whether a server answers at the URL. */
export async function answers(url: string): Promise<boolean> {
  try {
    await fetch(new URL('/dev/clock', url), { signal: AbortSignal.timeout(PROBE_MS) });
    return true;
  } catch {
    return false;
  }
}

/** A new, empty service with a temporary data directory. */
export class TemporaryService implements AsyncDisposable {
  private constructor(
    private readonly child: ChildProcess,
    readonly directory: string,
    readonly url: string,
  ) {}

  /** @throws Error it did not start; its output is on standard error */
  static async start(): Promise<TemporaryService> {
    const directory = await mkdtemp(join(tmpdir(), 'tessera-demo-'));
    const child = spawn(process.execPath, [...process.execArgv, MAIN], {
      // Without the other settings of the environment, which could name another store.
      env: {
        PATH: process.env.PATH,
        SystemRoot: process.env.SystemRoot,
        HOST: '127.0.0.1',
        PORT: '0',
        DATA_DIR: directory,
        DEMO: 'off',
        LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      return new TemporaryService(child, directory, await listening(child));
    } catch (error) {
      child.kill();
      await rm(directory, { recursive: true, force: true });
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const exited = once(this.child, 'exit');
      this.child.kill();
      await exited;
    }
    await rm(this.directory, { recursive: true, force: true });
  }
}

async function listening(child: ChildProcess): Promise<string> {
  let output = '';
  // Ending the iteration would close the pipe that the service writes to.
  for await (const chunk of child.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    output += chunk;
    const url = LISTENS.exec(output)?.[1];
    if (url === undefined) continue;
    child.stdout?.resume();
    return url;
  }
  throw new Error('The service exited before it listened.');
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { newSignerKey } from '#evidence';
import { type ChildWithOutput, hasExited, killChild, type Settings, startChild } from './child.ts';

export type { Settings };

/** One of the project's compiled programs, in a process of its own. */
export class Program {
  private constructor(
    private readonly child: ChildProcess,
    /** The first group of `ready` in its output. */
    readonly readyOutput: string,
  ) {}

  /**
   * @param main of the built program, below `dist/`
   * @param env beside the environment of this process
   * @param ready matches the output that says it is ready; its first group is kept
   * @throws Error with its output, when it exits instead
   */
  static async start(main: string, env: Settings, ready: RegExp): Promise<Program> {
    const child = startChild(main, { env: { ...process.env, ...env } });
    return new Program(child, await outputMatching(child, ready));
  }

  /** Whether it has exited or was killed. */
  get hasExited(): boolean {
    return hasExited(this.child);
  }

  /** Suspends it for a while (SIGSTOP, SIGCONT). It continues even if this process has ended by then. */
  async freeze(ms: number): Promise<void> {
    const { pid } = this.child;
    const script = `kill -STOP ${pid}; sleep ${ms / 1_000}; kill -CONT ${pid}`;
    await once(spawn('sh', ['-c', script], { detached: true, stdio: 'ignore' }), 'exit');
  }

  /** Sends the signal, waits until it has exited, and gives its exit code. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const { child } = this;
    if (!this.hasExited) {
      const exited = once(child, 'exit');
      if (signal === 'SIGKILL') killChild(child);
      else child.kill(signal);
      await exited;
    }
    return child.exitCode;
  }
}

/** Later output is discarded; standard error is passed on. */
function outputMatching(child: ChildWithOutput, ready: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const { stdout, stderr } = child;
    let readyOutput = '';
    const listen = (chunk: Buffer) => {
      readyOutput += chunk;
      const found = ready.exec(readyOutput)?.[1];
      if (found === undefined) return;
      for (const output of [stdout, stderr]) output.off('data', listen);
      stdout.resume();
      stderr.on('data', (chunk: Buffer) => process.stderr.write(chunk));
      resolve(found);
    };
    for (const output of [stdout, stderr]) output.on('data', listen);
    child.once('close', () => reject(new Error(`The program did not start:\n${readyOutput}`)));
  });
}

/** The result of a program that has run to its end. */
export interface FinishedProgram {
  /** Its exit code; `null` when a signal killed it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a program to its end. */
export async function run(main: string, args: readonly string[], env?: Settings): Promise<FinishedProgram> {
  return finished(startChild(main, { args, env }));
}

/** Resolves when it has exited, with all its output, of which nothing must have been read before. */
export async function finished(child: ChildWithOutput): Promise<FinishedProgram> {
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, out, err };
}

/** The settings of every program of a cluster: the URLs of the stores, and free ports. */
export function clusterSettings(events: string, views: string, dataDir: string): Settings {
  return {
    EVENT_STORE_URL: events,
    VIEW_STORE_URL: views,
    SECRET: Buffer.alloc(32, 5).toString('base64'),
    SEAL_KEYS: newSignerKey('tessera-test', Buffer.alloc(32, 6)),
    SEAL_INTERVAL: 'PT1S',
    KEY_ENCRYPTION_KEY: Buffer.alloc(32, 8).toString('base64'),
    DATA_DIR: dataDir,
    PORT: '0',
    WORKER_PORT: '0',
    LOG_LEVEL: 'error',
  };
}

/** A test asks more than an account may. */
const OF_A_TEST: Settings = { RATE_LIMIT: '1000000000' };

/** Resolves when it listens; `readyOutput` is its URL. */
export function startApi(env: Settings): Promise<Program> {
  return Program.start('apps/api/main.js', { ...OF_A_TEST, ...env }, /listens on (http:\S+)/);
}

/** Resolves when it runs; `readyOutput` is the port of its health endpoints. */
export function startWorker(env: Settings): Promise<Program> {
  return Program.start('apps/worker/main.js', { ...env, LOG_LEVEL: 'info' }, /"port":(\d+)/);
}

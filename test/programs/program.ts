import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { hasEnded, killChild, type Settings, type SpeakingChild, startChild } from './child.ts';

export type { Settings };

/** One of the project's programs as it is delivered, in a process of its own. */
export class Program {
  private constructor(
    private readonly child: ChildProcess,
    /** What it said that `ready` was waiting for. */
    readonly said: string,
  ) {}

  /**
   * @param main of the built program, below `dist/`
   * @param env beside the environment of this process
   * @param ready finds in what it says that it is ready; its first group is kept
   * @throws Error with all it said, when it ends instead
   */
  static async start(main: string, env: Settings, ready: RegExp): Promise<Program> {
    const child = startChild(main, { env: { ...process.env, ...env } });
    return new Program(child, await saying(child, ready));
  }

  /** Whether it has ended, for whatever reason. */
  get ended(): boolean {
    return hasEnded(this.child);
  }

  /** Lets it stand still for a while, at whatever line it is. It goes on even if this process is gone by then. */
  async freeze(ms: number): Promise<void> {
    const { pid } = this.child;
    const script = `kill -STOP ${pid}; sleep ${ms / 1_000}; kill -CONT ${pid}`;
    await once(spawn('sh', ['-c', script], { detached: true, stdio: 'ignore' }), 'exit');
  }

  /** Asks it to end, or ends it at whatever line it is, and waits until it has; gives its exit code. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const { child } = this;
    if (!this.ended) {
      const gone = once(child, 'exit');
      if (signal === 'SIGKILL') killChild(child);
      else child.kill(signal);
      await gone;
    }
    return child.exitCode;
  }
}

/** What it says later is of no interest; its complaints are passed on. */
function saying(child: SpeakingChild, ready: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const { stdout, stderr } = child;
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk;
      const found = ready.exec(said)?.[1];
      if (found === undefined) return;
      for (const output of [stdout, stderr]) output.off('data', listen);
      stdout.resume();
      stderr.pipe(process.stderr, { end: false });
      resolve(found);
    };
    for (const output of [stdout, stderr]) output.on('data', listen);
    child.once('close', () => reject(new Error(`The program did not start:\n${said}`)));
  });
}

/** A program that has come to its end by itself. */
export interface Ended {
  /** Its exit code; none when a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a program to its end. */
export async function run(main: string, args: readonly string[], env?: Settings): Promise<Ended> {
  return ended(startChild(main, { args, env }));
}

/** Resolves when it has ended; it has not said anything yet. */
export async function ended(child: SpeakingChild): Promise<Ended> {
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, out, err };
}

/** What every program of a cluster is given: the stores, each with its URL, and ports that are free. */
export function clusterSettings(events: string, views: string, dataDir: string): Settings {
  return {
    EVENT_STORE_URL: events,
    VIEW_STORE_URL: views,
    SECRET: Buffer.alloc(32, 5).toString('base64'),
    DATA_DIR: dataDir,
    PORT: '0',
    WORKER_PORT: '0',
    LOG_LEVEL: 'error',
  };
}

/** Resolves when it listens; it has said its URL. */
export function startApi(env: Settings): Promise<Program> {
  return Program.start('apps/api/main.js', env, /listens on (http:\S+)/);
}

/** Resolves when it runs; it has said the port of its health figures. */
export function startWorker(env: Settings): Promise<Program> {
  return Program.start('apps/worker/main.js', { ...env, LOG_LEVEL: 'info' }, /"port":(\d+)/);
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const FLAGS = ['--disable-warning=ExperimentalWarning', '--enable-source-maps'];

/** Programs run compiled code, also when this runs from source. */
const DIST = new URL(import.meta.url.endsWith('.ts') ? '../../dist/' : '../../', import.meta.url);

/** Of the programs' environment. */
export type Settings = Readonly<Record<string, string>>;

/** One of the project's programs as it is delivered, in a process of its own. */
export class Program {
  private constructor(
    private readonly child: ChildProcess,
    /** What it said that `ready` was waiting for. */
    readonly said: string,
  ) {}

  /**
   * @param main of the built program, below `dist/`
   * @param ready finds in what it says that it is ready; its first group is kept
   * @throws Error with all it said, when it ends instead
   */
  static async start(main: string, env: Readonly<Record<string, string>>, ready: RegExp): Promise<Program> {
    const child = spawn(process.execPath, [...FLAGS, fileURLToPath(new URL(main, DIST))], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Program(child, await saying(child, ready));
  }

  /** Whether it has ended, for whatever reason. */
  get ended(): boolean {
    const { exitCode, signalCode } = this.child;
    return exitCode !== null || signalCode !== null;
  }

  /** Lets it stand still for a while, at whatever line it is. */
  async freeze(ms: number): Promise<void> {
    this.child.kill('SIGSTOP');
    await pause(ms);
    this.child.kill('SIGCONT');
  }

  /** Asks it to end, and waits until it has; gives its exit code. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const { child } = this;
    if (!this.ended) {
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    }
    return child.exitCode;
  }
}

/** What it says later is of no interest; its complaints are passed on. */
function saying(child: ChildProcess, ready: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const { stdout, stderr } = child;
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk;
      const found = ready.exec(said)?.[1];
      if (found === undefined) return;
      for (const output of [stdout, stderr]) output?.off('data', listen);
      stdout?.resume();
      stderr?.pipe(process.stderr, { end: false });
      resolve(found);
    };
    for (const output of [stdout, stderr]) output?.on('data', listen);
    child.once('close', () => reject(new Error(`The program did not start:\n${said}`)));
  });
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

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const FLAGS = ['--disable-warning=ExperimentalWarning', '--enable-source-maps'];

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
    const file = fileURLToPath(new URL(`../../dist/${main}`, import.meta.url));
    const child = spawn(process.execPath, [...FLAGS, file], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Program(child, await saying(child, ready));
  }

  /** Asks it to end, and waits until it has; gives its exit code. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const { child } = this;
    if (child.exitCode === null && child.signalCode === null) {
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

/** Resolves when it listens; it has said its URL. */
export function startApi(env: Settings): Promise<Program> {
  return Program.start('apps/api/main.js', env, /listens on (http:\S+)/);
}

/** Resolves when it runs; it has said the port of its health figures. */
export function startWorker(env: Settings): Promise<Program> {
  return Program.start('apps/worker/main.js', { ...env, LOG_LEVEL: 'info' }, /"port":(\d+)/);
}

import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { isGroupAlive, killGroup, LIFELINE_FD } from './group.ts';

/** Node reads every source map at the start: a program does where its parent does. */
const FLAGS = [
  '--disable-warning=ExperimentalWarning',
  ...process.execArgv.filter((flag) => flag === '--enable-source-maps'),
];

/** Programs run compiled code, also when this module runs from source. */
const DIST = new URL(import.meta.url.endsWith('.ts') ? '../../dist/' : '../../', import.meta.url);

/** Environment variables of a program. */
export type Settings = Readonly<Record<string, string | undefined>>;

export interface ChildOptions {
  readonly args?: readonly string[];
  /** Its environment; by default that of this process. */
  readonly env?: Settings;
  /** Whether it has an IPC channel; no by default. */
  readonly ipc?: boolean;
  /** Where its standard output and standard error go; by default pipes that this process reads. */
  readonly stdout?: 'pipe' | 'inherit' | 'ignore';
  readonly stderr?: 'pipe' | 'inherit' | 'ignore';
}

/** A child whose standard output and standard error are pipes. */
export type ChildWithOutput = ChildProcessByStdio<null, Readable, Readable>;

/**
 * Starts one of the project's compiled programs in a process of its own. It and its own children end
 * with this process, however that ends, and with the spec file that started it (`test/tooling/environment.mjs`).
 * @param main of the compiled program, below `dist/`; or any other program for Node, by its URL
 */
export function startChild(
  main: string | URL,
  options?: ChildOptions & { readonly stdout?: 'pipe'; readonly stderr?: 'pipe' },
): ChildWithOutput;
export function startChild(main: string | URL, options: ChildOptions): ChildProcess;
export function startChild(main: string | URL, options: ChildOptions = {}): ChildProcess {
  const { args = [], env = process.env, ipc = false, stdout = 'pipe', stderr = 'pipe' } = options;
  const lifeline = new URL('test/programs/lifeline.js', DIST).href;
  const child = spawn(
    process.execPath,
    [...FLAGS, '--import', lifeline, fileURLToPath(new URL(main, DIST)), ...args],
    {
      env: { ...env, [LIFELINE_FD]: '3' },
      stdio: ['ignore', stdout, stderr, 'pipe', ...(ipc ? (['ipc'] as const) : [])],
      // It leads a process group, which its own children belong to.
      detached: true,
    },
  );
  (child.stdio[3] as Socket).unref();
  trackChild(child);
  return child;
}

/** The test environment kills these processes after the spec file. */
const STARTED = Symbol.for('tessera.started-programs');

function trackChild(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  const realm = globalThis as { [STARTED]?: Set<number> };
  realm[STARTED] ??= new Set();
  const started = realm[STARTED];
  started.add(pid);
  child.once('exit', () => {
    if (!isGroupAlive(pid)) started.delete(pid);
  });
}

/** Kills a program and its children with SIGKILL. */
export function killChild({ pid }: ChildProcess): void {
  if (pid !== undefined) killGroup(pid);
}

/** Whether it has exited or was killed. */
export function hasExited({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { isGroupAlive, killGroup, LIFELINE_FD } from './group.ts';

const FLAGS = ['--disable-warning=ExperimentalWarning', '--enable-source-maps'];

/** Programs run compiled code, also when this runs from source. */
const DIST = new URL(import.meta.url.endsWith('.ts') ? '../../dist/' : '../../', import.meta.url);

/** Of the programs' environment. */
export type Settings = Readonly<Record<string, string | undefined>>;

export interface ChildOptions {
  readonly args?: readonly string[];
  /** Its whole environment; that of this process by default. */
  readonly env?: Settings;
  /** Whether it can send messages; no by default. */
  readonly ipc?: boolean;
  /** Where its standard output and its errors go; by default both can be read here. */
  readonly stdout?: 'pipe' | 'inherit' | 'ignore';
  readonly stderr?: 'pipe' | 'inherit' | 'ignore';
}

/** A child whose output and errors can be read. */
export type SpeakingChild = ChildProcessByStdio<null, Readable, Readable>;

/**
 * Starts one of the project's compiled programs in a process of its own. It never outlives this process, however that
 * ends, nor the spec file that it was started in (`test/tooling/environment.mjs`); nor does what it starts itself.
 * @param main of the compiled program, below `dist/`; or any other program for Node, by its URL
 */
export function startChild(
  main: string | URL,
  options?: ChildOptions & { readonly stdout?: 'pipe'; readonly stderr?: 'pipe' },
): SpeakingChild;
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
      // It leads a group, to which everything belongs that it starts.
      detached: true,
    },
  );
  (child.stdio[3] as Socket).unref();
  keepUntilTheEnd(child);
  return child;
}

/** A test environment ends what is in here once its spec file is through. */
const STARTED = Symbol.for('tessera.started-programs');

function keepUntilTheEnd(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  const holder = globalThis as { [STARTED]?: Set<number> };
  holder[STARTED] ??= new Set();
  const started = holder[STARTED];
  started.add(pid);
  child.once('exit', () => {
    if (!isGroupAlive(pid)) started.delete(pid);
  });
}

/** Ends a program at whatever line it is, with all that it has started. */
export function killChild({ pid }: ChildProcess): void {
  if (pid !== undefined) killGroup(pid);
}

/** Whether it has ended, for whatever reason. */
export function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

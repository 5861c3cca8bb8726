import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Children run compiled code, also when this runs from source. */
const COMPILED = new URL(import.meta.url.endsWith('.ts') ? '../../dist/test/bench/' : './', import.meta.url);

/**
 * Runs a module in a process of its own, for as long as `use` runs.
 * @param module below `test/bench/`, compiled
 * @param use is given the message by which it says that it serves
 * @throws Error it ended before that
 */
export async function withChild<Said, Result>(
  module: string,
  args: readonly string[],
  use: (said: Said) => Promise<Result>,
): Promise<Result> {
  const child = fork(fileURLToPath(new URL(module, COMPILED)), args);
  try {
    return await use((await saying(child)) as Said);
  } finally {
    await end(child);
  }
}

async function saying(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('A server ended before it served.');
  });
  const [said] = await Promise.race([once(child, 'message'), ended]);
  return said;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill();
  await gone;
}

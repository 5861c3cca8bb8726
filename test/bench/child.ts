import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { hasEnded, startChild } from '../programs/child.ts';

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
  const child = startChild(`test/bench/${module}`, { args, ipc: true, stdout: 'inherit', stderr: 'inherit' });
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
  if (hasEnded(child)) return;
  const gone = once(child, 'exit');
  child.kill();
  await gone;
}

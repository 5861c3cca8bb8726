import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { hasExited, startChild } from '../programs/child.ts';

/** Asks a child a question, and gives its answer. */
export type Ask<Answers> = <Question extends keyof Answers & string>(
  question: Question,
) => Promise<Answers[Question]>;

/**
 * Runs a module in a process of its own, for as long as `use` runs.
 * @param module below `test/bench/`, compiled
 * @param use gets the message by which the module reports that it is ready, and what asks it more
 * @throws Error the process exited before that
 */
export async function withChild<Said, Answers, Result>(
  module: string,
  args: readonly string[],
  use: (said: Said, ask: Ask<Answers>) => Promise<Result>,
): Promise<Result> {
  const child = startChild(`test/bench/${module}`, { args, ipc: true, stdout: 'inherit', stderr: 'inherit' });
  const ask = (question: string) => {
    child.send(question);
    return saying(child);
  };
  try {
    return await use((await saying(child)) as Said, ask as Ask<Answers>);
  } finally {
    await end(child);
  }
}

async function saying(child: ChildProcess): Promise<unknown> {
  const settled = new AbortController();
  const { signal } = settled;
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error('A server ended before it answered.');
  });
  try {
    const [said] = await Promise.race([once(child, 'message', { signal }), ended]);
    return said;
  } finally {
    ended.catch(() => undefined);
    settled.abort();
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (hasExited(child)) return;
  const gone = once(child, 'exit');
  child.kill();
  await gone;
}

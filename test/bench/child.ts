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
export async function withChild<Ready, Answers, Result>(
  module: string,
  args: readonly string[],
  use: (ready: Ready, ask: Ask<Answers>) => Promise<Result>,
): Promise<Result> {
  const child = startChild(`test/bench/${module}`, { args, ipc: true, stdout: 'inherit', stderr: 'inherit' });
  const ask = (question: string) => {
    child.send(question);
    return messageFrom(child);
  };
  try {
    return await use((await messageFrom(child)) as Ready, ask as Ask<Answers>);
  } finally {
    await end(child);
  }
}

async function messageFrom(child: ChildProcess): Promise<unknown> {
  const settled = new AbortController();
  const { signal } = settled;
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error('A server ended before it answered.');
  });
  try {
    const [message] = await Promise.race([once(child, 'message', { signal }), ended]);
    return message;
  } finally {
    ended.catch(() => undefined);
    settled.abort();
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (hasExited(child)) return;
  const exited = once(child, 'exit');
  child.kill();
  await exited;
}

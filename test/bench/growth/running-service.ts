import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { killChild, startChild } from '../../programs/child.ts';
import type { Questions, Started } from './service.ts';

/** The service in a process of its own. */
export class RunningService {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** From the start of its process until it answered. */
    readonly startMs: number,
  ) {}

  /** @throws Error it ended instead */
  static async start(directory: string): Promise<RunningService> {
    const child = startChild('test/bench/growth/service.js', {
      args: [directory],
      ipc: true,
      stdout: 'inherit',
      stderr: 'inherit',
    });
    const { url, milliseconds } = await messageFrom<Started>(child);
    return new RunningService(child, url, milliseconds);
  }

  /** One question at a time. */
  async ask<Question extends keyof Questions>(question: Question): Promise<Questions[Question]> {
    const answer = messageFrom<Questions[Question]>(this.child);
    this.child.send(question);
    return answer;
  }

  async tokenOf(account: string): Promise<string> {
    const answer = await fetch(`${this.url}/dev/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account, roles: ['administrator', 'manager'] }),
    });
    return ((await answer.json()) as { token: string }).token;
  }

  /** Asks it to end, or ends it at whatever line it is. */
  async end(how: 'orderly' | 'suddenly'): Promise<void> {
    const exited = once(this.child, 'exit');
    if (how === 'orderly') this.child.kill();
    else killChild(this.child);
    await exited;
  }
}

async function messageFrom<Message>(child: ChildProcess): Promise<Message> {
  const listening = new AbortController();
  const { signal } = listening;
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error('The service ended before it answered.');
  });
  try {
    const [message] = await Promise.race([once(child, 'message', { signal }), ended]);
    return message as Message;
  } finally {
    listening.abort();
    ended.catch(() => undefined);
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const MAIN = new URL('../../dist/apps/worker/main.js', import.meta.url).pathname;

let dataDir: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tessera-worker-'));
});

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await rm(dataDir, { recursive: true });
});

function run(env: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    env: { DATA_DIR: dataDir, WORKER_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

/** The port it says it listens on. */
async function portOf({ stdout }: ChildProcess): Promise<number> {
  if (stdout === null) throw new Error('It has no output.');
  for await (const line of createInterface({ input: stdout })) {
    const { port } = JSON.parse(line) as { port?: number };
    if (port !== undefined) return port;
  }
  throw new Error('It ended without listening.');
}

async function failureOf(child: ChildProcess): Promise<[code: unknown, said: string]> {
  let said = '';
  child.stderr?.on('data', (text) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  return [code, said];
}

describe('the worker by itself', () => {
  it('says that it is ready, and ends when told to', async () => {
    const child = run();
    const port = await portOf(child);
    for (;;) {
      const { status } = await fetch(`http://127.0.0.1:${port}/health/ready`);
      if (status === 200) break;
    }
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toStrictEqual([0, null]);
  });

  it('does not run beside another process on the same files', async () => {
    await portOf(run());
    const [code, said] = await failureOf(run());
    expect(code).toBe(1);
    expect(said).toContain('is open in another process');
  });

  it('names every fault of its configuration', async () => {
    const [code, said] = await failureOf(run({ WORKER_PORT: 'x', LOG_LEVEL: 'loud' }));
    expect(code).toBe(1);
    expect(said).toMatch(/WORKER_PORT must be.*LOG_LEVEL must be/s);
  });
});

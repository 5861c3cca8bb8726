import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ChildWithOutput, hasExited, killChild, startChild } from '../../test/programs/child.ts';
import { finished } from '../../test/programs/program.ts';

let dataDir: string;
const POLL_INTERVAL_MS = 20;

const children: ChildWithOutput[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tessera-worker-'));
});

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (hasExited(child)) continue;
    const gone = once(child, 'exit');
    killChild(child);
    await gone;
  }
  await rm(dataDir, { recursive: true });
});

function run(env: Record<string, string> = {}): ChildWithOutput {
  const child = startChild('apps/worker/main.js', { env: { DATA_DIR: dataDir, WORKER_PORT: '0', ...env } });
  children.push(child);
  return child;
}

/** The port it says it listens on. */
async function portOf({ stdout }: ChildWithOutput): Promise<number> {
  for await (const line of createInterface({ input: stdout })) {
    const { port } = JSON.parse(line) as { port?: number };
    if (port !== undefined) return port;
  }
  throw new Error('It finished without listening.');
}

describe('the worker by itself', () => {
  it('reports that it has started, serves its metrics to monitors only, and exits on SIGTERM', async () => {
    const METRICS_TOKEN = 'token-of-the-monitors';
    const child = run({ METRICS_TOKEN });
    const port = await portOf(child);
    for (;;) {
      const { status } = await fetch(`http://127.0.0.1:${port}/health/ready`);
      if (status === 200) break;
      await pause(POLL_INTERVAL_MS);
    }
    const ask = (headers: Record<string, string>) => fetch(`http://127.0.0.1:${port}/metrics`, { headers });
    const metrics = await (await ask({ authorization: `Bearer ${METRICS_TOKEN}` })).text();
    expect(metrics).toContain('tessera_follower_owned{follower="processes"} 1\n');
    expect(metrics).toContain('tessera_follower_lag{follower="processes"} 0\n');
    expect(metrics).toMatch(/^tessera_event_loop_delay_seconds\{thread="worker",quantile="0.99"\} \d/m);
    const { status } = await ask({});
    expect(status).toBe(404);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toStrictEqual([0, null]);
  });

  it('does not run beside another process on the same files', async () => {
    await portOf(run());
    const { code, err } = await finished(run());
    expect(code).toBe(1);
    expect(err).toContain('is open in another process');
  });

  it('names every invalid setting', async () => {
    const { code, err } = await finished(run({ WORKER_PORT: 'x', LOG_LEVEL: 'loud' }));
    expect(code).toBe(1);
    expect(err).toMatch(/WORKER_PORT must be.*LOG_LEVEL must be/s);
  });
});

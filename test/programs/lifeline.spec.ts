// The programs that a test started end with it, also when the test fails, times out or is killed.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { hasExited, startChild } from './child.ts';

const JEST = new URL('../../node_modules/jest/bin/jest.js', import.meta.url);
const POLL_INTERVAL_MS = 20;

let directory: string;
let jest: ChildProcess;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tessera-lifeline-'));
  jest = startChild(JEST, {
    args: [
      ...['--testPathIgnorePatterns=/node_modules/', '--selectProjects=specs', '--maxWorkers=2'],
      'test/programs/fixtures',
    ],
    env: { ...process.env, NODE_OPTIONS: '--experimental-vm-modules', TOLD_TO: directory },
    stdout: 'ignore',
    stderr: 'ignore',
  });
});

afterEach(async () => {
  jest.kill('SIGKILL');
  await rm(directory, { recursive: true });
});

/** Waits until a spec file has started its programs, and gives their ports. */
async function portsOf(name: string): Promise<readonly number[]> {
  for (;;) {
    if (hasExited(jest)) throw new Error(`Jest exited with ${jest.exitCode}.`);
    const content = existsSync(join(directory, name)) ? await readFile(join(directory, name), 'utf8') : '';
    if (content !== '') return JSON.parse(content);
    await pause(POLL_INTERVAL_MS);
  }
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

const areOpen = (ports: readonly number[]) => Promise.all(ports.map(isOpen));

async function closed(ports: readonly number[]): Promise<void> {
  while ((await areOpen(ports)).includes(true)) await pause(POLL_INTERVAL_MS);
}

describe('the programs that a spec file has started', () => {
  it('end when a test times out, and when Jest is killed', async () => {
    const [tooSlow, endless] = await Promise.all([portsOf('too-slow'), portsOf('endless')]);
    await closed(tooSlow);
    expect(await areOpen(endless)).toEqual([true, true]);
    jest.kill('SIGKILL');
    await closed(endless);
  });
});

// What a test has started ends with it, whatever becomes of the test.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { hasEnded, startChild } from './child.ts';

const JEST = new URL('../../node_modules/jest/bin/jest.js', import.meta.url);
const BETWEEN_LOOKS_MS = 20;

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

/** The ports of the programs that a spec file has started, once it has. */
async function portsOf(name: string): Promise<readonly number[]> {
  for (;;) {
    if (hasEnded(jest)) throw new Error(`Jest has ended with ${jest.exitCode}.`);
    const said = existsSync(join(directory, name)) ? await readFile(join(directory, name), 'utf8') : '';
    if (said !== '') return JSON.parse(said);
    await pause(BETWEEN_LOOKS_MS);
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
  while ((await areOpen(ports)).includes(true)) await pause(BETWEEN_LOOKS_MS);
}

describe('what a spec file has started', () => {
  it('ends when it has taken too long, and when jest is killed', async () => {
    const [tooSlow, endless] = await Promise.all([portsOf('too-slow'), portsOf('endless')]);
    await closed(tooSlow);
    expect(await areOpen(endless)).toEqual([true, true]);
    jest.kill('SIGKILL');
    await closed(endless);
  });
});

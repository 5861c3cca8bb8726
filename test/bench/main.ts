// `npm run bench`: measures on this machine, each part beside what it is compared with in the same run.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killChild, startChild } from '../programs/child.ts';
import { json, type Line, table } from './figures.ts';
import { isPart, type PartName, partNames } from './parts.ts';

const USAGE = `Usage: npm run bench -- [--only ${partNames.join(',')}] [--json FILE]\n`;
/** Catches hangs only. */
const PART_TIMEOUT_MS = 5 * 60_000;

interface Wanted {
  readonly only: readonly PartName[];
  readonly file?: string;
}

function readArguments(): Wanted | undefined {
  try {
    const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'string' } } });
    const only = values.only?.split(',') ?? partNames;
    return only.every(isPart) ? { only, file: values.json } : undefined;
  } catch {
    return undefined;
  }
}

async function run({ only, file }: Wanted): Promise<void> {
  // Contains all files of the parts, to be removed even when they are killed.
  const directory = await mkdtemp(join(tmpdir(), 'tessera-bench-'));
  const lines: Line[] = [];
  try {
    for (const part of only) {
      const measured = await runPart(part, directory);
      process.stdout.write(`${table(measured)}\n\n`);
      lines.push(...measured);
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  if (file !== undefined) await writeFile(file, json(lines));
}

let running: ChildProcess | undefined;

async function runPart(part: PartName, directory: string): Promise<readonly Line[]> {
  process.stderr.write(`Measuring ${part} …\n`);
  const child = startChild('test/bench/part.js', {
    args: [part],
    env: { ...process.env, TMPDIR: directory },
    ipc: true,
    // Emmett writes its errors to the standard output.
    stdout: 'ignore',
    stderr: 'inherit',
  });
  running = child;
  const gone = once(child, 'exit');
  const tooLong = setTimeout(() => killChild(child), PART_TIMEOUT_MS);
  const answer = once(child, 'message');
  const first = await Promise.race([answer, gone.then(() => undefined)]);
  await gone;
  clearTimeout(tooLong);
  if (first === undefined) throw new Error(`The part ${part} exited before it had finished.`);
  return first[0] as readonly Line[];
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => running?.kill());

const wanted = readArguments();
if (wanted === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  try {
    await run(wanted);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}

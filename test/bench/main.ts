// `npm run bench`: measures on this machine, each part beside what it is compared with in the same run.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killChild, startChild } from '../programs/child.ts';
import { json, type Line, table } from './figures.ts';
import { isPart, type PartName, partNames } from './parts.ts';

const USAGE = `Usage: npm run bench -- [--only ${partNames.join(',')}] [--logs EVENTS,EVENTS] [--rows ROWS] [--json FILE]\n`;
/** Catches hangs only. */
const PART_TIMEOUT_MS = 5 * 60_000;
/** Of a part whose size was asked for. */
const ASKED_TIMEOUT_MS = 60 * 60_000;

interface Wanted {
  readonly only: readonly PartName[];
  /**
   * Where others than the usual sizes are asked for: of the logs of the part `growth`, and the rows of the part
   * `service`, which then measures their import only.
   */
  readonly sizes: { readonly [Part in PartName]?: string };
  readonly file?: string;
}

function readArguments(): Wanted | undefined {
  try {
    const option = { type: 'string' } as const;
    const { values } = parseArgs({ options: { only: option, logs: option, rows: option, json: option } });
    const { logs, rows } = values;
    if (logs !== undefined && !/^\d{3,7}(,\d{3,7})*$/.test(logs)) return undefined;
    if (rows !== undefined && !/^\d{2,6}$/.test(rows)) return undefined;
    const only = values.only?.split(',') ?? partNames;
    return only.every(isPart)
      ? { only, sizes: { growth: logs, service: rows }, file: values.json }
      : undefined;
  } catch {
    return undefined;
  }
}

async function run({ only, sizes, file }: Wanted): Promise<void> {
  // Contains all files of the parts, to be removed even when they are killed.
  const directory = await mkdtemp(join(tmpdir(), 'tessera-bench-'));
  const lines: Line[] = [];
  // The user that runs PostgreSQL reaches its own folder in it.
  await chmod(directory, 0o711);
  try {
    for (const part of only) {
      const measured = await runPart(part, directory, sizes[part]);
      process.stdout.write(`${table(measured)}\n\n`);
      lines.push(...measured);
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  if (file !== undefined) await writeFile(file, json(lines));
}

let running: ChildProcess | undefined;

async function runPart(part: PartName, directory: string, size?: string): Promise<readonly Line[]> {
  process.stderr.write(`Measuring ${part} …\n`);
  const child = startChild('test/bench/part.js', {
    args: size === undefined ? [part] : [part, size],
    env: { ...process.env, TMPDIR: directory },
    ipc: true,
    // Emmett writes its errors to the standard output.
    stdout: 'ignore',
    stderr: 'inherit',
  });
  running = child;
  const exited = once(child, 'exit');
  const tooLong = setTimeout(() => killChild(child), size === undefined ? PART_TIMEOUT_MS : ASKED_TIMEOUT_MS);
  const answer = once(child, 'message');
  const first = await Promise.race([answer, exited.then(() => undefined)]);
  await exited;
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

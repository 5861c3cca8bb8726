import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** An amount of work and its duration. */
export interface Measured {
  readonly count: number;
  readonly seconds: number;
}

/** Times `work`, which does `count` operations. */
export async function timed(count: number, work: () => unknown): Promise<Measured> {
  const start = performance.now();
  await work();
  return { count, seconds: (performance.now() - start) / 1000 };
}

export function perSecond({ count, seconds }: Measured): number {
  return count / seconds;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2;
}

type Turn<Result> = (turn: number) => Promise<Result>;

/**
 * Lets each have a turn, and each another in the opposite order, and so on: whatever drifts meanwhile meets all alike.
 * Gives what the turns of each came to.
 */
export async function inTurns<Results extends readonly unknown[]>(
  turns: number,
  ...runs: { readonly [Each in keyof Results]: Turn<Results[Each]> }
): Promise<{ readonly [Each in keyof Results]: readonly Results[Each][] }> {
  const results = runs.map((): unknown[] => []);
  const order = runs.map((run, index) => ({ run, of: results[index] as unknown[] }));
  for (let turn = 0; turn < turns; turn++) {
    for (const { run, of } of order) of.push(await run(turn));
    order.reverse();
  }
  return results as unknown as { readonly [Each in keyof Results]: readonly Results[Each][] };
}

/** Runs `run` for every item, `limit` at a time. */
export async function inFlight<Item>(
  items: readonly Item[],
  limit: number,
  run: (item: Item) => Promise<unknown>,
): Promise<void> {
  const waiting = items.values();
  const lane = async () => {
    for (const item of waiting) await run(item);
  };
  await Promise.all(Array.from({ length: limit }, lane));
}

/** Runs `use` with a temporary directory. */
export async function withDirectory<Result>(use: (directory: string) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'tessera-bench-'));
  try {
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Bytes of heap in use after a garbage collection. */
export function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

/** The most bytes that this process has had in memory. What `resourceUsage` tells may be what its parent had. */
export function mostMemory(): number {
  const own = process.platform === 'linux' ? readFileSync('/proc/self/status', 'utf8') : '';
  const [, kilobytes = process.resourceUsage().maxRSS] = /VmHWM:\s+(\d+)/.exec(own) ?? [];
  return Number(kilobytes) * 1024;
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** So much work took so long. */
export interface Measured {
  readonly count: number;
  readonly seconds: number;
}

/** How long `work` takes, which does `count` things. */
export async function timed(count: number, work: () => unknown): Promise<Measured> {
  const start = performance.now();
  await work();
  return { count, seconds: (performance.now() - start) / 1000 };
}

/** The rate over all of them together. */
export function perSecond(...measured: readonly Measured[]): number {
  const sum = (of: (one: Measured) => number) => measured.reduce((total, one) => total + of(one), 0);
  return sum(({ count }) => count) / sum(({ seconds }) => seconds);
}

/** Runs the two in turns, A B B A and again: whatever drifts meanwhile meets both alike. `turns` is even. */
export async function inTurns<A, B>(
  turns: number,
  a: (turn: number) => Promise<A>,
  b: (turn: number) => Promise<B>,
): Promise<[readonly A[], readonly B[]]> {
  const as: A[] = [];
  const bs: B[] = [];
  for (let turn = 0; turn < turns; turn += 2) {
    as.push(await a(turn));
    bs.push(await b(turn));
    bs.push(await b(turn + 1));
    as.push(await a(turn + 1));
  }
  return [as, bs];
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

/** A directory that is there as long as `use` runs. */
export async function withDirectory<Result>(use: (directory: string) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'tessera-bench-'));
  try {
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Bytes of heap in use, with nothing in it that could be let go. */
export function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

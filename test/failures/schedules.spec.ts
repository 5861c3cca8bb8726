// Everything fails at once, at random: afterwards all must be as if nothing had.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Rest, testAftermath } from '../crash/service/aftermath.contract.ts';
import { Load } from '../crash/service/load.ts';
import { FrailCluster } from './frail-cluster.ts';
import { keptSeeds } from './kept-seeds.ts';
import { habitsFrom, trouble } from './schedule.ts';

const CLIENTS = 6;
const TROUBLES = Number(process.env.FAILURE_TROUBLES ?? 24);
/** What takes longer hangs. */
const LIMIT_MS = 300_000 + TROUBLES * 10_000;

function seeds(): readonly number[] {
  const { FAILURE_SEED, FAILURE_SCHEDULES } = process.env;
  if (FAILURE_SEED !== undefined) return [Number(FAILURE_SEED)];
  if (FAILURE_SCHEDULES === undefined) return keptSeeds.map(({ seed }) => seed);
  return Array.from({ length: Number(FAILURE_SCHEDULES) }, () => Math.floor(Math.random() * 2 ** 31));
}

describe.each(seeds())('a cluster in which everything fails at random (FAILURE_SEED=%i)', (seed) => {
  let cluster: FrailCluster;
  let load: Load;
  let rest: Rest;

  beforeAll(async () => {
    cluster = await FrailCluster.withHabits(habitsFrom(seed));
    load = await Load.begin(cluster, CLIENTS, seed);
    await trouble(cluster, seed, TROUBLES);
    await cluster.finish(load);
    rest = await cluster.rest();
  }, LIMIT_MS);

  afterAll(() => cluster.dispose());

  it('left requests without an answer', () => {
    expect(load.journal.commands.filter(({ tries }) => tries > 1).length).toBeGreaterThan(0);
  });

  testAftermath(() => ({ ...rest, journal: load.journal, rebuild: () => cluster.rebuild() }));
});

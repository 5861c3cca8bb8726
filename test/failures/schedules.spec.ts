// Random faults in all parts at once: afterwards the state must be as if there had been none.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type FinalState, testFinalState } from '../crash/service/final-state.contract.ts';
import { Load } from '../crash/service/load.ts';
import { FaultyCluster } from './faulty-cluster.ts';
import { regressionSeeds } from './regression-seeds.ts';
import { injectFaults, quirksFrom } from './schedule.ts';

const CLIENTS = 6;
const FAULTS = Number(process.env.FAILURE_FAULTS ?? 24);
/** Catches hangs only. */
const LIMIT_MS = 300_000 + FAULTS * 10_000;

function seeds(): readonly number[] {
  const { FAILURE_SEED, FAILURE_SCHEDULES } = process.env;
  if (FAILURE_SEED !== undefined) return [Number(FAILURE_SEED)];
  if (FAILURE_SCHEDULES === undefined) return regressionSeeds.map(({ seed }) => seed);
  return Array.from({ length: Number(FAILURE_SCHEDULES) }, () => Math.floor(Math.random() * 2 ** 31));
}

describe.each(seeds())('a cluster in which everything fails at random (FAILURE_SEED=%i)', (seed) => {
  let cluster: FaultyCluster;
  let load: Load;
  let finalState: FinalState;

  beforeAll(async () => {
    cluster = await FaultyCluster.withQuirks(quirksFrom(seed));
    load = await Load.begin(cluster, CLIENTS, seed);
    await injectFaults(cluster, seed, FAULTS);
    await cluster.finish(load);
    finalState = await cluster.finalState();
  }, LIMIT_MS);

  afterAll(() => cluster.dispose());

  it('lost answers to requests', () => {
    expect(load.journal.commands.filter(({ tries }) => tries > 1).length).toBeGreaterThan(0);
  });

  testFinalState(() => ({ ...finalState, journal: load.journal, rebuild: () => cluster.rebuild() }));
});

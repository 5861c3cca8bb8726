// Everything fails at once, at random: afterwards all must be as if nothing had.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Rest, testAftermath } from '../crash/service/aftermath.contract.ts';
import { Load } from '../crash/service/load.ts';
import { FrailCluster } from './frail-cluster.ts';
import { keptSeeds } from './kept-seeds.ts';
import { trouble } from './schedule.ts';

const CLIENTS = 6;
const TROUBLE_MS = Number(process.env.FAILURE_MS ?? 8_000);

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
  let troubles: number;

  beforeAll(async () => {
    cluster = await FrailCluster.start();
    load = await Load.begin(cluster, CLIENTS, seed);
    troubles = await trouble(cluster, seed, TROUBLE_MS);
    await cluster.finish(load);
    rest = await cluster.rest();
  }, TROUBLE_MS + 180_000);

  afterAll(() => cluster.dispose(), 60_000);

  it('was under load all the time, and in trouble', () => {
    expect(load.journal.commands.length).toBeGreaterThan(CLIENTS);
    expect(troubles).toBeGreaterThan(TROUBLE_MS / 1_000);
  });

  testAftermath(() => ({ ...rest, journal: load.journal, rebuild: () => cluster.rebuild() }));
});

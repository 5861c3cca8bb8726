// Programs that are killed under load, on stores that are well.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Rest, testAftermath } from '../crash/service/aftermath.contract.ts';
import { Load } from '../crash/service/load.ts';
import { Random } from '../crash/service/random.ts';
import { FrailCluster } from './frail-cluster.ts';

const CLIENTS = 8;
const ROUNDS = 6;
const SHORTEST_MS = 200;
const LONGEST_MS = 1_000;
const SEED = Number(process.env.FAILURE_SEED ?? Math.floor(Math.random() * 2 ** 31));

describe(`services and workers killed under load (FAILURE_SEED=${SEED})`, () => {
  let cluster: FrailCluster;
  let load: Load;
  let rest: Rest;

  beforeAll(async () => {
    const random = new Random(SEED);
    cluster = await FrailCluster.start();
    load = await Load.begin(cluster, CLIENTS, SEED);
    for (let round = 0; !load.over && round < ROUNDS; round++) {
      await pause(random.between(SHORTEST_MS, LONGEST_MS));
      const victims = round % 2 === 0 ? cluster.services : cluster.workers;
      await random.oneOf(victims).crash();
    }
    await load.end();
    rest = await cluster.rest();
  }, 180_000);

  afterAll(() => cluster.dispose(), 60_000);

  it('was under load all the time, and left requests unanswered when a service died', () => {
    const { commands } = load.journal;
    expect(commands.length).toBeGreaterThan(ROUNDS * CLIENTS);
    expect(commands.filter(({ tries }) => tries > 1).length).toBeGreaterThan(0);
  });

  testAftermath(() => ({ ...rest, journal: load.journal, rebuild: () => cluster.rebuild() }));
});

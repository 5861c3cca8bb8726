// Programs that are killed under load, on stores without faults: those of `ESDB_URL` and `MONGO_URL`, or test
// servers.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type FinalState, testFinalState } from '../crash/service/final-state.contract.ts';
import { Load } from '../crash/service/load.ts';
import { Random } from '../crash/service/random.ts';
import { SharedStores } from '../programs/shared-stores.ts';
import type { FaultRule, MongoServer } from '../servers/mongodb/index.ts';
import { RestartableCluster } from './restartable-cluster.ts';

const CLIENTS = 8;
/** The limit of commands between two kills. */
const MAX_COMMANDS_BETWEEN_KILLS = 40;
const SEED = Number(process.env.FAILURE_SEED ?? 1);

interface Update {
  readonly q: { readonly _id?: string };
  readonly u: { readonly $set?: object; readonly $unset?: object };
}

/** Whether it moves a follower's checkpoint, after the documents were written. */
const isCheckpoint = ({ q, u }: Update) =>
  q._id !== 'processes-runner' && u.$unset !== undefined && 'pending' in u.$unset;

/** Whether it records that a process has done some work. */
const isNoteOfWork = ({ q, u }: Update) =>
  q._id === 'processes-runner' && u.$set !== undefined && 'pending' in u.$set;

describe(`services and workers killed under load (FAILURE_SEED=${SEED})`, () => {
  const random = new Random(SEED);
  let stores: SharedStores;
  let cluster: RestartableCluster;
  let load: Load;
  let finalState: FinalState;
  const lost = { checkpoints: 0, notes: 0 };

  const killService = () => random.oneOf(cluster.services).crash();
  const killWorker = () => random.oneOf(cluster.workers).crash();

  /** Drops updates of both workers, and kills the workers while they wait for the answer. */
  async function killWorkersAfterLosing(
    views: MongoServer,
    what: keyof typeof lost,
    isMeant: (update: Update) => boolean,
  ) {
    const firstLoss = Promise.withResolvers<void>();
    const rule: FaultRule = (name, { update, updates }) => {
      if (name !== 'update' || update !== '_followers' || !(updates as Update[]).some(isMeant))
        return undefined;
      lost[what] += 1;
      firstLoss.resolve();
      return { kind: 'silence', takesEffect: false };
    };
    views.decide(rule);
    await firstLoss.promise;
    await Promise.all(cluster.workers.map((worker) => worker.crash()));
    views.decide();
  }

  beforeAll(async () => {
    stores = await SharedStores.start();
    const { viewServer: views } = stores;
    cluster = await RestartableCluster.start(stores);
    load = await Load.begin(cluster, CLIENTS, SEED);
    const rounds = [
      killService,
      killWorker,
      ...(views ? [() => killWorkersAfterLosing(views, 'notes', isNoteOfWork)] : []),
      killService,
      ...(views ? [() => killWorkersAfterLosing(views, 'checkpoints', isCheckpoint)] : []),
      killService,
      // The remaining worker takes over everything.
      () => random.oneOf(cluster.workers).kill(),
    ];
    for (const kill of rounds) {
      await load.more(random.between(0, MAX_COMMANDS_BETWEEN_KILLS));
      if (load.over) break;
      await kill();
    }
    await cluster.finish(load);
    finalState = await cluster.finalState();
  });

  afterAll(async () => {
    await cluster.dispose();
    await stores.close();
  });

  it('lost answers to requests, checkpoints and notes of work', () => {
    const { commands } = load.journal;
    expect(commands.filter(({ tries }) => tries > 1).length).toBeGreaterThan(0);
    if (!stores.viewServer) return;
    expect(lost.checkpoints).toBeGreaterThan(0);
    expect(lost.notes).toBeGreaterThan(0);
  });

  testFinalState(() => ({ ...finalState, journal: load.journal, rebuild: () => cluster.rebuild() }));
});

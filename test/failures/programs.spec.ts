// Programs that are killed under load, on stores that are well: those of `ESDB_URL` and `MONGO_URL`, or test servers.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Rest, testAftermath } from '../crash/service/aftermath.contract.ts';
import { Load } from '../crash/service/load.ts';
import { Random } from '../crash/service/random.ts';
import { SharedStores } from '../programs/shared-stores.ts';
import type { Fate, MongoServer } from '../servers/mongodb/index.ts';
import { MortalCluster } from './mortal-cluster.ts';

const CLIENTS = 8;
/** How much happens at most between one kill and the next. */
const MOST_COMMANDS = 40;
const SEED = Number(process.env.FAILURE_SEED ?? 1);

interface Update {
  readonly q: { readonly _id?: string };
  readonly u: { readonly $set?: object; readonly $unset?: object };
}

/** Whether it tells how far a follower has come, once the documents are written. */
const movesCheckpoint = ({ q, u }: Update) =>
  q._id !== 'processes-runner' && u.$unset !== undefined && 'pending' in u.$unset;

/** Whether it takes note that a process has done some work. */
const notesWork = ({ q, u }: Update) =>
  q._id === 'processes-runner' && u.$set !== undefined && 'pending' in u.$set;

describe(`services and workers killed under load (FAILURE_SEED=${SEED})`, () => {
  const random = new Random(SEED);
  let stores: SharedStores;
  let cluster: MortalCluster;
  let load: Load;
  let rest: Rest;
  const lost = { checkpoints: 0, notes: 0 };

  const killService = () => random.oneOf(cluster.services).crash();
  const killWorker = () => random.oneOf(cluster.workers).crash();

  /** Kills both workers once some of what they store has been lost on its way, and they wait for its answer. */
  async function killWorkersThatLose(
    views: MongoServer,
    what: keyof typeof lost,
    isMeant: (update: Update) => boolean,
  ) {
    const losing = Promise.withResolvers<void>();
    const fate: Fate = (name, { update, updates }) => {
      if (name !== 'update' || update !== '_followers' || !(updates as Update[]).some(isMeant))
        return undefined;
      lost[what] += 1;
      losing.resolve();
      return { kind: 'silence', takesEffect: false };
    };
    views.decide(fate);
    await losing.promise;
    await Promise.all(cluster.workers.map((worker) => worker.crash()));
    views.decide();
  }

  beforeAll(async () => {
    stores = await SharedStores.start();
    const { viewServer: views } = stores;
    cluster = await MortalCluster.start(stores);
    load = await Load.begin(cluster, CLIENTS, SEED);
    const rounds = [
      killService,
      killWorker,
      ...(views ? [() => killWorkersThatLose(views, 'notes', notesWork)] : []),
      killService,
      ...(views ? [() => killWorkersThatLose(views, 'checkpoints', movesCheckpoint)] : []),
      killService,
      // The other one has to do everything from then on.
      () => random.oneOf(cluster.workers).kill(),
    ];
    for (const kill of rounds) {
      await load.more(random.between(0, MOST_COMMANDS));
      if (load.over) break;
      await kill();
    }
    await cluster.finish(load);
    rest = await cluster.rest();
  });

  afterAll(async () => {
    await cluster.dispose();
    await stores.close();
  });

  it('left requests and what it stored without an answer', () => {
    const { commands } = load.journal;
    expect(commands.filter(({ tries }) => tries > 1).length).toBeGreaterThan(0);
    if (!stores.viewServer) return;
    expect(lost.checkpoints).toBeGreaterThan(0);
    expect(lost.notes).toBeGreaterThan(0);
  });

  testAftermath(() => ({ ...rest, journal: load.journal, rebuild: () => cluster.rebuild() }));
});

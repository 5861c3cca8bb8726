import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { headOf, readLog, readViews, removeViews } from './files.ts';
import { type FinalState, testFinalState } from './final-state.contract.ts';
import { Follower } from './follower.ts';
import { Load } from './load.ts';
import { Random } from './random.ts';
import { RestartableService } from './restartable-service.ts';

const MAX_KILLS = 30;
/** The kills that a slow machine has to reach too. */
const MIN_KILLS = 8;
const KILLING_MS = 45_000;
const CLIENTS = 16;
/** How many commands are acknowledged between kills, and the limit of the pause before a kill. */
const MAX_COMMANDS_BETWEEN_KILLS = 40;
const MAX_PAUSE_MS = 20;
const POLL_INTERVAL_MS = 100;
const SEED = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31));

describe(`a service killed repeatedly under load (CRASH_SEED=${SEED})`, () => {
  const service = new RestartableService();
  let load: Load;
  let finalState: FinalState;
  let follower: Follower;
  let kills = 0;

  beforeAll(async () => {
    const random = new Random(SEED);
    follower = await Follower.begin(service);
    load = await Load.begin(service, CLIENTS, SEED);
    const end = performance.now() + KILLING_MS;
    while (!load.over && kills < (performance.now() < end ? MAX_KILLS : MIN_KILLS)) {
      await load.more(random.between(0, MAX_COMMANDS_BETWEEN_KILLS));
      await pause(random.between(0, MAX_PAUSE_MS));
      await service.crash();
      kills += 1;
    }
    await load.end();
    finalState = await finalStateOnceIdle();
  });

  afterAll(() => service.dispose());

  /** Waits until all followers have reached the end of the log and no process has work left. */
  async function finalStateOnceIdle(): Promise<FinalState> {
    for (;;) {
      await pause(POLL_INTERVAL_MS);
      const { end, lags } = await progress();
      if (lags.length === 0 || lags.some((lag) => lag > 0)) continue;
      const documents = readViews(service.dataDir);
      const open = [...documents.keys()].some((key) => key.startsWith('process-work '));
      // Nothing was recorded since the followers were asked, and nothing is left that records anything.
      if (!open && (await headOf(service.dataDir)) === end) {
        return { log: await readLog(service.dataDir), documents };
      }
    }
  }

  /** What the service says of its followers: a position with nothing to write for it need not be stored. */
  async function progress(): Promise<{ readonly end: number; readonly lags: readonly number[] }> {
    const metrics = await (await fetch(`${await service.url()}/metrics`)).text();
    const values = (name: string) =>
      [...metrics.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\d+)$`, 'gm'))].map(([, value]) =>
        Number(value),
      );
    return { end: values('tessera_log_position')[0] ?? 0, lags: values('tessera_follower_lag') };
  }

  async function rebuild(): Promise<FinalState> {
    await service.pause(async () => removeViews(service.dataDir));
    return finalStateOnceIdle();
  }

  it('lost answers to requests with each kill', () => {
    const { commands, files } = load.journal;
    expect(kills).toBeGreaterThanOrEqual(MIN_KILLS);
    const repeated = commands.reduce((count, { tries }) => count + tries - 1, 0);
    expect(repeated).toBeGreaterThanOrEqual(kills);
    expect(files.length).toBeGreaterThan(0);
  });

  it('sent a listener of the client every change once and in order', async () => {
    const listed = await follower.listed();
    expect(listed.length).toBeGreaterThan(kills);
    expect(await follower.toldUpTo(listed.at(-1) as string)).toStrictEqual(listed);
    await follower.end();
  });

  testFinalState(() => ({ ...finalState, journal: load.journal, rebuild }));
});

import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Rest, testAftermath } from './aftermath.contract.ts';
import { headOf, readLog, readViews, removeViews } from './files.ts';
import { Load } from './load.ts';
import { MortalService } from './mortal-service.ts';
import { Random } from './random.ts';

const MOST_KILLS = 30;
/** A slow machine gets to fewer kills in the time there is, but to so many in any case. */
const LEAST_KILLS = 8;
const KILLING_MS = 45_000;
const CLIENTS = 16;
/** How much each life brings about before its end comes, and how long that may still take. */
const MOST_COMMANDS = 40;
const LONGEST_REST_MS = 20;
const BETWEEN_LOOKS_MS = 100;
const SEED = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31));

describe(`a service killed again and again under load (CRASH_SEED=${SEED})`, () => {
  const service = new MortalService();
  let load: Load;
  let rest: Rest;
  let kills = 0;

  beforeAll(async () => {
    const random = new Random(SEED);
    load = await Load.begin(service, CLIENTS, SEED);
    const end = performance.now() + KILLING_MS;
    while (!load.over && kills < (performance.now() < end ? MOST_KILLS : LEAST_KILLS)) {
      await load.more(random.between(0, MOST_COMMANDS));
      await pause(random.between(0, LONGEST_REST_MS));
      await service.crash();
      kills += 1;
    }
    await load.end();
    rest = await atRest();
  });

  afterAll(() => service.dispose());

  /** Waits until all followers have come to the end of the log and no process has anything to do. */
  async function atRest(): Promise<Rest> {
    for (;;) {
      await pause(BETWEEN_LOOKS_MS);
      const { documents, checkpoints } = readViews(service.dataDir);
      const open = [...documents.keys()].some((key) => key.startsWith('process-work '));
      const head = await headOf(service.dataDir);
      if (!open && checkpoints.every((position) => position === head)) {
        return { log: await readLog(service.dataDir), documents };
      }
    }
  }

  async function rebuild(): Promise<Rest> {
    await service.pause(async () => removeViews(service.dataDir));
    return atRest();
  }

  it('left requests unanswered each time it died', () => {
    const { commands, files } = load.journal;
    expect(kills).toBeGreaterThanOrEqual(LEAST_KILLS);
    const repeated = commands.reduce((count, { tries }) => count + tries - 1, 0);
    expect(repeated).toBeGreaterThanOrEqual(kills);
    expect(files.length).toBeGreaterThan(0);
  });

  testAftermath(() => ({ ...rest, journal: load.journal, rebuild }));
});

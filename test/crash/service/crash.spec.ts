import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Rest, testAftermath } from './aftermath.contract.ts';
import { headOf, readLog, readViews, removeViews } from './files.ts';
import { Load } from './load.ts';
import { MortalService } from './mortal-service.ts';
import { Random } from './random.ts';

const KILLS = 30;
const CLIENTS = 16;
const SHORTEST_LIFE_MS = 50;
const LONGEST_LIFE_MS = 500;
const BETWEEN_LOOKS_MS = 100;
const SEED = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31));

describe(`a service killed ${KILLS} times under load (CRASH_SEED=${SEED})`, () => {
  const service = new MortalService();
  let load: Load;
  let rest: Rest;

  beforeAll(async () => {
    const random = new Random(SEED);
    load = await Load.begin(service, CLIENTS, SEED);
    for (let kills = 0; !load.over && kills < KILLS; kills++) {
      await pause(random.between(SHORTEST_LIFE_MS, LONGEST_LIFE_MS));
      await service.crash();
    }
    await load.end();
    rest = await atRest();
  }, 300_000);

  afterAll(() => service.dispose(), 30_000);

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

  it('was under load all the time, and left requests unanswered when it died', () => {
    const { commands, files } = load.journal;
    expect(commands.length).toBeGreaterThan(KILLS * CLIENTS);
    expect(commands.filter(({ tries }) => tries > 1).length).toBeGreaterThan(KILLS);
    expect(files.length).toBeGreaterThan(0);
  });

  testAftermath(() => ({ ...rest, journal: load.journal, rebuild }));
});

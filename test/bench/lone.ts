import { setTimeout as pause } from 'node:timers/promises';
import { SqliteEventStore } from '#event-store/sqlite';
import { type Ask, withChild } from './child.ts';
import { seedAccount, seedConnections } from './connections.ts';
import { type Figure, figure } from './figures.ts';
import type { Answers } from './http/serving.ts';
import { type Address, renameAll } from './load.ts';
import { withDirectory } from './measuring.ts';

const EVERY_MS = 50;

export interface LoneSize {
  /** In each turn. */
  readonly commands: number;
  readonly turns: number;
}

/**
 * What a command costs a service that has little to do: the CPU of all its threads, its worker's too, for each of the
 * commands that come 20 a second. What the service takes while nothing happens is in it.
 */
export async function measureLone({ commands, turns }: LoneSize): Promise<Figure[]> {
  return withDirectory(async (directory) => {
    const store = await SqliteEventStore.open({ directory });
    const account = await seedAccount(store);
    // The first turn is the warm-up.
    const seeded = await seedConnections(store, commands * (turns + 1), account);
    await store.close();
    return withChild(
      'http/service-server.js',
      [directory, account],
      async (address: Address, ask: Ask<Answers>) => {
        const spent: number[] = [];
        for (let turn = 0; turn <= turns; turn++) {
          const before = await ask('cpuOfAll');
          for (const connection of seeded.slice(turn * commands, (turn + 1) * commands)) {
            await pause(EVERY_MS);
            await renameAll(address, [connection], 1);
          }
          await ask('settled');
          spent.push(((await ask('cpuOfAll')) - before) / 1_000 / commands);
        }
        return [figure('lone.command', spent.slice(1), 'ms')];
      },
    );
  });
}

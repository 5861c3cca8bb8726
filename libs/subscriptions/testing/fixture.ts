import { jest } from '@jest/globals';
import { ProgressSignals } from '#view-store';
import { SqliteViewStore } from '#view-store/sqlite';
import type { Log } from '../log.ts';
import { AT, asRecorded, MemoryLog } from './memory-log.ts';

/** Everything a follower of `name` needs, with waits that end at once and are recorded. */
export function fixture(name: string) {
  const reader = new MemoryLog();
  const views = new SqliteViewStore({
    path: ':memory:',
    discarded: () => undefined,
    signals: ProgressSignals.create([name]),
  });
  const sleeps: number[] = [];
  const log = { info: jest.fn(), warn: jest.fn(), error: jest.fn() } satisfies Log;
  const options = {
    name,
    reader,
    views,
    deserialise: asRecorded,
    clock: { now: () => AT },
    log,
    pauses: {
      sleep: async (ms: number) => {
        sleeps.push(ms);
      },
      random: () => 0,
    },
  };
  return { reader, views, sleeps, log, options };
}

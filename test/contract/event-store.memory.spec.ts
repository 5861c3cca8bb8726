import { expect, it } from '@jest/globals';
import { type Position, START } from '#event-store';
import { AT, MemoryLog, STEP } from '../../libs/subscriptions/testing/memory-log.ts';
import { eventStoreContract, type StoreFixture } from './event-store.contract.ts';

async function start(): Promise<StoreFixture> {
  let store = new MemoryLog();
  return {
    get store() {
      return store;
    },
    reopen: async () => {
      await store.close();
      store = store.reopened();
    },
    reader: async () => ({
      readStream: (...asked) => store.readStream(...asked),
      readAll: (...asked) => store.readAll(...asked),
      subscribe: (...asked) => store.subscribe(...asked),
      head: () => store.head(),
      // Closing a reader does not close the log.
      close: async () => undefined,
    }),
    dispose: () => store.close(),
  };
}

eventStoreContract('in memory, for specs', start, { idsUniqueAcrossStreams: true, largeStream: 4_000 });

it('a log in memory refuses events at positions that it does not assign: its end would never be reached', async () => {
  const log = new MemoryLog();
  const noted = { stream: 'thing-1', type: 'Noted', data: {} };
  log.record(noted, noted);
  const [first, second] = await log.readAll();
  const elsewhere = { ...second!, position: (STEP + 1) as Position, metadata: { at: AT } };
  expect(() => new MemoryLog([first!, elsewhere])).toThrow(RangeError);
  const same = new MemoryLog([first!, second!]);
  const { signal } = new AbortController();
  for await (const { position, caughtUp } of same.subscribe({ after: START, batchSize: 10, signal })) {
    expect({ position, caughtUp }).toEqual({ position: STEP, caughtUp: true });
    break;
  }
});

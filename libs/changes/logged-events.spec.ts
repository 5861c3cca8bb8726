import { describe, expect, it } from '@jest/globals';
import type { JsonObject, NewEvent, RecordedEvent, Revision } from '#event-store';
import { MemoryLog } from '../subscriptions/testing/memory-log.ts';
import { LoggedEvents } from './logged-events.ts';

const STREAM = 'account-01980000-0000-7000-8000-000000000001';

const renamed = (index: number): NewEvent => ({
  id: `01980000-0000-7000-8000-00000000000${index}`,
  type: 'AccountDetailsChanged',
  data: { accountId: 'a', name: 'sealed', company: {} },
  metadata: { at: '2026-03-01T09:00:00.000Z', actor: { account: 'a' }, schemaVersion: 1 },
});

describe('events by their places', () => {
  it('are read once and opened each time, so that erased values are not served from the cache', async () => {
    const log = new MemoryLog();
    await log.append(STREAM, [renamed(0), renamed(1)], 'none');
    let reads = 0;
    let name = 'Ann';
    const counted = {
      readStream: (...asked: Parameters<MemoryLog['readStream']>) => {
        reads += 1;
        return log.readStream(...asked);
      },
    };
    const reveal = async (events: readonly RecordedEvent[]) =>
      events.map((event) => ({ ...event, data: { ...(event.data as JsonObject), name } }));
    const events = new LoggedEvents(counted, reveal);
    const places = [1, 0].map((revision) => ({ stream: STREAM, revision: revision as Revision }));
    const namesOf = async () => (await events.at(places)).map(({ data }) => (data as { name: string }).name);
    expect(await namesOf()).toEqual(['Ann', 'Ann']);
    name = 'erased';
    expect(await namesOf()).toEqual(['erased', 'erased']);
    expect((await events.at(places)).map(({ revision }) => revision)).toEqual([1, 0]);
    expect(reads).toBe(1);
  });
});

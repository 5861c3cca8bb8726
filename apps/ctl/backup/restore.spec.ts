import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type EventStore, type Position, type RecordedEvent, START } from '#event-store';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { SqliteEventStore } from '#event-store/sqlite';
import { PROCESSES } from '#processes';
import { SqliteViewStore } from '#view-store/sqlite';
import { type AppendFault, EventStoreDb } from '../../../test/servers/eventstoredb/index.ts';
import { noKeys, savedFrom } from '../testing/backups.ts';
import { contents, happened, newLog } from '../testing/logs.ts';
import type { Backup } from './backup.ts';
import { type Phase, restoreBackup, TargetDiffers, TargetNotEmpty } from './restore.ts';

const SHORT_APPENDS = 60;
const silent = () => undefined;

let directory: string;
let original: Awaited<ReturnType<typeof contents>>;
let backup: Backup;
let views: SqliteViewStore;
let target: EventStore;

beforeAll(async () => {
  directory = await newLog(SHORT_APPENDS);
  const source = await SqliteEventStore.open({ directory });
  original = await contents(source);
  backup = await savedFrom({ log: source }, directory);
  await source.close();
});
afterAll(() => rm(directory, { recursive: true }));
beforeEach(() => {
  views = new SqliteViewStore({ path: ':memory:', discarded: silent });
});
afterEach(() => views.close());

const restore = (log = target, report: (phase: Phase, done: number) => void = silent) =>
  restoreBackup({ backup, log, views, keys: noKeys(), report });

/** The target, failing at the nth append, which has taken effect then or not. */
function failingAt(nth: number, takesEffect: boolean): EventStore {
  let appends = 0;
  const append: EventStore['append'] = async (...what) => {
    const fails = appends++ === nth;
    if (fails && !takesEffect) throw new Error('ended here');
    const result = await target.append(...what);
    if (fails) throw new Error('ended here');
    return result;
  };
  return new Proxy<EventStore>(target, {
    get: (store, name: keyof EventStore) => {
      // As in a store with other writers: one append after the other.
      if (name === 'exclusive') return false;
      const member = name === 'append' ? append : store[name];
      return typeof member === 'function' ? member.bind(store) : member;
    },
  });
}

async function refusal(kind: typeof TargetDiffers | typeof TargetNotEmpty): Promise<string> {
  const before = await contents(target);
  const error = await restore().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(kind);
  if (kind === TargetNotEmpty) expect(await contents(target)).toEqual(before);
  return (error as Error).message;
}

function behavesAsRestored(): void {
  it('is the same event by event, in the same order over all streams', async () => {
    expect(await restore()).toEqual({ events: original.length, before: 0 });
    expect(await contents(target)).toEqual(original);
  });

  it('is recognised when it is restored again', async () => {
    await restore();
    const head = await target.head();
    expect(await restore()).toEqual({ events: original.length, before: original.length });
    expect(await target.head()).toBe(head);
  });

  it.each([0, 33, 64].flatMap((nth) => [true, false].map((takesEffect) => ({ nth, takesEffect }))))(
    'continues where it was interrupted, without gap or repetition: %j',
    async ({ nth, takesEffect }) => {
      await expect(restore(failingAt(nth, takesEffect))).rejects.toThrow('ended here');
      const before = (await contents(target)).length;
      expect(before).toBeLessThan(original.length);
      expect(await restore()).toEqual({ before, events: original.length });
      expect(await contents(target)).toEqual(original);
    },
  );

  describe('is refused, and nothing is written,', () => {
    const first = () => original[0] as RecordedEvent;

    it('where one of its streams has other events', async () => {
      await target.append(first().stream, [happened({})], 'none');
      expect(await refusal(TargetNotEmpty)).toMatch(
        /^The log is not empty: it has event 0 of thing-0 .* where the backup has event 0 of thing-0/,
      );
    });

    it('where the target has another stream', async () => {
      await target.append('other-1', [happened({})], 'none');
      expect(await refusal(TargetNotEmpty)).toContain('it has event 0 of other-1');
    });

    it('where its events have other contents', async () => {
      await target.append(first().stream, [{ ...first(), data: { other: 1 } }], 'none');
      expect(await refusal(TargetNotEmpty)).toContain('it has event 0 of thing-0');
    });

    it('where its events are in another order', async () => {
      const second = original.find(({ stream }) => stream !== first().stream) as RecordedEvent;
      await target.append(second.stream, [second], 'none');
      expect(await refusal(TargetNotEmpty)).toContain(`it has event 0 of ${second.stream}`);
    });

    it('where it has further events since it was restored', async () => {
      await restore();
      await target.append('thing-0', [happened({})], 'any');
      expect(await refusal(TargetNotEmpty)).toContain('it goes on after the end of the backup, with event');
    });

    it('where there are views of another log', async () => {
      await views.commit({ follower: PROCESSES, from: START, to: 7 as Position, writes: [] });
      expect(await refusal(TargetNotEmpty)).toContain('The view store is not empty: it has processes');
    });
  });
}

describe('a log restored into SQLite', () => {
  let own: string;
  beforeEach(async () => {
    own = await mkdtemp(join(tmpdir(), 'tessera-restore-'));
    target = await SqliteEventStore.open({ directory: own });
  });
  afterEach(async () => {
    await target.close();
    await rm(own, { recursive: true });
  });

  behavesAsRestored();

  it('has the positions that it had', async () => {
    await restore();
    const positions: number[] = [];
    for await (const { position } of backup.events()) positions.push(position);
    const restored = (await target.readAll({ limit: original.length })).map(({ position }) => position);
    expect(restored).toEqual(positions);
  });

  it('is restored in commits of many appends', async () => {
    const another = await mkdtemp(join(tmpdir(), 'tessera-restore-'));
    const groups: number[] = [];
    const log = await SqliteEventStore.open({ directory: another, committed: (size) => groups.push(size) });
    await restore(log);
    await log.close();
    await rm(another, { recursive: true });
    expect(groups.length).toBeLessThan(5);
  });
});

describe('a log restored into EventStoreDB', () => {
  let db: EventStoreDb;
  beforeEach(() => start());
  afterEach(() => stop());

  async function start(nodes = 1): Promise<void> {
    db = await EventStoreDb.start({ nodes });
    target = new EventStoreDbEventStore({ url: db.url, answerMs: 1_500, patienceMs: 60_000 });
  }

  async function stop(): Promise<void> {
    await target.close();
    await db.close();
  }

  behavesAsRestored();

  it('is complete when answers are lost and connections cut meanwhile', async () => {
    const every: readonly AppendFault[] = (['before', 'after'] as const).flatMap((when) =>
      (['cut', 'silence', 'not-ready', 'timeout'] as const).map((how) => ({ when, how })),
    );
    db.faults.plan(...every.flatMap((fault) => [fault, undefined, fault, fault, undefined, undefined]));
    await restore();
    expect(db.faults.left).toBe(0);
    expect(await contents(target)).toEqual(original);
  });

  it('is complete when the leader changes meanwhile', async () => {
    await stop();
    await start(3);
    let moved = 0;
    await restore(target, (phase, done) => {
      if (phase !== 'restoring' || done < 20 * (moved + 1) || moved === 3) return;
      moved += 1;
      db.moveLeader();
    });
    expect(moved).toBe(3);
    expect(await contents(target)).toEqual(original);
  });

  it.each(['thing-1', 'other-1'])('is refused when another client writes to %s meanwhile', async (stream) => {
    const other = new EventStoreDbEventStore({ url: db.url });
    let written: Promise<unknown> | undefined;
    await expect(
      restore(target, (phase) => {
        if (phase === 'restoring') written ??= other.append(stream, [happened({})], 'any');
      }),
    ).rejects.toThrow(TargetDiffers);
    await written;
    await other.close();
  });

  it('is refused where stream metadata hides some of the events', async () => {
    const client = EventStoreDBClient.connectionString(db.url);
    await client.setStreamMetadata('thing-long', { maxCount: 3 });
    expect(await refusal(TargetDiffers)).toBe(
      'Stream thing-long begins with event 517: a setting of the store hides what is before.',
    );
    await client.dispose();
  });

  it('is refused where one of its streams was deleted', async () => {
    const client = EventStoreDBClient.connectionString(db.url);
    await target.append('thing-long', [happened({})], 'none');
    await client.deleteStream('thing-long');
    await expect(restore()).rejects.toThrow(TargetNotEmpty);
    await client.dispose();
  });
});

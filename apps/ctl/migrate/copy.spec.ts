import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EventStoreDBClient } from '@eventstore/db-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import type { EventStore, RecordedEvent } from '#event-store';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { SqliteEventStore } from '#event-store/sqlite';
import { notificationId } from '#projections/inbox';
import { type AppendFault, EventStoreDb } from '../../../test/servers/eventstoredb/index.ts';
import { contents, happened, newLog } from '../testing/logs.ts';
import { TargetDiffers } from './compare.ts';
import { copyLog, type Phase } from './copy.ts';

const SHORT_APPENDS = 60;
const silent = () => undefined;

describe('a copied log', () => {
  let directory: string;
  let source: SqliteEventStore;
  let original: Awaited<ReturnType<typeof contents>>;
  let db: EventStoreDb;
  let target: EventStoreDbEventStore;

  beforeAll(async () => {
    directory = await newLog(SHORT_APPENDS);
    source = await SqliteEventStore.open({ directory });
    original = await contents(source);
  });
  afterAll(async () => {
    await source.close();
    await rm(directory, { recursive: true });
  });
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

  const copy = (into: EventStore = target, report: (phase: Phase, done: number) => void = silent) =>
    copyLog({ source, target: into, report });

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
        const member = name === 'append' ? append : store[name];
        return typeof member === 'function' ? member.bind(store) : member;
      },
    });
  }

  it('is the same event by event, in the same order over all streams', async () => {
    const { events, before, streams } = await copy();
    expect(await contents(target)).toEqual(original);
    expect({ events, before }).toEqual({ events: original.length, before: 0 });
    expect(streams).toBe(new Set(original.map(({ stream }) => stream)).size);
  });

  it('is recognised when it is copied again', async () => {
    const { hash, events } = await copy();
    const records = db.log.records.length;
    expect(await copy()).toMatchObject({ hash, events, before: events });
    expect(db.log.records).toHaveLength(records);
  });

  it.each([0, 1, 33, 61, 64].flatMap((nth) => [true, false].map((takesEffect) => ({ nth, takesEffect }))))(
    'continues where it was interrupted, without gap or repetition: %j',
    async ({ nth, takesEffect }) => {
      await expect(copy(failingAt(nth, takesEffect))).rejects.toThrow('ended here');
      const standing = (await contents(target)).length;
      expect(standing).toBeLessThan(original.length);
      expect(await copy()).toMatchObject({ before: standing, events: original.length });
      expect(await contents(target)).toEqual(original);
    },
  );

  it('is complete when answers are lost and connections cut meanwhile', async () => {
    const every: readonly AppendFault[] = (['before', 'after'] as const).flatMap((when) =>
      (['cut', 'silence', 'not-ready', 'timeout'] as const).map((how) => ({ when, how })),
    );
    db.faults.plan(...every.flatMap((fault) => [fault, undefined, fault, fault, undefined, undefined]));
    await copy();
    expect(db.faults.left).toBe(0);
    expect(await contents(target)).toEqual(original);
  });

  it('is complete when the leader changes meanwhile', async () => {
    await stop();
    await start(3);
    let moved = 0;
    await copy(target, (phase, done) => {
      if (phase !== 'copying' || done < 20 * (moved + 1) || moved === 3) return;
      moved += 1;
      db.moveLeader();
    });
    expect(moved).toBe(3);
    expect(await contents(target)).toEqual(original);
  });

  it('has positions in the data of events translated to the new log', async () => {
    const own = await mkdtemp(join(tmpdir(), 'tessera-places-'));
    const log = await SqliteEventStore.open({ directory: own });
    const account = v7();
    const mark = (type: string, data: object) => ({ ...happened({ account, ...data }), type });
    const { position } = await log.append('thing-1', [happened({})], 'none');
    const id = notificationId(position);
    await log.append('inbox-1', [mark('NotificationRead', { notificationId: id })], 'none');
    // About the one right before it, in the same stream.
    await log.append('inbox-1', [mark('AllNotificationsRead', { upTo: 1 })], 'any');
    await log.append('inbox-1', [mark('NotificationRead', { notificationId: account })], 'any');
    await copyLog({ source: log, target, report: silent });
    const [told, read, all, foreign] = await target.readAll();
    expect(read?.data).toEqual({ account, notificationId: notificationId(told?.position as number) });
    expect(all?.data).toEqual({ account, upTo: read?.position });
    expect(foreign?.data).toEqual({ account, notificationId: account });
    expect(await copyLog({ source: log, target, report: silent })).toMatchObject({ before: 4, events: 4 });
    await log.close();
    await rm(own, { recursive: true });
  });

  describe('is refused, and nothing is written,', () => {
    const first = () => original[0] as RecordedEvent;

    async function refusal(): Promise<string> {
      const records = db.log.records.length;
      const error = await copy().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(TargetDiffers);
      expect(db.log.records).toHaveLength(records);
      return (error as Error).message;
    }

    it('where one of its streams has other events', async () => {
      await target.append(first().stream, [happened({})], 'none');
      expect(await refusal()).toMatch(/it has event 0 of thing-0 .* where the log has event 0 of thing-0/);
    });

    it('where the target has another stream', async () => {
      await target.append('other-1', [happened({})], 'none');
      expect(await refusal()).toContain('it has event 0 of other-1');
    });

    it('where its events have other contents', async () => {
      await target.append(first().stream, [{ ...first(), data: { other: 1 } }], 'none');
      expect(await refusal()).toContain('it has event 0 of thing-0');
    });

    it('where its events are in another order', async () => {
      const second = original.find(({ stream }) => stream !== first().stream) as RecordedEvent;
      await target.append(second.stream, [second], 'none');
      expect(await refusal()).toContain(`it has event 0 of ${second.stream}`);
    });

    it('where it has further events since it was copied', async () => {
      await copy();
      await target.append('thing-0', [happened({})], 'any');
      expect(await refusal()).toContain('it goes on after the log’s last event, with event');
    });
  });

  it.each(['thing-1', 'other-1'])('is refused when another client writes to %s meanwhile', async (stream) => {
    const other = new EventStoreDbEventStore({ url: db.url });
    let written: Promise<unknown> | undefined;
    await expect(
      copy(target, (phase) => {
        if (phase === 'copying') written ??= other.append(stream, [happened({})], 'any');
      }),
    ).rejects.toThrow(TargetDiffers);
    await written;
    await other.close();
  });

  it('is refused where stream metadata hides some of the events', async () => {
    const client = EventStoreDBClient.connectionString(db.url);
    await client.setStreamMetadata('thing-long', { maxCount: 3 });
    await expect(copy()).rejects.toThrow('of stream thing-long, 3 events can be read, and not the 520');
    await client.dispose();
  });

  it('is refused where one of its streams was deleted', async () => {
    const client = EventStoreDBClient.connectionString(db.url);
    await target.append('thing-long', [happened({})], 'none');
    await client.deleteStream('thing-long');
    await expect(copy()).rejects.toThrow(TargetDiffers);
    await client.dispose();
  });
});

describe('a damaged log', () => {
  it('is copied up to the damage, which is named, and further once it is repaired', async () => {
    const directory = await newLog(SHORT_APPENDS);
    const db = await EventStoreDb.start();
    const target = new EventStoreDbEventStore({ url: db.url });
    const file = new DatabaseSync(join(directory, 'events.db'));
    const source = await SqliteEventStore.open({ directory });
    const original = await contents(source);
    const { data } = file.prepare('SELECT data FROM event WHERE position = 300').get() ?? {};
    const write = file.prepare('UPDATE event SET data = ? WHERE position = 300');
    try {
      write.run('{"n":-1}');
      await expect(copyLog({ source, target, report: silent })).rejects.toThrow(
        'The event store is damaged: the event at position 300 is not what was written. Restore it from a backup.',
      );
      const copied = await contents(target);
      expect(copied.length).toBeGreaterThan(0);
      expect(copied).toEqual(original.slice(0, copied.length));
      write.run(data as string);
      expect(await copyLog({ source, target, report: silent })).toMatchObject({ before: copied.length });
      expect(await contents(target)).toEqual(original);
    } finally {
      file.close();
      await Promise.all([source.close(), target.close()]);
      await db.close();
      await rm(directory, { recursive: true });
    }
  });
});
